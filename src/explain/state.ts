import type { Catalog } from '../catalog/types.ts'
import type { HealthSnapshot } from '../health/types.ts'
import { decide } from '../policy/decide.ts'
import { intentOf } from '../policy/errand.ts'
import type { Decision, Facts, Intent, World } from '../policy/types.ts'
import type { Profile } from '../profile/types.ts'

/** What stays the same from request to request: one side of a comparison. */
export interface State {
  profile: Profile
  catalog: Catalog
  health: HealthSnapshot
}

/** One request, with what its own case says of the world. */
export interface Question {
  facts: Facts
  world: Omit<World, 'catalog' | 'health'>
  /** Health that the request is to be decided with; what the state knows of missing keys holds besides. */
  health?: HealthSnapshot
}

/** Decides with the function that serves. */
export function decideIn(state: State, question: Question): Decision {
  return decide(state.profile, question.facts, worldOf(state, question))
}

/** What the request is recognised as, by the function that serves, without choosing among models. */
export function recognise({ profile }: State, { facts }: Question): Intent {
  return intentOf(facts, profile)
}

export function worldOf({ catalog, health: known }: State, { world, health }: Question): World {
  if (health === undefined) return { catalog, health: known, ...world }
  const targets = { ...known.targets, ...health.targets }
  return { catalog, health: { targets, providers: { ...health.providers, ...known.providers } }, ...world }
}

/** Whether two decisions send a request to the same model first, for the same rule. */
export function isSameLead(a: Decision, b: Decision): boolean {
  const [[first], [other]] = [a.chain, b.chain]
  return (
    a.policy === b.policy &&
    a.rule === b.rule &&
    a.pin === b.pin &&
    a.error?.code === b.error?.code &&
    first?.provider === other?.provider &&
    first?.model === other?.model
  )
}

/** Whether two decisions ask for as much reasoning and output at most. */
export function isSameLimits(a: Decision, b: Decision): boolean {
  return a.thinking === b.thinking && a.maxOutput === b.maxOutput
}

/** Whether two decisions send a request the same way, fallbacks and limits included, for the same rule. */
export function isSameOutcome(a: Decision, b: Decision): boolean {
  return (
    isSameLead(a, b) &&
    a.maxAttempts === b.maxAttempts &&
    isSameLimits(a, b) &&
    a.chain.length === b.chain.length &&
    a.chain.every(({ provider, model }, at) => b.chain[at]?.provider === provider && b.chain[at].model === model)
  )
}
