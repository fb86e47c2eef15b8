import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import type { Decision, Overrides } from '../../src/policy/types.ts'
import { can, chainOf, facts, model, policy, profile, reasonsOf, rule, world } from './helpers.ts'

const WORLD = world([
  model('here/small', { local: true, tags: ['house'] }),
  model('there/cheap', { price: { input: 1, output: 2 }, capabilities: can('tools') }),
  model('there/dear', { price: { input: 5, output: 25 }, tags: ['dear'] }),
])
const PROFILE = profile({
  policies: [
    policy({ deny: ['here/*'] }),
    policy({ name: 'best', max_attempts: 2, rules: [rule({ name: 'top', prefer: ['there/dear', 'here/*'] })] }),
    policy({ name: 'local-only', require: { local: true } }),
  ],
  pins: [{ match: '*', fallback: ['sage/best'] }],
  tiers: { cheap: { output: 3 } },
  providers: ['here', 'there'],
})

function asked(overrides: Overrides, name = 'auto'): Decision {
  return decide(PROFILE, facts({ model: name, overrides }), WORLD)
}

describe('overrides', () => {
  it('lets another policy decide within the constraints of the one asked for', () => {
    const decision = asked({ policy: 'best' })
    assert.deepEqual([decision.policy, decision.rule, decision.maxAttempts], ['best', 'top', 2])
    assert.deepEqual(chainOf(decision), ['there/dear', 'there/cheap'])
    assert.deepEqual(reasonsOf(decision), { 'here/small': 'denied' })
    assert.match(decision.notes.join(), /x-sage-policy: best decides, within the constraints of auto/)
  })

  it('leaves nothing where two policies exclude each other', () => {
    const decision = asked({ policy: 'local-only' })
    assert.equal(decision.error?.code, 'no_candidate')
    assert.deepEqual(reasonsOf(decision), {
      'here/small': 'denied',
      'there/cheap': 'not_local',
      'there/dear': 'not_local',
    })
  })

  it('holds a pin and its fallbacks to the policy', () => {
    assert.equal(asked({ policy: 'local-only' }, 'there/dear').chain[0]?.provider, 'here')
    assert.deepEqual(chainOf(asked({ policy: 'local-only' }, 'here/small')), ['here/small'])
  })

  const narrowed: { overrides: Overrides; chain: string[] }[] = [
    { overrides: {}, chain: ['here/small', 'there/cheap', 'there/dear'] },
    { overrides: { local: true }, chain: ['here/small'] },
    { overrides: { maxPrice: { input: 2, output: 2 } }, chain: ['there/cheap'] },
    { overrides: { maxPrice: 'cheap' }, chain: ['there/cheap'] },
    { overrides: { capabilities: ['vision'] }, chain: ['here/small', 'there/dear'] },
    { overrides: { deny: ['there/*'] }, chain: ['here/small'] },
    { overrides: { deny: ['tag:DEAR'] }, chain: ['here/small', 'there/cheap'] },
  ]
  for (const { overrides, chain } of narrowed) {
    it(`${JSON.stringify(overrides)} leaves ${chain.join(', ')}`, () => {
      assert.deepEqual(chainOf(asked(overrides, 'best')).toSorted(), chain)
    })
  }

  it('refuses names that the profile does not have', () => {
    const policyError = asked({ policy: 'bset' }).error
    assert.deepEqual([policyError?.code, policyError?.near[0]], ['bad_override', 'sage/best'])
    assert.match(policyError?.message ?? '', /^x-sage-policy: there is no policy bset; there is sage\/best/)
    const tierError = asked({ maxPrice: 'constructor' }).error
    assert.deepEqual([tierError?.code, tierError?.near], ['bad_override', ['cheap']])
    assert.match(tierError?.message ?? '', /^x-sage-max-price: /)
  })
})
