import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import { can, facts, model, policy, profile, world } from './helpers.ts'

describe('no_candidate', () => {
  const blind = can('tools')
  const models = [
    model('a/1', { capabilities: blind, local: true }),
    model('a/2', { capabilities: blind, local: true }),
    model('b/1'),
    model('c/1', { context: 10, local: true }),
  ]
  const local = profile({ policies: [policy({ require: { local: true } })] })

  it('counts the reasons, the most frequent first', () => {
    const { error } = decide(local, facts({ vision: true }), world(models))
    assert.equal(
      error?.message,
      'no candidate for this request under sage/auto: 2 × no_vision (cannot see images, or unknown), ' +
        '1 × not_local (prompts would leave the machine), 1 × context_too_small (context too small)',
    )
  })

  it('lists those first that came closest', () => {
    const { error } = decide(local, facts({ vision: true }), world(models))
    assert.deepEqual(error?.near, ['c/1', 'a/1', 'a/2', 'b/1'])
  })

  it('says that the catalogue is empty', () => {
    assert.match(decide(local, facts(), world([])).error?.message ?? '', /the catalogue has no models/)
  })
})
