import { targetOf } from '../catalog/types.ts'
import type { Catalog, Model } from '../catalog/types.ts'
import { decide } from '../policy/decide.ts'
import type { Profile } from '../profile/types.ts'
import type { Explained } from './explained.ts'
import { firstDifference } from './first-difference.ts'
import type { Difference } from './first-difference.ts'
import { recordDecision } from './record-decision.ts'
import { restoreFacts } from './record-facts.ts'
import { restoreWorld } from './record-world.ts'
import type { DecisionLine } from './record.ts'

/** A logged request, decided again. */
export interface Replayed extends Explained {
  /** Where the new decision differs from the logged one; undefined when it is the same in every part. */
  difference: Difference | undefined
}

/** Decides a logged request again, on what was recorded of it. Times and chance are the recorded ones. */
export function replay(line: DecisionLine, profile: Profile, catalog: Catalog): Replayed {
  const explained = decideLogged(line, profile, catalog)
  const logged: unknown = line.decision
  // What was read from a file is compared with what would be.
  const replayed: unknown = JSON.parse(JSON.stringify(recordDecision(explained.decision)))
  return { ...explained, difference: firstDifference(logged, replayed) }
}

/** What this profile and this catalogue make of a logged request. */
export function decideLogged({ id, facts, world }: DecisionLine, profile: Profile, catalog: Catalog): Explained {
  const restored = restoreFacts(facts)
  return { id, facts: restored, decision: decide(profile, restored, restoreWorld(world, catalog)) }
}

/** The catalogue of a log's line. */
export function restoreCatalog(models: readonly Model[]): Catalog {
  return { models, byTarget: new Map(models.map((model) => [targetOf(model), model])) }
}
