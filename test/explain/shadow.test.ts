import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { measureCoverage } from '../../src/explain/coverage.ts'
import { parseClaim } from '../../src/explain/claims.ts'
import { findDeadRules } from '../../src/explain/shadow.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import type { Policy, Profile } from '../../src/profile/types.ts'
import { decided } from './example.ts'

function profileWith(rules: readonly string[]): Profile {
  const list = rules.map((when, index) => `      - { name: r${index}, when: ${when}, prefer: [a/*] }\n`).join('')
  const text = `version: 1\nproviders:\n  a: { kind: openai, key: env:K, models: [m] }\npolicies:\n  auto:\n    rules:\n${list}`
  const { profile, diagnostics } = parseProfile(text, 'sage.yaml')
  assert.ok(profile, JSON.stringify(diagnostics))
  return profile
}

function policyWith(rules: readonly string[]): Policy {
  const [policy] = profileWith(rules).policies
  assert.ok(policy)
  return policy
}

const DEAD: [why: string, rules: string[], dead: Record<string, string[]>][] = [
  ['behind one without a condition', ['{}', '{ intent: code }'], { r1: ['r0'] }],
  ['narrower than one above', ['{ intent: [code, tools] }', '{ intent: code, tools: true }'], { r1: ['r0'] }],
  ['taken by two together', ['{ tools: true }', '{ tools: false }', '{ vision: true }'], { r2: ['r0', 'r1'] }],
  ['between bounds', ['{ min_tokens: 100 }', '{ min_tokens: 200, max_tokens: 300 }'], { r1: ['r0'] }],
  ['covered by halves', ['{ max_tokens: 99 }', '{ min_tokens: 100 }', '{ intent: code }'], { r2: ['r0', 'r1'] }],
  ['a client of a glob', ['{ client: "codex*" }', '{ client: codex-cli }'], { r1: ['r0'] }],
  ['a header and more', ['{ header: { x: a } }', '{ header: { x: a }, stream: true }'], { r1: ['r0'] }],
  ['a side call of some kinds', ['{ errand: true }', '{ errand: [title, topic], stream: true }'], { r1: ['r0'] }],
  ['fewer kinds of side calls', ['{ errand: [title, topic] }', '{ errand: title }'], { r1: ['r0'] }],
  ['fewer days', ['{ days: [sat, sun] }', '{ days: [sun], intent: code }'], { r1: ['r0'] }],
  ['one of several times', ['{ time: ["22:00-06:00", "12:00-13:00"] }', '{ time: 12:00-13:00 }'], { r1: ['r0'] }],
  ['without any request', ['{ min_tokens: 9, max_tokens: 8 }'], { r0: [] }],
]

const ALIVE: [why: string, rules: string[]][] = [
  ['another label', ['{ intent: code }', '{ intent: tools }']],
  ['wider', ['{ intent: code, tools: true }', '{ intent: code }']],
  ['a gap between bounds', ['{ max_tokens: 99 }', '{ min_tokens: 101 }', '{}']],
  ['labels nobody names', ['{ intent: code }', '{}']],
  ['a header above', ['{ header: { x: a } }', '{}']],
  ['requests that are no side calls', ['{ errand: true }', '{ errand: false }']],
  ['a side call behind others', ['{ errand: false }', '{ errand: title }']],
  ['any side call behind some', ['{ errand: [title] }', '{ errand: true }']],
  ['more days', ['{ days: [sun] }', '{ days: [sat, sun] }', '{}']],
  ['a wider client', ['{ client: codex }', '{ client: "codex*" }']],
]

describe('dead rules', () => {
  for (const [why, rules, dead] of DEAD) {
    it(`are found: ${why}`, () => {
      const found = Object.fromEntries([...findDeadRules(policyWith(rules))].map(([name, { by }]) => [name, by]))
      assert.deepEqual(found, dead)
    })
  }
  for (const [why, rules] of ALIVE) {
    it(`are no others: ${why}`, () => assert.deepEqual([...findDeadRules(policyWith(rules))], []))
  }
})

describe('coverage', () => {
  it('counts rules that decided, and tells why others did not', () => {
    const profile = profileWith([
      '{ tools: true }',
      '{ intent: code }',
      '{ tools: true, vision: true }',
      '{ json: true }',
    ])
    const decision = { ...decided.decision, rule: 'r0' }
    const { rules, percent, isEnough } = measureCoverage(profile, [{ facts: decided.facts, decision }], 30)
    assert.deepEqual(
      rules.map(({ rule, count, dead, shadow }) => [rule, count, dead?.by, shadow]),
      [
        ['r0', 1, undefined, undefined],
        ['r1', 0, undefined, { by: 'r0', count: 1 }],
        ['r2', 0, ['r0'], undefined],
        ['r3', 0, undefined, undefined],
      ],
    )
    assert.deepEqual([percent, isEnough], [25, false])
  })
})

describe('claims', () => {
  it('are read', () => {
    assert.deepEqual(parseClaim('local-only: local')?.kind, 'local')
    assert.deepEqual(parseClaim(' * : not  groq/* '), {
      text: '*: not groq/*',
      policies: '*',
      kind: 'not',
      glob: 'groq/*',
    })
    assert.equal(parseClaim('cheap: max-price 2.5')?.price, 2.5)
    for (const text of ['', 'x', 'x: maybe', 'x: not', 'x: local y', 'x: max-price y', 'x: max-price']) {
      assert.equal(parseClaim(text), undefined, text)
    }
  })
})
