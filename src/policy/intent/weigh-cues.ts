import type { Cue } from './cue.ts'
import type { CueHit } from './match-cues.ts'

/** A cue that begins this close to the start, in characters, says what to do; the later ones say what with. */
const LEAD = 30
/** In a text longer than this, what stands between the first and the last stretch of that length is payload. */
const INSTRUCTION = 240
const PAYLOAD_SHARE = 0.3
/** A cue of this weight names a task. */
const NAMES_TASK = 5

export interface WeighedCue extends CueHit {
  /** At the opening of the turn, or of the last line of a long one. */
  isOpening: boolean
  weight: number
}

/** Where a cue stands in the list, or would be added. */
function placeOf(list: readonly WeighedCue[], cue: Cue): number {
  let at = 0
  while (at < list.length && list[at]?.cue !== cue) at++
  return at
}

/** When only the last line of a turn names a task, all before it is what to do it with. */
function onlyLastNamesTask(hits: readonly CueHit[], lastLine: number): boolean {
  const first = hits.find(({ cue, start }) => cue.weight >= NAMES_TASK && (start < INSTRUCTION || start >= lastLine))
  return first !== undefined && first.start >= lastLine
}

/** Each cue once, where it counts most. */
export function weighCues(hits: readonly CueHit[], text: string): WeighedCue[] {
  if (hits.length === 0) return []
  const lastLine = text.length > INSTRUCTION ? text.trimEnd().lastIndexOf('\n') + 1 : 0
  const isAllPayload = lastLine > 0 && onlyLastNamesTask(hits, lastLine)
  const best: WeighedCue[] = []
  for (const hit of hits) {
    const { cue, start, end } = hit
    const inLastLine = lastLine > 0 && start >= lastLine
    const isOpening = inLastLine ? start < lastLine + LEAD : start < LEAD && !isAllPayload
    const isMiddle = start > INSTRUCTION && end < text.length - INSTRUCTION
    const isPayload = !isOpening && !inLastLine && (isMiddle || isAllPayload)
    const weight = isPayload ? cue.weight * PAYLOAD_SHARE : cue.weight
    const at = placeOf(best, cue)
    const known = best[at]
    if (known !== undefined && (known.isOpening || (!isOpening && known.weight >= weight))) continue
    best[at] = { cue, start, end, isOpening, weight }
  }
  return best
}
