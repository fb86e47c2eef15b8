import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import { chainOf, facts, model, policy, profile, rule, world } from './helpers.ts'

function chain(models: string[], prefer: string[], ties: 'order' | 'spread' = 'order', seed = 0): string[] {
  const preferring = policy({ ties, rules: [rule({ prefer })] })
  return chainOf(decide(profile({ policies: [preferring] }), facts(), world(models, { seed })))
}

describe('order of the chain', () => {
  const cases: [string, string[], string[], string[]][] = [
    ['profile order without a preference', ['b/1', 'a/1', 'c/1'], [], ['b/1', 'a/1', 'c/1']],
    ['the preference first', ['a/1', 'b/1', 'c/1'], ['c/*', 'b/*'], ['c/1', 'b/1', 'a/1']],
    ['other providers before a second model', ['a/1', 'a/2', 'b/1'], ['a/*'], ['a/1', 'b/1', 'a/2']],
    ['also when both are preferred by name', ['b/1', 'a/1', 'a/2'], ['a/2', 'a/1'], ['a/2', 'b/1', 'a/1']],
    ['third models after second ones', ['a/1', 'a/2', 'a/3', 'b/1', 'b/2'], [], ['a/1', 'b/1', 'a/2', 'b/2', 'a/3']],
    ['a pattern may match several', ['a/1', 'b/1', 'b/2'], ['b/*'], ['b/1', 'a/1', 'b/2']],
  ]
  for (const [name, models, prefer, expected] of cases) {
    it(name, () => assert.deepEqual(chain(models, prefer), expected))
  }

  it('an avoided target goes behind', () => {
    const avoiding = policy({ weights: { avoid: 5 }, rules: [rule({ avoid: ['a/*'], prefer: ['a/*'] })] })
    const decision = decide(profile({ policies: [avoiding] }), facts(), world(['a/1', 'b/1']))
    assert.deepEqual(chainOf(decision), ['b/1', 'a/1'])
    assert.deepEqual(
      decision.candidates.map(({ score }) => score),
      [0, -4],
    )
  })

  it('weights decide between wishes', () => {
    const models = [model('far/1', { price: { input: 0, output: 0 } }), model('near/1', { local: true })]
    for (const [weights, first] of [
      [{ locality: 2, price: 1 }, 'near/1'],
      [{ locality: 1, price: 2 }, 'far/1'],
    ] as const) {
      assert.equal(chainOf(decide(profile({ policies: [policy({ weights })] }), facts(), world(models)))[0], first)
    }
  })

  it('equal scores are spread by the seed, and only by it', () => {
    const models = ['a/1', 'b/1', 'c/1', 'd/1']
    const heads = new Map<string, number>()
    for (let seed = 0; seed < 400; seed++) {
      const order = chain(models, [], 'spread', seed)
      assert.deepEqual(order, chain([...models].reverse(), [], 'spread', seed))
      heads.set(order[0] ?? '', (heads.get(order[0] ?? '') ?? 0) + 1)
    }
    assert.deepEqual([...heads.keys()].sort(), models)
    for (const count of heads.values()) assert.ok(count > 60 && count < 140, String(count))
    assert.equal(chain(models, ['d/*'], 'spread', 1)[0], 'd/1')
  })
})
