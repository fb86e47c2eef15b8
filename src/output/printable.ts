// Text from outside (model ids, prompts, vendor messages) must not be able to steer a terminal.

/** CSI, OSC and other escape sequences, complete or cut short (ECMA-48, section 5.4). */
const ESCAPES =
  // oxlint-disable-next-line no-control-regex
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g

/** C0 and C1 controls, and the characters that reorder or hide text (Unicode bidi controls, zero width). */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The text on one line with nothing that a terminal would act on. White space becomes a space, the rest is removed. */
export function printable(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
    .replace(CONTROLS, '')
}

/** The same for a text whose lines are to stay. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
