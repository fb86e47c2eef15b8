// How names stand in a lock file: plain where YAML cannot mistake them, else as a JSON string, which YAML reads too.

const PLAIN = /^[A-Za-z][\w./@+-]*(?::[\w./@+-]+)*$/
/** Words that YAML, old or new, does not read as text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i
/** Characters that an editor or a terminal may act on, and a reviewer cannot see: C1 controls, bidi, zero width. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

export function writeName(name: string): string {
  if (PLAIN.test(name) && !RESERVED.test(name)) return name
  return JSON.stringify(name).replace(UNSEEN, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The name behind such a text; undefined for anything that `writeName` would not have written. */
export function readName(text: string): string | undefined {
  if (!text.startsWith('"')) return PLAIN.test(text) && !RESERVED.test(text) ? text : undefined
  try {
    const name: unknown = JSON.parse(text)
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}
