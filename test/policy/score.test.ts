import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Model } from '../../src/catalog/types.ts'
import type { TargetHealth } from '../../src/health/types.ts'
import { scoreOf } from '../../src/policy/score/index.ts'
import type { Facts } from '../../src/policy/types.ts'
import type { Rule, Weights } from '../../src/profile/types.ts'
import { can, facts, model, NO_WEIGHTS, rule } from './helpers.ts'

interface Case {
  term: keyof Weights
  value: number
  model?: Partial<Omit<Model, 'provider' | 'id'>>
  rule?: Partial<Rule>
  health?: TargetHealth
  facts?: Partial<Facts>
  fastestMs?: number
  isSlow?: boolean
  held?: string
}

const NOW = 1_000_000
const closed: TargetHealth = { state: 'closed', failures: 0 }

const cases: Case[] = [
  { term: 'order', value: 0 },
  { term: 'order', value: 3, rule: { prefer: ['a/x', 'b/*', '*'] } },
  { term: 'order', value: 2, rule: { prefer: ['b/*', 'a/*', '*'] } },
  { term: 'order', value: 1, rule: { prefer: ['b/*', 'c/*', '*'] } },
  { term: 'order', value: 0, rule: { prefer: ['b/*'] } },
  { term: 'avoid', value: 0 },
  { term: 'avoid', value: -1, rule: { avoid: ['b/*', 'a/*'] } },
  { term: 'health', value: 1 },
  { term: 'health', value: 1, health: closed },
  { term: 'health', value: 1 - 1 / 3, health: { ...closed, failures: 1 } },
  { term: 'health', value: 0, health: { ...closed, failures: 3 } },
  { term: 'health', value: 0, health: { ...closed, failures: 99 } },
  { term: 'health', value: 0, health: { ...closed, failures: 3, failedAt: NOW } },
  { term: 'health', value: 0.5, health: { ...closed, failures: 3, failedAt: NOW - 30_000 } },
  { term: 'health', value: 1, health: { ...closed, failures: 3, failedAt: NOW - 60_000 } },
  { term: 'health', value: 1, health: { state: 'open', failures: 3, retryAt: 0, failedAt: NOW } },
  { term: 'latency', value: 0.5 },
  { term: 'latency', value: 0.8, fastestMs: 250 },
  { term: 'latency', value: 0.5, fastestMs: 250, health: { ...closed, latencyMs: 1000 } },
  { term: 'latency', value: 0, isSlow: true, health: { ...closed, latencyMs: 10 } },
  { term: 'latency', value: 1, health: { ...closed, latencyMs: 0 } },
  { term: 'latency', value: 0.5, health: { ...closed, latencyMs: 1000 } },
  { term: 'latency', value: 0.1, health: { ...closed, latencyMs: 9000 } },
  { term: 'price', value: 0 },
  { term: 'price', value: 1, model: { price: { input: 0, output: 0 } } },
  { term: 'price', value: 0.5, model: { price: { input: 0, output: 4 } } },
  { term: 'price', value: 0.2, model: { price: { input: 3, output: 7 } } },
  { term: 'locality', value: 1, model: { local: true } },
  { term: 'locality', value: 0 },
  { term: 'context', value: 1, facts: { inputTokens: 1000 } },
  { term: 'context', value: 1, facts: { inputTokens: 50_000 - 256 } },
  { term: 'context', value: 0.25, facts: { inputTokens: 80_000 - 256 } },
  { term: 'context', value: 0, facts: { inputTokens: 100_000 } },
  { term: 'capability', value: 1 },
  { term: 'capability', value: 0, facts: { thinking: 'on' } },
  { term: 'capability', value: 0.5, facts: { thinking: 'on', tools: 1 } },
  { term: 'capability', value: 0.5, facts: { thinking: 'on' }, model: { capabilities: {} } },
  {
    term: 'capability',
    value: 1,
    facts: { thinking: 'on', tools: 1 },
    model: { capabilities: can('tools', 'thinking') },
  },
  { term: 'cache', value: 0 },
  { term: 'cache', value: 0, held: 'b/y', facts: { inputTokens: 10_000 } },
  { term: 'cache', value: 0.5, held: 'a/x', facts: { inputTokens: 10_000 } },
  { term: 'cache', value: 0.75, held: 'a/x', facts: { inputTokens: 30_000 } },
  { term: 'cache', value: 0.5, held: 'a/x', facts: { inputTokens: 10_000 }, model: { price: { input: 0, output: 0 } } },
  {
    term: 'cache',
    value: 0.25,
    held: 'a/x',
    facts: { inputTokens: 10_000 },
    model: { price: { input: 2, output: 8, cache_read: 1 } },
  },
]

describe('score', () => {
  for (const one of cases) {
    it(`${one.term} is worth ${one.value.toFixed(2)} for ${JSON.stringify({ ...one, term: undefined, value: undefined })}`, () => {
      const input = {
        model: model('a/x', one.model),
        target: 'a/x',
        rule: one.rule && rule(one.rule),
        facts: facts(one.facts),
        health: one.health,
        fastestMs: one.fastestMs,
        isSlow: one.isSlow ?? false,
        held: one.held,
        now: NOW,
      }
      const { score, terms } = scoreOf(input, { ...NO_WEIGHTS, [one.term]: 10 })
      assert.deepEqual(terms, [{ term: one.term, value: one.value, weight: 10, points: one.value * 10 }])
      assert.equal(score, one.value * 10)
    })
  }

  it('adds up the terms that have a weight, and lists no other', () => {
    const input = {
      model: model('a/x', { local: true }),
      target: 'a/x',
      rule: undefined,
      facts: facts(),
      health: undefined,
      fastestMs: undefined,
      held: undefined,
      now: NOW,
    }
    const { score, terms } = scoreOf(input, { ...NO_WEIGHTS, locality: 2, latency: 3 })
    assert.deepEqual(
      terms.map(({ term }) => term),
      ['latency', 'locality'],
    )
    assert.equal(score, 3.5)
  })
})
