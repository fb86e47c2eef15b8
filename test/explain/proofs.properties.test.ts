// What is proved must hold for every decision, over random profiles, requests and worlds.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { targetOf } from '../../src/catalog/types.ts'
import { findFlips } from '../../src/explain/flip.ts'
import { prove } from '../../src/explain/prove.ts'
import { findDeadRules } from '../../src/explain/shadow.ts'
import { decide } from '../../src/policy/decide.ts'
import { inputsArbitrary } from '../policy/arbitraries.ts'

describe('proofs', () => {
  it('reach every target that any request may get under a policy', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const decision = decide(profile, facts, world)
        const { reaches, claims } = prove({ profile, catalog: world.catalog, health: world.health }, [])
        if (decision.policy !== '') {
          const reach = reaches.find(({ policy, rule }) => policy === decision.policy && rule === decision.rule)
          const names = new Set(reach?.targets.map(targetOf))
          for (const { provider, model } of decision.chain) assert.ok(names.has(`${provider}/${model}`), model)
        }
        for (const { claim, offenders } of claims) assert.deepEqual(offenders, [], claim)
      }),
      { numRuns: 150 },
    )
  })

  it('reach every fallback of a pin', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const [model] = world.catalog.models
        fc.pre(model !== undefined && profile.pins.length > 0)
        const pinned = targetOf(model)
        const decision = decide(profile, { ...facts, model: pinned }, world)
        const { reaches } = prove({ profile, catalog: world.catalog, health: world.health }, [])
        const reach = reaches.find(({ policy, rule }) => policy === '' && rule === pinned)
        if (reach === undefined) return
        const names = new Set(reach.targets.map(targetOf))
        for (const { provider, model: id } of decision.chain) {
          if (world.catalog.byTarget.has(`${provider}/${id}`)) assert.ok(names.has(`${provider}/${id}`), id)
        }
      }),
    )
  })

  it('find whatever a request may get, by whatever name it asks', () => {
    fc.assert(
      fc.property(inputsArbitrary, fc.nat(), ({ profile, facts, world }, pick) => {
        const names = [
          ...world.catalog.models.flatMap((model) => [targetOf(model), model.id]),
          ...profile.providers.map(({ name }) => `${name}/nobody-lists-it`),
          ...profile.pins.flatMap(({ match }) => profile.providers.map(({ name }) => `${name}/${match}`)),
        ]
        const model = names[pick % names.length] ?? facts.model
        const decision = decide(profile, { ...facts, model }, world)
        const state = { profile, catalog: world.catalog, health: world.health }
        const policies = decision.policy === '' ? 'pins' : decision.policy
        const [first] = decision.chain
        const others = decision.chain.slice(1).map(({ provider, model: id }) => `${provider}/${id}`)
        // The first may be any name of a provider that lists none; what stands in for it is written in the profile.
        const wanted = [...others, ...(first === undefined ? [] : [`${first.provider}/*`])]
        for (const glob of wanted) {
          const [claim] = prove(state, [{ text: glob, policies, kind: 'not', glob }]).claims.slice(-1)
          assert.notDeepEqual(claim?.offenders, [], glob)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('call no rule dead that decides a request', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const { policy, rule } = decide(profile, facts, world)
        const written = profile.policies.find(({ name }) => name === policy)
        if (written === undefined) return
        assert.ok(!findDeadRules(written).has(rule), rule)
      }),
      { numRuns: 300 },
    )
  })
})

describe('flips', () => {
  it('lead elsewhere, nearest first, the same every time', () => {
    fc.assert(
      fc.property(inputsArbitrary, ({ profile, facts, world }) => {
        const { catalog, health, ...rest } = world
        const state = { profile, catalog, health }
        const question = { facts, world: rest }
        const decision = decide(profile, facts, world)
        const [first] = decision.chain
        const now = first === undefined ? '' : `${first.provider}/${first.model}`
        const flips = findFlips(state, question, decision)
        for (const flip of flips) assert.notEqual(flip.first, now)
        assert.deepEqual(
          flips.map(({ distance }) => distance),
          flips.map(({ distance }) => distance).toSorted((a, b) => a - b),
        )
        assert.deepEqual(findFlips(state, question, decision), flips)
      }),
      { numRuns: 40 },
    )
  })
})
