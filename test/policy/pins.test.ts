import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import { recheck } from '../../src/policy/recheck.ts'
import type { Decision, Facts } from '../../src/policy/types.ts'
import type { Policy } from '../../src/profile/types.ts'
import { can, chainOf, facts, model, policy, profile, reasonsOf, rule, world } from './helpers.ts'

const PROFILE = profile({
  providers: ['a', 'b', 'c', 'open'],
  policies: [
    policy({ max_attempts: 5 }),
    policy({ name: 'local', require: { local: true }, rules: [rule({ prefer: ['c/2'] })] }),
  ],
  pins: [
    { match: 'a/careful', fallback: ['b/1', 'a/1'] },
    { match: 'a/private', fallback: ['sage/local'] },
    { match: 'a/broken', fallback: ['nowhere/x', 'b/1'] },
    { match: 'a/careful', fallback: ['c/1'] },
  ],
})
const MODELS = [
  model('a/1'),
  model('a/careful'),
  model('a/private'),
  model('a/broken'),
  model('a/blind', { capabilities: can('tools') }),
  model('a/unsure', { capabilities: {} }),
  model('b/1'),
  model('c/1', { local: true }),
  model('c/2', { local: true }),
]

function pin(name: string, given: Partial<Facts> = {}, open: string[] = []): Decision {
  const down = { state: 'open' as const, failures: 3, retryAt: 1000 }
  const targets = Object.fromEntries(open.map((target) => [target, down]))
  return decide(PROFILE, facts({ model: name, ...given }), world(MODELS, { health: { targets, providers: {} } }))
}

describe('pins', () => {
  it('go to the pinned target and nowhere else', () => {
    const decision = pin('a/1')
    assert.deepEqual([chainOf(decision), decision.policy, decision.rule, decision.pin], [['a/1'], '', 'pin', 'a/1'])
    assert.ok(Object.values(reasonsOf(decision)).every((reason) => reason === 'not_pinned'))
    assert.equal(decision.maxAttempts, 5)
    assert.deepEqual(decision.pinned, [{ provider: 'a', model: '1' }])
  })

  it('fall back to what the first matching pin of the profile names, in its order', () => {
    const decision = pin('a/careful')
    assert.deepEqual(chainOf(decision), ['a/careful', 'b/1', 'a/1'])
    assert.deepEqual(decision.pinned, [{ provider: 'a', model: 'careful' }])
    assert.match(decision.notes.join(), /pin a\/careful may fall back to b\/1, a\/1/)
  })

  it('fall back to a policy under the constraints and the order of that policy', () => {
    const decision = pin('a/private')
    assert.deepEqual(chainOf(decision), ['a/private', 'c/2', 'c/1'])
    assert.deepEqual(
      decision.candidates.slice(0, 3).map(({ via }) => via),
      [undefined, 'sage/local', 'sage/local'],
    )
    assert.equal(reasonsOf(decision)['b/1'], 'not_local')
  })

  it('keep the reason of the pinned target when the fallback has another', () => {
    const pins = [{ match: 'a/*', fallback: ['sage/local'] }]
    const request = facts({ model: 'a/blind', vision: true })
    assert.equal(reasonsOf(decide({ ...PROFILE, pins }, request, world(MODELS)))['a/blind'], 'no_vision')
  })

  it('cost what the general policy allows, or three calls without any', () => {
    const only = (policies: Policy[]): number => {
      return decide(profile({ policies }), facts({ model: 'a/1' }), world(MODELS)).maxAttempts
    }
    assert.equal(only([policy({ name: 'x', max_attempts: 7 }), policy({ max_attempts: 5 })]), 5)
    assert.equal(only([policy({ name: 'x', max_attempts: 7 })]), 7)
    assert.equal(only([]), 3)
  })

  it('report a fallback that means nothing', () => {
    const decision = pin('a/broken')
    assert.deepEqual(chainOf(decision), ['a/broken', 'b/1'])
    assert.match(decision.notes.join(), /fallback nowhere\/x .* neither a target nor a policy/)
  })

  it('leave a broken target for its fallback, but try it when it has none', () => {
    assert.deepEqual(chainOf(pin('a/careful', {}, ['a/careful'])), ['b/1', 'a/1'])
    assert.deepEqual(chainOf(pin('a/1', {}, ['a/1'])), ['a/1'])
  })

  it('are refused when the target is unable, with targets that are able', () => {
    const { error } = pin('a/blind', { vision: true })
    assert.equal(error?.code, 'no_candidate')
    assert.equal(
      error?.message,
      'a/blind is unable to serve this request: no_vision (the request has an image; the model has no vision)',
    )
    assert.equal(error?.near.length, 5)
    assert.ok(!error?.near.includes('a/blind') && !error?.near.includes('a/unsure'))
  })

  it('are tried when nobody knows what the target can do', () => {
    const decision = pin('a/unsure', { vision: true, tools: 1 })
    assert.deepEqual(chainOf(decision), ['a/unsure'])
    assert.equal(decision.candidates[0]?.detail, 'tools unknown; vision unknown')
  })

  it('are refused when the request cannot fit', () => {
    assert.match(pin('a/1', { inputTokens: 200_000 }).error?.message ?? '', /context_too_small/)
  })

  it('take any model of a provider of which nothing is known', () => {
    const decision = pin('open/new-model', { vision: true })
    assert.deepEqual(chainOf(decision), ['open/new-model'])
    assert.equal(decision.candidates.length, MODELS.length + 1)
    assert.equal(decision.candidates[0]?.detail, 'vision unknown; context unknown')
  })

  it('are rechecked under the constraints each target stands under', () => {
    const inputs = {
      profile: PROFILE,
      facts: facts({ model: 'a/private' }),
      world: world(MODELS),
      decision: pin('a/private'),
    }
    const remote = MODELS.map((one) => ({ ...one, local: false }))
    const later = { ...inputs, world: world(remote) }
    assert.equal(recheck(later, { provider: 'a', model: 'private' }), undefined)
    assert.equal(recheck(later, { provider: 'c', model: '2' })?.reason, 'not_local')
    assert.equal(recheck(inputs, { provider: 'c', model: '2' }), undefined)
    assert.equal(recheck({ ...inputs, world: world(['c/1']) }, { provider: 'c', model: '2' })?.reason, 'not_chosen')
  })
})
