import type { Catalog } from '../../catalog/types.ts'
import type { Decision, Target } from '../../policy/types.ts'
import { matchGlob } from '../../profile/glob.ts'
import type { Expectation } from './expectation.ts'

/** What an expectation is held against: the decision, and the facts of its targets. */
export interface Outcome {
  decision: Decision
  catalog: Catalog
}

/** What does not hold, a sentence each: `expected rule code, it was default`. Empty when everything does. */
export function checkExpectation(expect: Expectation, { decision, catalog }: Outcome): string[] {
  const { intent, policy, rule, chain, error } = decision
  const [first] = chain
  const answer = error === undefined ? 'none' : error.code
  return [
    ...oneOf('intent', expect.intent, intent.label),
    ...oneOf('policy', expect.policy, policy),
    ...oneOf('rule', expect.rule, rule),
    ...oneOf('error', expect.error, answer),
    ...matches('model', expect.model, first, isTarget),
    ...matches('provider', expect.provider, first, (glob, { provider }) => matchGlob(glob, provider)),
    ...begins(expect.chain, chain),
    ...excludes(expect.not, chain),
    ...(expect.local === true ? allLocal(chain, catalog) : []),
    ...(expect.max_price === undefined ? [] : withinPrice(expect.max_price, chain, catalog)),
    ...(expect.dropped ?? []).flatMap((item) => isDropped(item, decision)),
  ]
}

function oneOf(what: string, wanted: readonly string[] | undefined, actual: string): string[] {
  if (wanted === undefined || wanted.includes(actual)) return []
  return [`expected ${what} ${wanted.join(' or ')}, it was ${actual === '' ? '(none)' : actual}`]
}

function matches(
  what: string,
  globs: readonly string[] | undefined,
  first: Target | undefined,
  fits: (glob: string, target: Target) => boolean,
): string[] {
  if (globs === undefined) return []
  if (first !== undefined && globs.some((glob) => fits(glob, first))) return []
  const found = first === undefined ? 'there is no target' : `it was ${nameOf(first)}`
  return [`expected ${what} ${globs.join(' or ')}, ${found}`]
}

function begins(globs: readonly string[] | undefined, chain: readonly Target[]): string[] {
  return (globs ?? []).flatMap((glob, at) => {
    const target = chain[at]
    if (target !== undefined && isTarget(glob, target)) return []
    return [
      `expected ${glob} in place ${at + 1} of the chain, ${target === undefined ? 'it ends before' : `it was ${nameOf(target)}`}`,
    ]
  })
}

function excludes(globs: readonly string[] | undefined, chain: readonly Target[]): string[] {
  return (globs ?? []).flatMap((glob) => {
    const at = chain.findIndex((target) => isTarget(glob, target))
    const target = chain[at]
    return target === undefined ? [] : [`expected not ${glob}, ${nameOf(target)} is in place ${at + 1} of the chain`]
  })
}

function allLocal(chain: readonly Target[], catalog: Catalog): string[] {
  const away = chain.filter((target) => catalog.byTarget.get(nameOf(target))?.local !== true)
  return away.length === 0 ? [] : [`expected only local targets, ${away.map(nameOf).join(', ')} is not local`]
}

function withinPrice(most: { input?: number; output?: number }, chain: readonly Target[], catalog: Catalog): string[] {
  return chain.flatMap((target) => {
    const price = catalog.byTarget.get(nameOf(target))?.price
    return (['input', 'output'] as const).flatMap((side) => {
      const limit = most[side]
      const actual = price?.[side]
      if (limit === undefined || (actual !== undefined && actual <= limit)) return []
      const costs = actual === undefined ? 'has an unknown price' : `costs ${actual}`
      return [`expected at most ${limit} USD per million ${side} tokens, ${nameOf(target)} ${costs}`]
    })
  })
}

function isDropped({ target: glob, reason }: { target: string; reason?: string }, { candidates }: Decision): string[] {
  const found = candidates.filter((each) => isTarget(glob, each))
  if (found.length === 0) return [`expected ${glob} to be dropped, there is no such target`]
  return found.flatMap((each) => {
    if (each.kept) return [`expected ${nameOf(each)} to be dropped, it was kept`]
    if (reason === undefined || each.reason === reason) return []
    return [`expected ${nameOf(each)} to be dropped for ${reason}, it was for ${each.reason}`]
  })
}

/** A glob with a slash is held against `provider/model`, one without against the model's id. */
function isTarget(glob: string, target: Target): boolean {
  return matchGlob(glob, glob.includes('/') ? nameOf(target) : target.model)
}

function nameOf({ provider, model }: Target): string {
  return `${provider}/${model}`
}
