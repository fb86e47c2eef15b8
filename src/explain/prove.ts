import type { Catalog, Model } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import { findExact } from '../policy/resolve-name.ts'
import type { Candidate, DropReason } from '../policy/types.ts'
import { matchGlob } from '../profile/glob.ts'
import type { Policy, Profile, Rule, SourceRef } from '../profile/types.ts'
import type { Claim } from './claims.ts'
import { isAbout, offendersOf } from './claims.ts'
import { leastRequest } from './probe.ts'
import type { State } from './state.ts'
import { decideIn } from './state.ts'

/** All targets that a request can reach under each rule, whatever fails, and what holds for all of them. */
export interface Proof {
  reaches: Reach[]
  claims: ProvedClaim[]
}

/** What one rule of a policy, or one target asked for by name, can lead to; the fallbacks of its pin included. */
export interface Reach {
  /** Policy; '' for a pin. */
  policy: string
  /** Rule, `default`, or the name of the pinned target; with a `*` where any model of a provider can be named. */
  rule: string
  source?: SourceRef
  targets: Model[]
}

/** A claim over all targets of the policies that it is about. */
export interface ProvedClaim {
  claim: string
  /** Different targets that were looked at. */
  targets: number
  /** Those for which it does not hold, and under which rule; empty when it is proved. */
  offenders: { target: string; policy: string; rule: string; source?: SourceRef }[]
  /** It was asked for, not only found in the profile. */
  isAsserted: boolean
}

/** Dropped for what went before in the chain: as a first choice the target may answer. */
const AFTER_FIRST: ReadonlySet<DropReason> = new Set<DropReason>(['fallback_remote', 'fallback_price'])

/**
 * Goes through every rule of every policy and every pin with a request that asks for nothing, so that only hard
 * constraints decide: no request reaches more. Claims of the profile itself (`require: { local: true }`) are proved
 * too, besides those given.
 */
export function prove({ profile, catalog }: State, asserted: readonly Claim[]): Proof {
  const ofPolicies = profile.policies.flatMap((policy) => reachOfPolicy(profile, catalog, policy))
  const ofPins = reachOfPins(profile, catalog)
  const reaches = [...ofPolicies, ...ofPins]
  // What has no fallback leads to itself: nothing to list, yet a request may name it.
  const all = [...reaches, ...reachOfOthers(profile, catalog, new Set(ofPins.map(({ rule }) => rule)))]
  const own: Claim[] = profile.policies
    .filter(({ require }) => require.local === true)
    .map(({ name }) => ({ text: `${name}: local`, policies: name, kind: 'local' }))
  const claims = [...own.map((claim) => check(claim, false)), ...asserted.map((claim) => check(claim, true))]
  return { reaches, claims }

  function check(claim: Claim, isAsserted: boolean): ProvedClaim {
    const about = all.filter(({ policy }) => isAbout(claim, policy))
    const offenders = about.flatMap(({ policy, rule, source, targets }) =>
      offendersOf(claim, targets).map((model) => ({
        target: targetOf(model),
        policy,
        rule,
        ...(source === undefined ? {} : { source }),
      })),
    )
    const targets = new Set(about.flatMap((reach) => reach.targets.map(targetOf))).size
    return { claim: claim.text, targets, offenders, isAsserted }
  }
}

function reachOfPolicy(profile: Profile, catalog: Catalog, policy: Policy): Reach[] {
  const rules = policy.rules.map((rule) => reachOfRule(profile, catalog, policy, rule))
  return [...rules, reachOfRule(profile, catalog, policy, undefined)]
}

/** The policy with this rule alone, without its condition. */
function reachOfRule(profile: Profile, catalog: Catalog, policy: Policy, rule: Rule | undefined): Reach {
  const alone: Policy = { ...policy, rules: rule === undefined ? [] : [{ ...rule, when: {} }] }
  const policies = profile.policies.map((other) => (other === policy ? alone : other))
  const targets = reachable({ ...profile, policies }, catalog, `sage/${policy.name}`)
  return { policy: policy.name, rule: rule?.name ?? 'default', source: rule?.source ?? policy.source, targets }
}

/** Only pins with fallbacks lead anywhere but to what was asked for. */
function reachOfPins(profile: Profile, catalog: Catalog): Reach[] {
  if (profile.pins.length === 0) return []
  return namesOf(profile, catalog).flatMap((name): Reach[] => {
    if (!profile.pins.some(({ match }) => matchGlob(match, name))) return []
    return [{ policy: '', rule: name, targets: reachable(widest(profile), catalog, name) }]
  })
}

/** Every other target that a request may name. */
function reachOfOthers(profile: Profile, catalog: Catalog, pinned: ReadonlySet<string>): Reach[] {
  return namesOf(profile, catalog).flatMap((name): Reach[] => {
    return pinned.has(name) ? [] : [{ policy: '', rule: name, targets: targetsOf(profile, catalog, name) }]
  })
}

/**
 * Names of targets that stand for all that a request may name. A provider without models in the catalogue takes any
 * name: there a glob stands for what it matches, and is sent as it is, for it matches itself.
 */
function namesOf(profile: Profile, catalog: Catalog): string[] {
  const listed = new Set(catalog.models.map(({ provider }) => provider))
  const open = profile.providers.filter(({ name }) => !listed.has(name))
  const globs = open.flatMap(({ name }) => {
    const ofPins = profile.pins.flatMap(({ match }) => {
      const inside = match.startsWith(`${name}/`) ? match : `${name}/${match}`
      return matchGlob(match, inside) ? [inside] : []
    })
    return [...ofPins, `${name}/*`]
  })
  return [...new Set([...catalog.models.map(targetOf), ...globs])]
}

/** Without conditions on rules nothing can be told of which rule a fallback policy takes: its rules' own limits are left out. */
function widest(profile: Profile): Profile {
  return { ...profile, policies: profile.policies.map((policy) => ({ ...policy, rules: [] })) }
}

function reachable(profile: Profile, catalog: Catalog, model: string): Model[] {
  const health = { targets: {}, providers: {} }
  const { candidates } = decideIn({ profile, catalog, health }, leastRequest(model))
  return candidates
    .filter(isReachable)
    .flatMap(({ provider, model: id }) => targetsOf(profile, catalog, `${provider}/${id}`))
}

/** The target of this name, those too that the catalogue does not list. */
function targetsOf(profile: Profile, catalog: Catalog, name: string): Model[] {
  const listed = catalog.byTarget.get(name)
  if (listed !== undefined) return [listed]
  const found = findExact(profile, catalog, name)
  return found?.kind === 'pin' ? found.models : []
}

function isReachable({ kept, reason }: Candidate): boolean {
  return kept || (reason !== undefined && AFTER_FIRST.has(reason))
}
