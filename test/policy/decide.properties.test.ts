import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Model } from '../../src/catalog/types.ts'
import { decide } from '../../src/policy/decide.ts'
import { recheck } from '../../src/policy/recheck.ts'
import { EMPTY_HEALTH } from '../../src/health/types.ts'
import type { Candidate, Decision, Facts, Overrides, Target, World } from '../../src/policy/types.ts'
import type { Policy, Profile, Requirements, Rule } from '../../src/profile/types.ts'
import { inputsArbitrary, overridesArbitrary, requirementsArbitrary } from './arbitraries.ts'
import { mayServe, mayServeNamed } from './hard-constraints.ts'

const RUNS = { numRuns: 500 }
const HEALTH = new Set(['resting', 'circuit_open'])

const nameOf = ({ provider, model }: Target): string => `${provider}/${model}`
const isHard = ({ reason }: Candidate): boolean => reason !== undefined && !HEALTH.has(reason)
/** Limits on fallbacks depend on what the first choice is. */
const isLimit = ({ reason }: Candidate): boolean => reason === 'fallback_remote' || reason === 'fallback_price'

/** Policy and rule a candidate of the decision stands under; undefined for one that the user named. */
function judgeOf(
  profile: Profile,
  decision: Decision,
  candidate: Candidate,
): { policy: Policy; rules: (Rule | undefined)[] } | undefined {
  const name = candidate.via?.slice(5) ?? decision.policy
  const policy = profile.policies.find((known) => known.name === name)
  if (policy === undefined) return undefined
  if (candidate.via !== undefined) return { policy, rules: [undefined, ...policy.rules] }
  return { policy, rules: [policy.rules.find((rule) => rule.name === decision.rule)] }
}

function withinPrice({ price }: Model, { maxPrice }: Overrides): boolean {
  if (typeof maxPrice !== 'object') return true
  return (['input', 'output'] as const).every((side) => {
    const most = maxPrice[side]
    return most === undefined || (price !== undefined && price[side] <= most)
  })
}

function unknownFacts(target: Target): Model {
  return { provider: target.provider, id: target.model, capabilities: {}, local: false, sources: ['assumed'] }
}

/** Requirements that hold exactly when both hold. */
function bothOf(a: Requirements, b: Requirements): Requirements {
  const lowest = (side: 'input' | 'output'): number =>
    Math.min(a.max_price?.[side] ?? Infinity, b.max_price?.[side] ?? Infinity)
  const most = { input: lowest('input'), output: lowest('output') }
  const both: Requirements = {
    local: a.local === true || b.local === true,
    capabilities: [...(a.capabilities ?? []), ...(b.capabilities ?? [])],
  }
  if (a.min_context !== undefined || b.min_context !== undefined) {
    both.min_context = Math.max(a.min_context ?? 0, b.min_context ?? 0)
  }
  if (Number.isFinite(most.input)) both.max_price = { input: most.input }
  if (Number.isFinite(most.output)) both.max_price = { ...both.max_price, output: most.output }
  return both
}

