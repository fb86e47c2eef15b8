import type { Catalog } from '../catalog/types.ts'
import type { Profile } from '../profile/types.ts'
import { dropReason } from './drop-reason.ts'
import type { Entry } from './eligibility.ts'
import { nearestFirst, nearNames } from './near-names.ts'
import type { Decision, DecisionError, DropReason, Facts } from './types.ts'

const MOST_NEAR = 5
/** A longer name is cut in the message, in characters. */
const LONGEST_NAME = 120

/** In the order of the checks, each with what it means. The later one fails, the closer a target came. */
const REASONS: Record<DropReason, string> = {
  not_pinned: 'another target was asked for by name',
  not_allowed: 'outside the allow list',
  denied: 'in the deny list',
  not_chosen: 'not among those the rule takes',
  not_local: 'prompts would leave the machine',
  no_thinking: 'cannot think, or unknown',
  no_tools: 'cannot call tools, or unknown',
  no_vision: 'cannot see images, or unknown',
  no_documents: 'cannot read documents, or unknown',
  no_json: 'cannot hold to JSON, or unknown',
  context_unknown: 'context unknown',
  price_unknown: 'price unknown',
  price_too_high: 'too expensive',
  context_too_small: 'context too small',
  fallback_remote: 'a remote model may not stand in for the local one',
  fallback_price: 'too expensive to stand in for the first choice',
  resting: 'its provider rests or has no key',
  circuit_open: 'failed lately',
}
const ORDER = Object.keys(REASONS)

/** The error for a name that means nothing here. */
export function unknownModel(profile: Profile, catalog: Catalog, asked: { name: string }): DecisionError {
  const near = nearNames(profile, catalog, asked.name)
  const slash = asked.name.indexOf('/')
  const provider = profile.providers.find(({ name }) => name === asked.name.slice(0, slash))?.name
  const what =
    provider === undefined || slash === -1
      ? `unknown model ${shorten(asked.name)}`
      : `provider ${provider} does not list the model ${shorten(asked.name.slice(slash + 1))}`
  const hint = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`
  return { code: 'unknown_model', message: what + hint, near }
}

/** The error for a request that every target was dropped for. */
export function noCandidate(decision: Decision, entries: readonly Entry[], facts: Facts): DecisionError {
  const near = decision.pin === undefined ? closest(entries) : ableInstead(decision.pin, entries, facts)
  return { code: 'no_candidate', message: messageFor(decision, entries), near }
}

function messageFor({ pin, policy }: Decision, entries: readonly Entry[]): string {
  if (entries.length === 0) return 'no candidate for this request: the catalogue has no models'
  const tried = pin === undefined ? entries : entries.filter(({ drop }) => drop?.reason !== 'not_pinned')
  const only = tried.length === 1 ? tried[0] : undefined
  if (pin !== undefined && only?.drop !== undefined) {
    return `${only.target} is unable to serve this request: ${only.drop.reason} (${only.drop.detail})`
  }
  const name = pin ?? `sage/${policy}`
  return `no candidate for this request under ${name}: ${summary(tried)}`
}

/** Counts per reason, most frequent first: `3 × no_vision (…), 1 × not_local (…)`. */
function summary(entries: readonly Entry[]): string {
  const counts = new Map<DropReason, number>()
  for (const { drop } of entries) {
    if (drop !== undefined) counts.set(drop.reason, (counts.get(drop.reason) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || ORDER.indexOf(a) - ORDER.indexOf(b))
  return sorted.map(([reason, count]) => `${count} × ${reason} (${REASONS[reason]})`).join(', ')
}

/** Those that failed the latest check. */
function closest(entries: readonly Entry[]): string[] {
  const depth = ({ drop }: Entry): number => (drop === undefined ? -1 : ORDER.indexOf(drop.reason))
  return entries
    .toSorted((a, b) => depth(b) - depth(a) || a.place - b.place)
    .slice(0, MOST_NEAR)
    .map(({ target }) => target)
}

/** Other targets known to be able to do what the pinned one is not. */
function ableInstead(pin: string, entries: readonly Entry[], facts: Facts): string[] {
  const able = entries.filter(
    ({ model, drop }) =>
      drop?.reason === 'not_pinned' && dropReason(model, facts, { scopes: [], named: false }).drop === undefined,
  )
  return nearestFirst(
    pin,
    able.map(({ target }) => target),
  )
}

function shorten(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
}
