/** Characters that JSON leaves alone but a terminal or an editor may act on: C1 controls, bidi, zero width. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** JSON for people and programs: indented, a line feed at the end, nothing in it that steers a terminal. */
export function jsonText(value: unknown): string {
  return escapeUnsafe(JSON.stringify(value, null, 2)) + '\n'
}

/** The same on one line, for newline-delimited JSON. */
export function jsonLine(value: unknown): string {
  return escapeUnsafe(JSON.stringify(value)) + '\n'
}

function escapeUnsafe(json: string): string {
  return json.replace(UNSAFE, (character) => '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0'))
}
