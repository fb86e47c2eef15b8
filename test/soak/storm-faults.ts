// The faults of the storm: what the numbered cases of the lab give their broken providers.
import { chatClient } from '../helpers/grid-chat.ts'
import type { Handler, Reply, Upstream } from '../helpers/upstream.ts'
import { fine, Lab } from '../lab/lab.ts'
import { LAB_CASES } from '../lab/table.ts'

export interface StormFault {
  /** Case that it is from. */
  id: string
  reply: Reply | Handler
  /** What the client of a stream must get when this is the last thing that was tried. */
  ends: 'elsewhere' | 'cut' | 'refused'
}

/** Another target answers. Those that put a key or a model away for minutes are left out: they would end the storm. */
const ELSEWHERE = 'U-06 U-07 U-10 U-11 U-18 U-19 U-26 U-27 U-28 U-31 U-33 U-38 U-39 U-49 U-50'.split(' ')
/** Some output, then an error. */
const CUT = 'U-12 U-40 U-40b U-41 U-42'.split(' ')
/** The client's own mistake. */
const REFUSED = ['U-24']

/** A lab that keeps what its providers were told to do. */
class RecordingLab extends Lab {
  readonly replies = new Set<Reply | Handler>()

  override upstream(reply: Reply | Handler): Promise<Upstream> {
    if (reply !== fine) this.replies.add(reply)
    return super.upstream(reply)
  }
}

/** Runs the cases once and returns the faults that they made. */
export async function readFaults(): Promise<StormFault[]> {
  const faults: StormFault[] = []
  for (const [ids, ends] of [
    [ELSEWHERE, 'elsewhere'],
    [CUT, 'cut'],
    [REFUSED, 'refused'],
  ] as const) {
    for (const id of ids) {
      const found = LAB_CASES.find((one) => one.id === id)
      if (found === undefined) throw new Error(`no case ${id}`)
      const lab = new RecordingLab()
      // Whether the case holds is told elsewhere; here its faults are wanted.
      await found.run(lab, chatClient(true)).catch(() => undefined)
      await lab.close()
      if (lab.replies.size === 0) throw new Error(`${id} has no fault`)
      // A case of many forms is not more frequent than the others; the third of U-50 is an odd answer, and right.
      for (const reply of [...lab.replies].slice(0, 2)) faults.push({ id, reply, ends })
    }
  }
  return faults
}
