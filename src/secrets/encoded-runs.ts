// Finds texts that were encoded, in base64, hex or percent signs, and encoded again.

/** Most encodings around one another that are looked through. */
const DEPTH = 3

/** A place in a text: [start, end). */
export type Place = [start: number, end: number]

/** Finds the places of encoded runs. */
export type FindRuns = (text: string) => Place[]

/**
 * Makes a finder of runs whose decoded text, or a text encoded in that, `holds` something. `least` is the length of the
 * shortest thing that is looked for, in bytes: shorter runs are passed over. Takes time linear in the text.
 */
export function findEncoded(least: number, holds: (decoded: string) => boolean): FindRuns {
  // Hex is written with letters of base64. Slashes may be escaped for JSON.
  const base64 = runs('A-Za-z0-9+/_\\\\-', Math.floor((least * 8) / 6))
  const hex = runs('0-9A-Fa-f', least * 2)
  // What `encodeURIComponent` and forms write.
  const percent = runs("\\w.~!*'()+%-", least)

  const find = (text: string, depth: number): Place[] => {
    const reveals = (decoded: string): boolean => holds(decoded) || (depth > 1 && find(decoded, depth - 1).length > 0)
    const places: Place[] = []
    for (const { 0: run, index } of text.matchAll(base64)) {
      const plain = run.replaceAll('\\', '')
      const isHiding =
        shifted(plain, 4, 'base64').some(reveals) ||
        [...plain.matchAll(hex)].some(([digits]) => shifted(digits, 2, 'hex').some(reveals))
      if (isHiding) places.push([index, index + run.length])
    }
    if (!text.includes('%')) return places
    for (const { 0: run, index } of text.matchAll(percent)) {
      if (run.includes('%') && reveals(withoutPercents(run))) places.push([index, index + run.length])
    }
    return places
  }
  return (text) => find(text, DEPTH)
}

/** Runs of at least so many of these characters. The look back keeps short ones from being read again and again. */
function runs(characters: string, least: number): RegExp {
  return new RegExp(`(?<![${characters}])[${characters}]{${least},}`, 'g')
}

/** What stands right before an encoded text may look like a part of it: it is read from each of the places it can begin. */
function shifted(run: string, places: number, encoding: 'base64' | 'hex'): string[] {
  return Array.from({ length: places }, (_, from) => Buffer.from(run.slice(from), encoding).toString('utf8'))
}

function withoutPercents(run: string): string {
  const bytes = run.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
