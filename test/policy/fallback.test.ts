import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import type { Facts, World } from '../../src/policy/types.ts'
import type { Fallback, Rule } from '../../src/profile/types.ts'
import { chainOf, facts, model, policy, profile, reasonsOf, rule, world } from './helpers.ts'

const free = { input: 0, output: 0 }
const MODELS = [
  model('here/a', { local: true, price: free }),
  model('there/b', { price: { input: 1, output: 4 } }),
  model('far/c', { price: { input: 10, output: 30 } }),
  model('odd/d'),
]
const down = { state: 'open' as const, failures: 3, retryAt: 1 }

interface Case {
  name: string
  fallback?: Fallback
  ruleFallback?: Fallback
  prefer: string[]
  failed?: string[]
  given?: Partial<Facts>
  affinity?: World['affinity']
  chain: string[]
  reasons?: Record<string, string>
}

const remote = { 'there/b': 'fallback_remote', 'far/c': 'fallback_remote', 'odd/d': 'fallback_remote' }

const cases: Case[] = [
  { name: 'no limit', prefer: ['here/*'], chain: ['here/a', 'there/b', 'far/c', 'odd/d'] },
  {
    name: 'never remote, started local',
    fallback: { never: 'remote' },
    prefer: ['here/*'],
    chain: ['here/a'],
    reasons: remote,
  },
  {
    name: 'never remote, started remote',
    fallback: { never: 'remote' },
    prefer: ['far/*'],
    chain: ['far/c', 'here/a', 'there/b', 'odd/d'],
  },
  {
    name: 'never remote, the local one down: asked anyway, nothing remote stands in',
    fallback: { never: 'remote' },
    prefer: ['here/*'],
    failed: ['here/a'],
    chain: ['here/a'],
    reasons: remote,
  },
  {
    name: 'never remote, said by the rule',
    ruleFallback: { never: 'remote' },
    prefer: ['here/*'],
    chain: ['here/a'],
    reasons: remote,
  },
  {
    name: 'never remote, the local one denied by the request: nothing is left',
    fallback: { never: 'remote' },
    prefer: ['here/*'],
    given: { overrides: { deny: ['here/*'] } },
    chain: [],
    reasons: { 'here/a': 'denied', ...remote },
  },
  {
    name: 'never remote, a session that is on a local model',
    fallback: { never: 'remote' },
    prefer: ['far/*'],
    given: { inToolLoop: true },
    affinity: { target: 'here/a', policy: 'auto', rule: 'only-rule' },
    chain: ['here/a'],
    reasons: remote,
  },
  {
    name: 'never exceed a price: the first choice may be dearer',
    fallback: { never_exceed: { input: 2 } },
    prefer: ['far/*'],
    chain: ['far/c', 'here/a', 'there/b'],
    reasons: { 'odd/d': 'fallback_price' },
  },
  {
    name: 'never exceed a price: not even when the first choice fails',
    fallback: { never_exceed: { input: 2 } },
    prefer: ['here/*', 'far/*'],
    failed: ['here/a'],
    chain: ['there/b'],
    reasons: { 'here/a': 'circuit_open', 'far/c': 'fallback_price', 'odd/d': 'fallback_price' },
  },
  {
    name: 'the lower of two prices',
    fallback: { never_exceed: { input: 20, output: 3 } },
    ruleFallback: { never_exceed: { input: 2 } },
    prefer: ['far/*'],
    chain: ['far/c', 'here/a'],
    reasons: { 'there/b': 'fallback_price', 'odd/d': 'fallback_price' },
  },
]

