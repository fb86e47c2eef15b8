import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import type { Affinity, Facts, Intent } from '../../src/policy/types.ts'
import { can, chainOf, facts, model, policy, profile, rule, world } from './helpers.ts'

const RULES = [
  rule({ name: 'json', when: { json: true }, prefer: ['a/*'] }),
  rule({ name: 'poems', when: { intent: ['creative'] }, prefer: ['a/1', '*'] }),
  rule({ name: 'proofs', when: { intent: ['reasoning'] }, prefer: ['b/*'] }),
]
/** One place in a list is worth 10 points, the whole cache 15. */
const WEIGHTS = { order: 10, cache: 15 }
const policies = [policy({ rules: RULES, weights: WEIGHTS }), policy({ name: 'other' })]
const PROFILE = profile({ policies, providers: ['a', 'b'] })
const held: Affinity = { target: 'b/2', policy: 'auto', rule: 'default' }

const is = (label: string, confidence: number, more: Partial<Intent> = {}): Intent => ({
  label,
  confidence,
  evidence: [],
  ...more,
})

interface Case {
  name: string
  facts: Partial<Facts>
  affinity?: Affinity
  head: string
  note: RegExp
}

const cases: Case[] = [
  { name: 'a tool loop stays', facts: { inToolLoop: true }, head: 'b/2', note: /^sticky: b\/2/ },
  {
    name: 'a tool loop stays under another rule, however certain',
    facts: { inToolLoop: true, json: 'object', intent: is('creative', 1) },
    head: 'b/2',
    note: /^sticky: b\/2 goes on with its tool loop/,
  },
  { name: 'a new turn under the same rule stays', facts: {}, head: 'b/2', note: /^sticky/ },
  {
    name: 'a new turn under a rule on facts moves',
    facts: { json: 'object' },
    head: 'a/1',
    note: /^affinity left: b\/2, rule default chose it, not json, which gains \d/,
  },
  {
    name: 'a new turn that clearly wants another moves',
    facts: { intent: is('creative', 0.9), inputTokens: 1000 },
    head: 'a/1',
    note: /^affinity left: .*not poems, which gains 8\.64 points/,
  },
  {
    name: 'a new turn that may want another stays',
    facts: { intent: is('creative', 0.5), inputTokens: 1000 },
    head: 'b/2',
    note: /^sticky: .*rule poems is not certain \(confidence 0\.50 of 0\.6\)/,
  },
  {
    name: 'a long conversation stays: the cache is worth more than one place',
    facts: { intent: is('creative', 0.9), inputTokens: 30_000 },
    head: 'b/2',
    note: /^sticky: .*no other scores higher, its cache counted in/,
  },
  {
    name: 'a rule that prefers the same stays',
    facts: { intent: is('reasoning', 0.9) },
    head: 'b/2',
    note: /^sticky: .*under rule proofs no other scores higher/,
  },
  {
    name: 'no rule matches for want of evidence: stays',
    facts: { intent: is('general', 0) },
    affinity: { ...held, rule: 'poems' },
    head: 'b/2',
    note: /^sticky: .*rule default is not certain/,
  },
  {
    name: 'an errand does not use the session',
    facts: { intent: is('simple', 1, { errand: 'title' }) },
    head: 'a/1',
    note: /^affinity not used: b\/2 .*errand \(title\)/,
  },
  {
    name: 'another policy moves',
    facts: { inToolLoop: true, model: 'other' },
    head: 'a/1',
    note: /^affinity left: .*policy auto/,
  },
  {
    name: 'a dropped target is not revived',
    facts: { inToolLoop: true, vision: true },
    head: 'a/1',
    note: /^affinity left: .*not a candidate/,
  },
  {
    name: 'a target that is gone',
    facts: { inToolLoop: true },
    affinity: { ...held, target: 'z/9' },
    head: 'a/1',
    note: /^affinity left/,
  },
]

describe('affinity', () => {
  const models = [model('a/1'), model('b/1'), model('b/2', { capabilities: can('tools', 'json') })]
  for (const { name, facts: given, affinity = held, head, note } of cases) {
    it(name, () => {
      const decision = decide(PROFILE, facts(given), world(models, { affinity }))
      assert.equal(chainOf(decision)[0], head, decision.notes.join('\n'))
      assert.equal(decision.sticky, note.source.startsWith('^sticky'))
      assert.match(decision.notes.join('\n'), note)
    })
  }

  it('prints what the cache is worth', () => {
    const decision = decide(
      PROFILE,
      facts({ inToolLoop: true, inputTokens: 10_000 }),
      world(models, { affinity: held }),
    )
    const terms = decision.candidates[0]?.terms.filter(({ term }) => term === 'cache')
    assert.deepEqual(terms, [{ term: 'cache', value: 0.5, weight: 15, points: 7.5 }])
  })

  it('still tries another provider before a second model of the same', () => {
    const decision = decide(PROFILE, facts({ inToolLoop: true }), world(models, { affinity: held }))
    assert.deepEqual(chainOf(decision), ['b/2', 'a/1', 'b/1'])
  })

  it('does not touch a pin', () => {
    const affinity = { target: 'b/2', policy: '', rule: 'pin' }
    const decision = decide(PROFILE, facts({ model: 'a/1', inToolLoop: true }), world(models, { affinity }))
    assert.deepEqual([chainOf(decision), decision.sticky], [['a/1'], false])
  })
})
