import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Catalog, Model } from '../../../src/catalog/types.ts'
import { checkExpectation } from '../../../src/explain/cases/check-expectation.ts'
import type { Expectation } from '../../../src/explain/cases/expectation.ts'
import type { Decision } from '../../../src/policy/types.ts'
import { decided, refused } from '../example.ts'

const model = (provider: string, id: string, more: Partial<Model>): [string, Model] => [
  `${provider}/${id}`,
  { provider, id, capabilities: {}, local: false, sources: [], ...more },
]
const byTarget = new Map([
  model('anthropic', 'claude-sonnet-4-5', { price: { input: 3, output: 15 } }),
  model('local', 'qwen3-coder:30b', { local: true, price: { input: 0, output: 0 } }),
])
const catalog: Catalog = { models: [...byTarget.values()], byTarget }

function check(expect: Expectation, decision: Decision = decided.decision): string[] {
  return checkExpectation(expect, { decision, catalog })
}

const HOLD: Expectation[] = [
  {},
  { intent: ['code'], policy: ['auto'], rule: ['x', 'code'] },
  { model: ['anthropic/*'], provider: ['anthropic'] },
  { model: ['claude-*'], chain: ['anthropic/*', 'local/*'] },
  { not: ['openai/*', 'tiny*'] },
  { max_price: { input: 3 }, error: ['none'] },
  { dropped: [{ target: 'local/tiny:1b', reason: 'no_tools' }, { target: 'openai/*' }] },
]

const FAIL: [Expectation, string][] = [
  [{ intent: ['chat', 'simple'] }, 'expected intent chat or simple, it was code'],
  [{ rule: ['default'] }, 'expected rule default, it was code'],
  [{ model: ['local/*'] }, 'expected model local/*, it was anthropic/claude-sonnet-4-5'],
  [{ provider: ['local'] }, 'expected provider local, it was anthropic/claude-sonnet-4-5'],
  [{ chain: ['*/*', '*/*', 'x/*'] }, 'expected x/* in place 3 of the chain, it ends before'],
  [{ not: ['qwen3*'] }, 'expected not qwen3*, local/qwen3-coder:30b is in place 2 of the chain'],
  [{ local: true }, 'expected only local targets, anthropic/claude-sonnet-4-5 is not local'],
  [
    { max_price: { output: 5 } },
    'expected at most 5 USD per million output tokens, anthropic/claude-sonnet-4-5 costs 15',
  ],
  [{ dropped: [{ target: 'anthropic/*' }] }, 'expected anthropic/claude-sonnet-4-5 to be dropped, it was kept'],
  [
    { dropped: [{ target: 'tiny:1b', reason: 'denied' }] },
    'expected local/tiny:1b to be dropped for denied, it was for no_tools',
  ],
  [{ dropped: [{ target: 'nobody/*' }] }, 'expected nobody/* to be dropped, there is no such target'],
  [{ error: ['no_candidate'] }, 'expected error no_candidate, it was none'],
]

describe('expectations', () => {
  for (const expect of HOLD) it(`hold: ${JSON.stringify(expect)}`, () => assert.deepEqual(check(expect), []))
  for (const [expect, failure] of FAIL) {
    it(`fail: ${JSON.stringify(expect)}`, () => assert.deepEqual(check(expect), [failure]))
  }

  it('of a refusal hold when nothing is reached, and fail when a target is wanted', () => {
    assert.deepEqual(check({ local: true, not: ['*/*'], error: ['unknown_model'] }, refused.decision), [])
    assert.deepEqual(check({ model: ['*/*'] }, refused.decision), ['expected model */*, there is no target'])
  })

  it('of an unknown price fail', () => {
    const decision = { ...decided.decision, chain: [{ provider: 'a', model: 'b' }] }
    assert.equal(check({ max_price: { input: 100, output: 100 } }, decision).length, 2)
    assert.equal(check({ local: true }, decision).length, 1)
  })
})
