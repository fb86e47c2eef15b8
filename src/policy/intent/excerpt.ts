/** Of a long turn only the opening and the end are read, in characters: that is where people say what they want. */
const OPENING = 600
const ENDING = 400

/** The part of a turn that is read. */
export interface Excerpt {
  text: string
  /** Characters of the whole turn. */
  length: number
  /** Place in `text` from which on it is the end of a longer turn; its length when nothing was left out. */
  cut: number
  /** Characters left out at the cut, less the line break that stands there instead. */
  skipped: number
}

export function excerptOf(turn: string): Excerpt {
  const { length } = turn
  if (length <= OPENING + ENDING) return { text: turn, length, cut: length, skipped: 0 }
  const text = `${turn.slice(0, OPENING)}\n${turn.slice(length - ENDING)}`
  return { text, length, cut: OPENING + 1, skipped: length - text.length }
}

/** Place in the turn of a place in the excerpt. */
export function placeInTurn({ cut, skipped }: Excerpt, at: number): number {
  return at >= cut ? at + skipped : at
}
