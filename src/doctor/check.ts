import type { CheckId } from './check-ids.ts'
import type { Observation } from './finding.ts'
import type { World } from './world.ts'

/** One thing that can be wrong. A file each in checks/, and a row in checks/index.ts. */
export interface Check {
  id: CheckId
  /** One line, no full stop. */
  title: string
  /** What it needs besides the disk: nothing, the network, or leave to send a prompt that costs money. */
  needs?: 'network' | 'live'
  /** Everything it has to say, also that all is well. Empty when it does not apply. */
  run(world: World): Promise<Observation[]>
}
