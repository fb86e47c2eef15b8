/** Longest text of a value, in characters. */
const LONGEST = 160

/** A value of the profile or of the catalogue in a few words: `a, b`, `input 1, output 2`, `none`. */
export function brief(value: unknown): string {
  const text = write(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function write(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(write).join(', ')
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value)
  const members = Object.entries(value).filter(([key, member]) => key !== 'source' && !isEmpty(member))
  if (members.length === 0) return 'none'
  return members
    .map(([key, member]) => `${key} ${isNested(member) ? `{ ${write(member)} }` : write(member)}`)
    .join(', ')
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}
