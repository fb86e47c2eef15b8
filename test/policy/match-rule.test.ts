import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import { conditionHolds } from '../../src/policy/match-rule.ts'
import type { Facts } from '../../src/policy/types.ts'
import type { Condition } from '../../src/profile/types.ts'
import { facts, policy, profile, rule, world } from './helpers.ts'

const CODE = { label: 'code', confidence: 1, evidence: [] }

const cases: [Condition, Partial<Facts>, boolean][] = [
  [{}, {}, true],
  [{ intent: ['code'] }, {}, true],
  [{ intent: ['creative', 'code'] }, {}, true],
  [{ intent: ['creative'] }, {}, false],
  [{ intent: [] }, {}, false],
  [{ tools: true }, { tools: 2 }, true],
  [{ tools: true }, {}, false],
  [{ tools: false }, {}, true],
  [{ vision: true }, { vision: true }, true],
  [{ vision: false }, { vision: true }, false],
  [{ json: true }, { json: 'object' }, true],
  [{ json: true }, { json: 'schema' }, true],
  [{ json: true }, {}, false],
  [{ thinking: true }, { thinking: 'on' }, true],
  [{ thinking: true }, {}, false],
  [{ thinking: false }, { thinking: 'unset' }, true],
  [{ stream: true }, { stream: true }, true],
  [{ stream: true }, {}, false],
  [{ min_tokens: 100 }, { inputTokens: 100 }, true],
  [{ min_tokens: 101 }, { inputTokens: 100 }, false],
  [{ max_tokens: 100 }, { inputTokens: 100 }, true],
  [{ max_tokens: 99 }, { inputTokens: 100 }, false],
  [{ client: ['codex*', 'pi/*'] }, { client: 'pi/0.7' }, true],
  [{ client: ['codex*'] }, { client: '' }, false],
  [{ header: { 'X-Team': 'red*' } }, { headers: { 'x-team': 'red-1' } }, true],
  [{ header: { 'x-team': 'red*' } }, { headers: { 'x-team': 'blue' } }, false],
  [{ header: { 'x-team': '*' } }, {}, false],
  [{ header: { constructor: '*' } }, {}, false],
  [{ tools: true, stream: true }, { tools: 1 }, false],
]

describe('match-rule', () => {
  for (const [when, given, holds] of cases) {
    it(`${JSON.stringify(when)} ${holds ? 'holds' : 'does not hold'} for ${JSON.stringify(given)}`, () => {
      assert.equal(conditionHolds(when, facts(given), CODE), holds)
    })
  }

  const rules = [
    rule({ name: 'tools', when: { tools: true }, source: { file: 'sage.yaml', line: 7, column: 5 } }),
    rule({ name: 'json', when: { json: true } }),
    rule({ name: 'also-json', when: { json: true } }),
  ]
  const withRules = profile({ policies: [policy({ rules, source: { file: 'sage.yaml', line: 2, column: 1 } })] })

  it('takes the first rule that holds and records where it stands', () => {
    const both = decide(withRules, facts({ tools: 1, json: 'object' }), world(['a/x']))
    assert.deepEqual([both.rule, both.ruleSource?.line], ['tools', 7])
    assert.equal(decide(withRules, facts({ json: 'object' }), world(['a/x'])).rule, 'json')
  })

  it('falls to the default, which stands where the policy does', () => {
    const decision = decide(withRules, facts(), world(['a/x']))
    assert.deepEqual([decision.rule, decision.ruleSource?.line], ['default', 2])
  })
})