describe('limits on fallbacks', () => {
  for (const {
    name,
    fallback,
    ruleFallback,
    prefer,
    failed = [],
    given = {},
    affinity,
    chain,
    reasons = {},
  } of cases) {
    it(name, () => {
      const only: Rule = rule({ prefer, ...(ruleFallback && { fallback: ruleFallback }) })
      const policies = [policy({ rules: [only], ...(fallback && { fallback }) })]
      const targets = Object.fromEntries(failed.map((target) => [target, down]))
      const state = { health: { targets, providers: {} }, ...(affinity && { affinity }) }
      const decision = decide(profile({ policies }), facts(given), world(MODELS, state))
      assert.deepEqual(chainOf(decision), chain)
      assert.deepEqual(reasonsOf(decision), reasons)
    })
  }

  it('says for whom nothing may stand in', () => {
    const policies = [policy({ rules: [rule({ prefer: ['here/*'] })], fallback: { never: 'remote' } })]
    const { candidates } = decide(profile({ policies }), facts(), world(MODELS))
    assert.equal(candidates.at(-1)?.detail, 'nothing remote may stand in for here/a')
  })

  it('holds for a policy that stands in for a local pin', () => {
    const policies = [policy({ fallback: { never: 'remote' } })]
    const pins = [{ match: '*', fallback: ['sage/auto'] }]
    const given = profile({ policies, pins })
    const chain = (asked: string): string[] => chainOf(decide(given, facts({ model: asked }), world(MODELS)))
    assert.deepEqual(chain('here/a'), ['here/a'])
    assert.deepEqual(chain('far/c'), ['far/c', 'here/a', 'there/b', 'odd/d'])
  })

  it('takes the least of all attempts', () => {
    const rules = [rule({ fallback: { max_attempts: 3 } })]
    const policies = [policy({ rules, max_attempts: 5, fallback: { max_attempts: 4 } })]
    const attempts = (overrides: Facts['overrides'] = {}): number =>
      decide(profile({ policies }), facts({ overrides }), world(MODELS)).maxAttempts
    assert.deepEqual([attempts(), attempts({ maxAttempts: 2 }), attempts({ maxAttempts: 9 })], [3, 2, 3])
  })
})

describe('the first choice that a limit speaks of', () => {
  it('is the first target of a pin that may serve, not the first that has the name', () => {
    const models = [
      model('there/b', { capabilities: {}, price: free }),
      model('here/b', { local: true, price: free }),
      model('far/c', { price: free }),
    ]
    const blind = { ...models[0], capabilities: { vision: false } } as (typeof models)[number]
    const strict = profile({
      policies: [policy({ fallback: { never: 'remote' } })],
      pins: [{ match: '*/b', fallback: ['sage/auto'] }],
    })
    const decision = decide(strict, facts({ model: 'b', vision: true }), world([blind, ...models.slice(1)]))
    assert.deepEqual(chainOf(decision), ['here/b'])
    assert.equal(reasonsOf(decision)['far/c'], 'fallback_remote')
  })

  it('is what comes in the place of a pin that cannot serve', () => {
    const blind = model('far/c', { price: free, capabilities: { vision: false } })
    const models = [blind, model('here/a', { local: true, price: free }), model('there/b', { price: free })]
    const strict = profile({
      policies: [policy({ fallback: { never: 'remote' } })],
      pins: [{ match: 'far/*', fallback: ['sage/auto'] }],
    })
    assert.deepEqual(chainOf(decide(strict, facts({ model: 'far/c', vision: true }), world(models))), ['here/a'])
  })

  it('is none that another limit over the request forbids', () => {
    // far/c is the first choice of `own` alone, but too dear to stand in for that of `auto`: here/a comes first.
    const strict = profile({
      policies: [
        policy({ rules: [rule({ prefer: ['here/*'] })], fallback: { never_exceed: { input: 1 } } }),
        policy({
          name: 'own',
          rules: [rule({ prefer: ['far/*', 'here/*', 'there/*'] })],
          fallback: { never: 'remote' },
        }),
      ],
    })
    const decision = decide(strict, facts({ model: 'auto', overrides: { policy: 'own' } }), world(MODELS))
    assert.deepEqual(chainOf(decision), ['here/a'])
  })
})
