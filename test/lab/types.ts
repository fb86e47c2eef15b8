// One numbered fault and what must come of it.
import type { GridClient } from '../helpers/grid-types.ts'
import type { Lab } from './lab.ts'

export interface LabCase {
  /** `U-01` upstream, `C-` client, `F-` profile, `E-` environment, `S-` security. */
  id: string
  fault: string
  expected: string
  /** `client`: once for every client dialect, whole and streamed; `once`: the dialect makes no difference. */
  per: 'client' | 'once'
  /** Which clients it applies to; by default to all. */
  applies?(client: GridClient): boolean
  /** Takes seconds, or about a minute: left to `npm run test:faults`. */
  slow?: true | 'minute'
  /** Breaks what it says, and throws when anything but the expected comes of it. Returns what was seen, in short. */
  run(lab: Lab, client: GridClient): Promise<string>
}
