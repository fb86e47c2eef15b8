/** One contribution: positive for the first label, negative for the second. */
export interface Piece {
  cue: string
  lead: number
  start: number
  end: number
}

/** Keeps the strongest of many contributions, strongest first; of equals the earlier one. */
export class Strongest {
  readonly list: Piece[] = []
  readonly #most: number
  readonly #least: number

  /** At most `most` pieces, none below `least`. */
  constructor(most: number, least: number) {
    this.#most = most
    this.#least = least
  }

  offer(cue: string, lead: number, start: number, end: number): void {
    const size = Math.abs(lead)
    if (size < this.#least) return
    const { list } = this
    if (list.length === this.#most) {
      if (size <= Math.abs(list[list.length - 1]?.lead ?? 0)) return
      list.pop()
    }
    let at = list.length
    while (at > 0 && Math.abs(list[at - 1]?.lead ?? 0) < size) at--
    list.splice(at, 0, { cue, lead, start, end })
  }
}
