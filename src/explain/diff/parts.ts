import type { Profile } from '../../profile/types.ts'
import type { State } from '../state.ts'
import { brief } from './brief.ts'
import { catalogParts } from './catalog-parts.ts'
import { isEqual } from './is-equal.ts'
import type { Part } from './part.ts'
import { policyParts } from './policy-parts.ts'

/** Members of a profile that have parts of their own, or decide nothing. */
const APART: ReadonlySet<string> = new Set(['file', 'serve', 'providers', 'policies'])

/**
 * Everything in which two states differ and that a decision may depend on. With all parts reverted, in their order, the
 * second decides as the first.
 */
export function findParts(before: State, after: State): Part[] {
  return [
    ...policyParts(before.profile.policies, after.profile.policies),
    ...profileParts(before.profile, after.profile),
    ...catalogParts(before.catalog, after.catalog),
    ...healthParts(before, after),
  ]
}

function profileParts(before: Profile, after: Profile): Part[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Profile>
  const members = [...keys].flatMap((key): Part[] => {
    if (APART.has(key) || isEqual(before[key], after[key])) return []
    return [{ kind: 'profile', what: key, from: brief(before[key]), to: brief(after[key]), revert: withMember(key) }]
  })
  const names = before.providers.map(({ name }) => name)
  const nowNames = after.providers.map(({ name }) => name)
  if (isEqual(names, nowNames)) return members
  return [
    ...members,
    { kind: 'profile', what: 'providers', from: brief(names), to: brief(nowNames), revert: withMember('providers') },
  ]

  function withMember(key: keyof Profile): Part['revert'] {
    return (state) => {
      const { [key]: _, ...rest } = state.profile
      const profile = (before[key] === undefined ? rest : { ...rest, [key]: before[key] }) as Profile
      return { ...state, profile }
    }
  }
}

function healthParts(before: State, after: State): Part[] {
  const names = new Set([...Object.keys(before.health.providers), ...Object.keys(after.health.providers)])
  return [...names].flatMap((name): Part[] => {
    const old = before.health.providers[name]
    const now = after.health.providers[name]
    if (isEqual(old, now)) return []
    return [
      {
        kind: 'health',
        what: `health of provider ${name}`,
        from: old?.reason ?? 'in service',
        to: now?.reason ?? 'in service',
        revert: (state) => {
          const { [name]: _, ...rest } = state.health.providers
          const providers = old === undefined ? rest : { ...rest, [name]: old }
          return { ...state, health: { ...state.health, providers } }
        },
      },
    ]
  })
}
