import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import { mayBeRescued, recheck } from '../../src/policy/recheck.ts'
import type { DecisionInputs } from '../../src/policy/recheck.ts'
import type { Facts } from '../../src/policy/types.ts'
import { facts, model, policy, profile, world } from './helpers.ts'

const PROFILE = profile({
  providers: ['a', 'b'],
  policies: [policy({ rescue: 'prose' }), policy({ name: 'plain' }), policy({ name: 'both', rescue: 'prose' })],
})
const MODELS = [model('a/1'), model('b/1', { context: 4000 })]

function inputs(given: Partial<Facts>, used = PROFILE): DecisionInputs {
  const asked = facts(given)
  const at = world(MODELS)
  return { profile: used, facts: asked, world: at, decision: decide(used, asked, at) }
}

describe('rescue', () => {
  const rows: [what: string, given: Partial<Facts>, may: boolean][] = [
    ['the policy says so', { model: 'auto' }, true],
    ['another policy does not', { model: 'sage/plain' }, false],
    ['the request names a second policy that says so too', { model: 'auto', overrides: { policy: 'both' } }, true],
    ['the request names a second policy that does not', { model: 'auto', overrides: { policy: 'plain' } }, false],
    ['the request cannot ask for it', { model: 'sage/plain', overrides: { policy: 'both' } }, false],
    ['a pin goes by the policy for pins', { model: 'a/1' }, true],
  ]
  for (const [what, given, may] of rows) it(what, () => assert.equal(mayBeRescued(inputs(given)), may))

  it('no policy asks for it by itself', () => {
    assert.equal(
      mayBeRescued(inputs({ model: 'auto' }, profile({ providers: ['a', 'b'], policies: [policy()] }))),
      false,
    )
  })

  it('what is written already needs room in the window too', () => {
    const asked = inputs({ model: 'auto', inputTokens: 2000 })
    const target = { provider: 'b', model: '1' }
    assert.equal(recheck(asked, target), undefined)
    assert.equal(recheck(asked, target, { written: 1500 }), undefined)
    assert.equal(recheck(asked, target, { written: 1900 })?.reason, 'context_too_small')
    assert.equal(recheck(asked, { provider: 'a', model: '1' }, { written: 1900 }), undefined)
  })

  it('and takes it from what the client lets the answer be', () => {
    const asked = inputs({ model: 'auto', inputTokens: 2000, maxOutputTokens: 900 })
    const target = { provider: 'b', model: '1' }
    assert.equal(recheck(asked, target, { written: 600 }), undefined)
    assert.equal(recheck(asked, target, { written: 2000 })?.reason, 'context_too_small')
  })
})
