import type { LockChange } from '../catalog/lock/compare.ts'
import type { Answer } from '../providers/discovery/ask-providers.ts'
import type { DiscoverTarget } from './discover-target.ts'

/** What came of asking: the lock as it was and as it would be. */
export interface Discovery {
  target: DiscoverTarget
  answers: readonly Answer[]
  /** Text of the lock file as it is; '' when there is none. */
  before: string
  after: string
  changes: readonly LockChange[]
}
