import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import type { Affinity, Facts } from '../../src/policy/types.ts'
import { chainOf, facts, model, policy, profile, rule, world } from './helpers.ts'

const rules = [rule({ name: 'json', when: { json: true }, prefer: ['a/*'] })]
const PROFILE = profile({ policies: [policy({ rules }), policy({ name: 'other' })], providers: ['a', 'b'] })
const held: Affinity = { target: 'b/2', policy: 'auto', rule: 'default' }

const cases: { name: string; facts: Partial<Facts>; affinity?: Affinity; head: string; note: RegExp }[] = [
  { name: 'a tool loop stays', facts: { inToolLoop: true }, head: 'b/2', note: /^sticky: b\/2/ },
  {
    name: 'a tool loop stays under another rule',
    facts: { inToolLoop: true, json: 'object' },
    head: 'b/2',
    note: /^sticky/,
  },
  { name: 'a new turn under the same rule stays', facts: {}, head: 'b/2', note: /^sticky/ },
  {
    name: 'a new turn under another rule moves',
    facts: { json: 'object' },
    head: 'a/1',
    note: /^affinity left: b\/2, rule default chose it, not json/,
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
  const models = [
    model('a/1'),
    model('b/1'),
    model('b/2', { capabilities: { tools: true, json: true, vision: false } }),
  ]
  for (const { name, facts: given, affinity = held, head, note } of cases) {
    it(name, () => {
      const decision = decide(PROFILE, facts(given), world(models, { affinity }))
      assert.equal(chainOf(decision)[0], head)
      assert.equal(decision.sticky, note.source.startsWith('^sticky'))
      assert.match(decision.notes.join('\n'), note)
    })
  }

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
