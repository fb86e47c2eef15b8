import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ProviderHealth, TargetHealth } from '../../src/health/types.ts'
import { decide } from '../../src/policy/decide.ts'
import { can, chainOf, facts, model, profile, reasonsOf, world } from './helpers.ts'

const NOW = 10_000
const OPEN: TargetHealth = { state: 'open', failures: 3, retryAt: NOW + 5000 }
const limited: ProviderHealth = { restingUntil: NOW + 1500, reason: 'rate_limit' }
const quota: ProviderHealth = { restingUntil: NOW + 60_000, reason: 'quota' }
const auth: ProviderHealth = { restingUntil: Infinity, reason: 'auth' }
const noKey: ProviderHealth = { restingUntil: Infinity, reason: 'no_key' }

const cases: {
  name: string
  targets?: Record<string, TargetHealth>
  providers?: Record<string, ProviderHealth>
  chain: string[]
  dropped: Record<string, string>
  panic?: boolean
}[] = [
  { name: 'nothing known is healthy', chain: ['a/x', 'b/y'], dropped: {} },
  { name: 'an open breaker', targets: { 'a/x': OPEN }, chain: ['b/y'], dropped: { 'a/x': 'circuit_open' } },
  {
    name: 'an open breaker that answered a moment ago: asked last',
    targets: { 'a/x': { ...OPEN, answeredAt: NOW - 1000 } },
    chain: ['b/y', 'a/x'],
    dropped: {},
  },
  {
    name: 'an open breaker that answered a while ago',
    targets: { 'a/x': { ...OPEN, answeredAt: NOW - 30_000 } },
    chain: ['b/y'],
    dropped: { 'a/x': 'circuit_open' },
  },
  {
    name: 'all open, one answered a moment ago: panic keeps their order',
    targets: { 'a/x': OPEN, 'b/y': { ...OPEN, answeredAt: NOW - 1000 } },
    chain: ['a/x', 'b/y'],
    dropped: {},
    panic: true,
  },
  {
    name: 'an open breaker whose probe is due',
    targets: { 'a/x': { ...OPEN, retryAt: NOW } },
    chain: ['a/x', 'b/y'],
    dropped: {},
  },
  {
    name: 'an open breaker without a date',
    targets: { 'a/x': { state: 'open', failures: 3 } },
    chain: ['b/y'],
    dropped: { 'a/x': 'circuit_open' },
  },
  {
    name: 'half-open, a probe under way',
    targets: { 'a/x': { state: 'half-open', failures: 3, retryAt: NOW + 1 } },
    chain: ['b/y'],
    dropped: { 'a/x': 'circuit_open' },
  },
  {
    name: 'half-open, the probe lost',
    targets: { 'a/x': { state: 'half-open', failures: 3, retryAt: NOW } },
    chain: ['a/x', 'b/y'],
    dropped: {},
  },
  {
    name: 'half-open, nobody asking',
    targets: { 'a/x': { state: 'half-open', failures: 3 } },
    chain: ['a/x', 'b/y'],
    dropped: {},
  },
  { name: 'a resting provider', providers: { a: limited }, chain: ['b/y'], dropped: { 'a/x': 'resting' } },
  {
    name: 'a provider that has rested',
    providers: { a: { ...limited, restingUntil: NOW } },
    chain: ['a/x', 'b/y'],
    dropped: {},
  },
  { name: 'no key', providers: { a: noKey }, chain: ['b/y'], dropped: { 'a/x': 'resting' } },
  {
    name: 'all open: panic keeps all',
    targets: { 'a/x': OPEN, 'b/y': OPEN },
    chain: ['a/x', 'b/y'],
    dropped: {},
    panic: true,
  },
  {
    name: 'panic does not ask a provider that limits the rate before its time',
    targets: { 'a/x': OPEN },
    providers: { b: limited },
    chain: ['a/x'],
    dropped: { 'b/y': 'resting' },
    panic: true,
  },
  {
    name: 'nor when there is nothing else',
    providers: { a: limited, b: limited },
    chain: [],
    dropped: { 'a/x': 'resting', 'b/y': 'resting' },
  },
  {
    name: 'panic leaves out an empty account',
    providers: { a: quota },
    targets: { 'b/y': OPEN },
    chain: ['b/y'],
    dropped: { 'a/x': 'resting' },
    panic: true,
  },
  {
    name: 'panic leaves out a refused key',
    providers: { a: auth },
    targets: { 'b/y': OPEN },
    chain: ['b/y'],
    dropped: { 'a/x': 'resting' },
    panic: true,
  },
  {
    name: 'unless there is nothing else',
    providers: { a: auth, b: quota },
    chain: ['a/x', 'b/y'],
    dropped: {},
    panic: true,
  },
  {
    name: 'panic never keeps a target without a key',
    providers: { a: noKey, b: quota },
    chain: ['b/y'],
    dropped: { 'a/x': 'resting' },
    panic: true,
  },
  {
    name: 'no key anywhere',
    providers: { a: noKey, b: noKey },
    chain: [],
    dropped: { 'a/x': 'resting', 'b/y': 'resting' },
  },
]

describe('health filter', () => {
  for (const { name, targets = {}, providers = {}, chain, dropped, panic = false } of cases) {
    it(name, () => {
      const decision = decide(profile(), facts(), world(['a/x', 'b/y'], { health: { targets, providers }, now: NOW }))
      assert.deepEqual(chainOf(decision), chain)
      assert.deepEqual(reasonsOf(decision), dropped)
      assert.equal(
        decision.notes.some((note) => note.startsWith('panic')),
        panic,
      )
    })
  }

  it('says how long, or that there is no key', () => {
    const health = { targets: { 'c/z': OPEN }, providers: { a: limited, b: noKey } }
    const { candidates } = decide(profile(), facts(), world(['a/x', 'b/y', 'c/z', 'd/w'], { health, now: NOW }))
    const details = Object.fromEntries(candidates.map((one) => [one.provider, one.detail]))
    assert.deepEqual(details, {
      a: 'rate_limit, 2 s to go',
      b: 'no key',
      c: '3 failures in a row, 5 s to go',
      d: undefined,
    })
  })

  it('does not let panic relax a hard constraint', () => {
    const blind = model('b/blind', { capabilities: can('tools') })
    const health = { targets: { 'a/x': OPEN }, providers: {} }
    const decision = decide(profile(), facts({ vision: true }), world(['a/x', blind], { health, now: NOW }))
    assert.deepEqual(chainOf(decision), ['a/x'])
    assert.match(decision.candidates[0]?.detail ?? '', /kept although circuit_open/)
  })

  it('is not fooled by providers with the names of object members', () => {
    assert.deepEqual(chainOf(decide(profile(), facts(), world(['constructor/x', 'toString/y']))), [
      'constructor/x',
      'toString/y',
    ])
  })
})
