import type { Catalog } from '../catalog/types.ts'
import type { Policy, Profile } from '../profile/types.ts'
import type { Narrowing } from './constraints.ts'
import { nearNames } from './near-names.ts'
import { ownEntry } from './own-entry.ts'
import type { DecisionError, Overrides } from './types.ts'

/** Overrides with the names of the profile looked up. */
export interface ResolvedOverrides {
  policy?: Policy
  narrowing?: Narrowing
  error?: DecisionError
}

/** Looks up what the overrides of a request name. A name that the profile does not have is an error: nothing is guessed. */
export function resolveOverrides(profile: Profile, catalog: Catalog, given: Overrides | undefined): ResolvedOverrides {
  if (given === undefined) return {}
  const policy = profile.policies.find(({ name }) => name === given.policy)
  if (given.policy !== undefined && policy === undefined) {
    const near = nearNames(profile, catalog, `sage/${given.policy}`)
    return { error: badOverride(`x-sage-policy: there is no policy ${given.policy}`, near) }
  }
  const { maxPrice } = given
  const price = typeof maxPrice === 'string' ? ownEntry(profile.tiers ?? {}, maxPrice) : maxPrice
  if (typeof maxPrice === 'string' && price === undefined) {
    const near = Object.keys(profile.tiers ?? {})
    return { error: badOverride(`x-sage-max-price: ${maxPrice} is neither a price nor a tier`, near) }
  }
  const narrowing: Narrowing = {
    require: {
      ...(given.local === true ? { local: true } : {}),
      ...(given.capabilities === undefined ? {} : { capabilities: [...given.capabilities] }),
      ...(price === undefined ? {} : { max_price: price }),
    },
    deny: given.deny ?? [],
    maxAttempts: given.maxAttempts,
  }
  return { narrowing, ...(policy === undefined ? {} : { policy }) }
}

function badOverride(message: string, near: string[]): DecisionError {
  const hint = near.length === 0 ? '' : `; there is ${near.slice(0, 5).join(', ')}`
  return { code: 'bad_override', message: message.slice(0, 200) + hint, near: near.slice(0, 5) }
}
