// The laws of a comparison, over random profiles, requests and worlds.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { diffStates } from '../../../src/explain/diff/diff.ts'
import { DecisionMemo } from '../../../src/explain/diff/memo.ts'
import { findParts } from '../../../src/explain/diff/parts.ts'
import type { Question, State } from '../../../src/explain/state.ts'
import { decideIn, isSameLead, isSameOutcome, recognise } from '../../../src/explain/state.ts'
import type { Decision, World } from '../../../src/policy/types.ts'
import { factsArbitrary, inputsArbitrary } from '../../policy/arbitraries.ts'

type Inputs = typeof inputsArbitrary extends fc.Arbitrary<infer Value> ? Value : never

const pair = fc.tuple(inputsArbitrary, inputsArbitrary)

function stateOf({ profile, world: { catalog, health } }: Inputs): State {
  return { profile, catalog, health: { targets: {}, providers: health.providers } }
}

function questionOf({ facts, world }: Inputs): Question {
  const { catalog: _catalog, health, ...rest }: World = world
  assert.ok(_catalog)
  return { facts, world: rest, health: { targets: health.targets, providers: {} } }
}

describe('a comparison', () => {
  it('knows every difference: with all of them taken back, the old decision is back', () => {
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const [before, after] = [stateOf(left), stateOf(right)]
        const reverted = findParts(before, after).reduce((state, part) => part.revert(state), after)
        const question = questionOf(right)
        assert.ok(isSameOutcome(decideIn(reverted, question), decideIn(before, question)))
      }),
      { numRuns: 150 },
    )
  })

  it('names differences that really bring the old decision back', () => {
    fc.assert(
      fc.property(pair, ([left, right]) => {
        const [before, after] = [stateOf(left), stateOf(right)]
        const question = questionOf(right)
        const { changes } = diffStates(before, after, [{ id: 'one', question }], { base: 'base' })
        const isChanged = !isSameOutcome(decideIn(before, question), decideIn(after, question))
        assert.equal(changes.length, isChanged ? 1 : 0)
        for (const { cause, before: old, after: now } of changes) {
          assert.ok(old !== undefined && cause.parts.length > 0)
          const isBack = isSameLead(old, now) ? isSameOutcome : isSameLead
          const groups = cause.isEachEnough ? cause.parts.map((part) => [part]) : [cause.parts]
          for (const parts of groups) {
            const reverted = parts.reduce((state, part) => part.revert(state), after)
            assert.ok(isBack(decideIn(reverted, question), old), parts.map(({ what }) => what).join())
          }
        }
      }),
      { numRuns: 80 },
    )
  })

  it('finds no difference between a profile and itself', () => {
    fc.assert(
      fc.property(inputsArbitrary, (inputs) => {
        const copy = structuredClone({ ...inputs, world: { ...inputs.world, catalog: undefined } })
        const before = stateOf(inputs)
        const after = { ...before, profile: copy.profile }
        assert.deepEqual(findParts(before, after), [])
      }),
    )
  })

  it('decides two requests as one only when they are decided alike', () => {
    fc.assert(
      fc.property(inputsArbitrary, fc.array(factsArbitrary, { minLength: 2, maxLength: 4 }), (inputs, others) => {
        const state = stateOf(inputs)
        const question = questionOf(inputs)
        const memo = new DecisionMemo<Decision>([state])
        // Requests with other words that are recognised alike.
        const intent = recognise(state, question)
        const { facts } = question
        const alike = others.map(({ turn, previousTurn, firstTurn, system }) => {
          return { ...question, facts: { ...facts, turn, previousTurn, firstTurn, system, intent } }
        })
        for (const one of alike) {
          const told = memo.get(one, intent, () => decideIn(state, one))
          assert.ok(isSameOutcome(told, decideIn(state, one)))
        }
      }),
    )
  })

  it('recognises what the decision recognises', () => {
    fc.assert(
      fc.property(inputsArbitrary, (inputs) => {
        const [state, question] = [stateOf(inputs), questionOf(inputs)]
        assert.deepEqual(recognise(state, question), decideIn(state, question).intent)
      }),
    )
  })
})