describe('properties of decide', () => {
  it('never throws, and an empty chain means an error', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const decision = decide(profile, facts, world)
        assert.equal(decision.chain.length === 0, decision.error !== undefined)
        assert.ok(decision.maxAttempts >= 1)
      }),
      RUNS,
    )
  })

  it('is deterministic', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const again = decide(structuredClone(profile), structuredClone(facts), structuredClone(world))
        assert.deepEqual(decide(profile, facts, world), again)
      }),
      RUNS,
    )
  })

  it('keeps or drops every model of the catalogue exactly once, kept ones first and in the order of the chain', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const { candidates, chain } = decide(profile, facts, world)
        const names = candidates.map(nameOf)
        assert.equal(new Set(names).size, names.length)
        const extra = names.filter((name) => !world.catalog.byTarget.has(name))
        assert.equal(names.length - extra.length, world.catalog.models.length)
        for (const name of extra) {
          assert.ok(!world.catalog.models.some(({ provider }) => name.startsWith(`${provider}/`)))
        }
        assert.deepEqual(names.slice(0, chain.length), chain.map(nameOf))
        assert.ok(candidates.every(({ kept }, index) => kept === index < chain.length))
        assert.ok(candidates.every(({ kept, reason, detail }) => kept === (reason === undefined) && (kept || detail)))
      }),
      RUNS,
    )
  })

  it('puts only targets that satisfy the hard constraints into the chain', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const decision = decide(profile, facts, world)
        for (const candidate of decision.candidates.filter(({ kept }) => kept)) {
          const model = world.catalog.byTarget.get(nameOf(candidate)) ?? unknownFacts(candidate)
          const judge = judgeOf(profile, decision, candidate)
          const may =
            judge === undefined
              ? mayServeNamed(model, facts)
              : judge.rules.some((rule) => mayServe(model, facts, judge.policy, rule))
          assert.ok(may, nameOf(candidate))
          assert.equal(recheck({ profile, facts, world, decision }, candidate), undefined)
        }
      }),
      RUNS,
    )
  })

  it('drops nothing that satisfies the constraints, except for its health', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const decision = decide(profile, facts, world)
        if (decision.policy === '') return
        for (const candidate of decision.candidates.filter((one) => isHard(one) && !isLimit(one))) {
          const model = world.catalog.byTarget.get(nameOf(candidate))
          const judge = judgeOf(profile, decision, candidate)
          assert.ok(model && judge && !mayServe(model, facts, judge.policy, judge.rules[0]), nameOf(candidate))
        }
      }),
      RUNS,
    )
  })

  it('never promotes an ineligible target when a healthy one goes away', () => {
    fc.assert(
      fc.property(inputsArbitrary, fc.nat(), ({ profile, facts, world }, pick) => {
        const before = decide(profile, facts, world)
        const victim = before.chain[pick % Math.max(before.chain.length, 1)]
        if (victim === undefined) return
        const broken = { state: 'open' as const, failures: 3, retryAt: world.now + 1000 }
        const targets = { ...world.health.targets, [nameOf(victim)]: broken }
        const after = decide(profile, facts, { ...world, health: { ...world.health, targets } })
        const forbidden = new Set(before.candidates.filter(isHard).map(nameOf))
        assert.ok(after.chain.every((target) => !forbidden.has(nameOf(target))))
      }),
      RUNS,
    )
  })

  it('tries one model of every provider before a second one of any', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const { chain, policy } = decide(profile, facts, world)
        if (policy === '') return
        const seen = new Map<string, number>()
        const rounds = chain.map(({ provider }) => {
          const round = seen.get(provider) ?? 0
          seen.set(provider, round + 1)
          return round
        })
        assert.deepEqual(
          rounds,
          [...rounds].sort((a, b) => a - b),
        )
      }),
      RUNS,
    )
  })

  it('orders the first of each provider by score, behind a sticky one', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const decision = decide(profile, facts, world)
        if (decision.policy === '') return
        const kept = decision.candidates.filter((candidate) => candidate.kept)
        const heads = kept.filter(
          (item, index) => kept.findIndex(({ provider }) => provider === item.provider) === index,
        )
        const scores = heads.slice(decision.sticky ? 1 : 0).map(({ score }) => score)
        const policy = profile.policies.find(({ name }) => name === decision.policy)
        const margin = policy?.ties === 'spread' ? policy.tie_margin : 0
        assert.ok(
          scores.every((score, at) => score <= (scores[at - 1] ?? Infinity) + margin),
          scores.join(' '),
        )
      }),
      RUNS,
    )
  })

  it('never revives a dropped target by affinity', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const { affinity, ...rest } = world
        const without: World = rest
        const plain = decide(profile, facts, without)
        const held = decide(profile, facts, world)
        const limited = new Set([...plain.candidates, ...held.candidates].filter(isLimit).map(nameOf))
        const freeOf = ({ chain }: Decision): Set<string> =>
          new Set(chain.map(nameOf).filter((name) => !limited.has(name)))
        if (limited.size === 0) assert.deepEqual(freeOf(held), freeOf(plain))
        const dropped = plain.candidates.filter((one) => isHard(one) && !isLimit(one)).map(nameOf)
        assert.ok(held.chain.every((target) => !dropped.includes(nameOf(target))))
        assert.ok(!held.sticky || nameOf(held.chain[0] ?? { provider: '', model: '' }) === affinity?.target)
      }),
      RUNS,
    )
  })

  it('never gains a target from a narrower policy', () => {
    fc.assert(
      fc.property(
        inputsArbitrary,
        requirementsArbitrary,
        fc.constantFrom('*/small', 'ollama/*', '*coder*'),
        ({ profile, facts, world }, require, deny) => {
          const base = decide(profile, facts, world)
          const policies = profile.policies.map((policy) => ({
            ...policy,
            deny: [...policy.deny, deny],
            require: bothOf(policy.require, require),
          }))
          const narrow = decide({ ...profile, policies }, facts, world)
          if (base.policy === '') return
          const forbidden = new Set(base.candidates.filter((one) => isHard(one) && !isLimit(one)).map(nameOf))
          assert.ok(narrow.chain.every((target) => !forbidden.has(nameOf(target))))
          assert.ok(narrow.chain.length <= base.candidates.length - forbidden.size)
        },
      ),
      RUNS,
    )
  })

  it('lets overrides only narrow: no target that was forbidden without them, no more attempts', () => {
    fc.assert(
      fc.property(inputsArbitrary, overridesArbitrary, ({ profile, facts, world }, overrides) => {
        const plain = decide(profile, facts, world)
        const asked = { ...facts, overrides: structuredClone(overrides) }
        const narrowed = decide(profile, asked, world)
        const forbidden = new Set(plain.candidates.filter(isHard).map(nameOf))
        assert.ok(narrowed.chain.every((target) => !forbidden.has(nameOf(target))))
        assert.ok(narrowed.error !== undefined || narrowed.maxAttempts <= plain.maxAttempts)
        assert.ok(narrowed.error !== undefined || narrowed.maxAttempts <= (overrides.maxAttempts ?? Infinity))
        for (const target of narrowed.chain) {
          assert.equal(recheck({ profile, facts: asked, world, decision: narrowed }, target), undefined)
          const model = world.catalog.byTarget.get(nameOf(target))
          assert.ok(overrides.local !== true || model === undefined || model.local)
          assert.ok(model === undefined || withinPrice(model, overrides))
        }
      }),
      RUNS,
    )
  })

  it('lets nothing stand in that the limits on fallbacks forbid, whatever fails', () => {
    fc.assert(
      fc.property(inputsArbitrary, fc.nat(), ({ profile, facts, world }, seed) => {
        const policies = profile.policies.map((policy) => ({ ...policy, fallback: { never: 'remote' as const } }))
        const strict = { ...profile, policies }
        const well = decide(strict, facts, { ...world, health: EMPTY_HEALTH })
        const first = well.chain[0]
        if (well.policy === '' || first === undefined) return
        if (world.catalog.byTarget.get(nameOf(first))?.local !== true) return
        const failed = well.chain.filter((_, at) => (seed >> at) % 2 === 0)
        const open = { state: 'open' as const, failures: 3, retryAt: world.now + 1000 }
        const targets = Object.fromEntries(failed.map((target) => [nameOf(target), open]))
        const { chain } = decide(strict, facts, { ...world, health: { targets, providers: {} } })
        assert.ok(chain.every((target) => world.catalog.byTarget.get(nameOf(target))?.local === true))
      }),
      RUNS,
    )
  })

  it('decides the same from a world that went through JSON, with the intent recorded and the text gone', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const decision = decide(profile, facts, world)
        const { wall, zone, seed, now, health, affinity } = world
        const logged = JSON.parse(
          JSON.stringify({ wall, zone, seed, now, affinity, facts: { ...facts, intent: decision.intent } }),
        ) as World & { facts: Facts }
        const { facts: asked, ...rest } = logged
        const silent: Facts = { ...asked, turn: '', previousTurn: '', firstTurn: '', system: '' }
        assert.deepEqual(decide(profile, silent, { ...rest, health, catalog: world.catalog }), decision)
      }),
      RUNS,
    )
  })

  it('rechecks against a window that proved too small', () => {
    fc.assert(
      fc.property(inputsArbitrary, fc.constantFrom(4000, 32_768), ({ profile, facts, world }, exceeded) => {
        const decision = decide(profile, facts, world)
        for (const target of decision.chain) {
          const context = world.catalog.byTarget.get(nameOf(target))?.context
          const drop = recheck({ profile, facts, world, decision }, target, { minContextExclusive: exceeded })
          const expected =
            context === undefined ? 'context_unknown' : context > exceeded ? undefined : 'context_too_small'
          assert.equal(drop?.reason, expected)
        }
      }),
      RUNS,
    )
  })
})
