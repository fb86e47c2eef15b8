// What is recorded of a decision is enough to make it again.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { explainJson } from '../../src/explain/json.ts'
import { firstDifference } from '../../src/explain/first-difference.ts'
import { recordDecision } from '../../src/explain/record-decision.ts'
import { recordFacts, restoreFacts } from '../../src/explain/record-facts.ts'
import { recordWorld } from '../../src/explain/record-world.ts'
import type { DecisionLine } from '../../src/explain/record.ts'
import { readLogLine } from '../../src/explain/read-record.ts'
import { replay, restoreCatalog } from '../../src/explain/replay.ts'
import { decide } from '../../src/policy/decide.ts'
import type { Facts, World } from '../../src/policy/types.ts'
import type { Profile } from '../../src/profile/types.ts'
import { inputsArbitrary } from '../policy/arbitraries.ts'

interface Inputs {
  profile: Profile
  facts: Facts
  world: World
}

function lineOf({ profile, facts, world }: Inputs, prompts = false): DecisionLine {
  const decision = decide(profile, facts, world)
  return {
    type: 'decision',
    id: '0123456789abcdef',
    time: '2026-01-01T00:00:00.000Z',
    profile: 'p',
    catalog: 'c',
    facts: recordFacts(facts, decision.intent, profile, { hash: (text) => `#${text.length}`, prompts }),
    world: recordWorld(world),
    decision: recordDecision(decision),
    outcome: { attempts: [], status: 200, ending: 'complete', ms: 1, dropped: [] },
  }
}

/** As it comes back from a file. */
function read(line: DecisionLine): DecisionLine {
  const back = readLogLine(JSON.parse(JSON.stringify(line)))
  assert.ok(typeof back === 'object' && back.type === 'decision', JSON.stringify(back))
  return back
}

describe('a recorded decision', () => {
  it('is made again, the same in every byte of its JSON view', () => {
    fc.assert(
      fc.property(inputsArbitrary, fc.boolean(), ({ profile, facts, world }, prompts) => {
        const line = lineOf({ profile, facts, world }, prompts)
        const models: unknown = JSON.parse(JSON.stringify(world.catalog.models))
        const again = replay(read(line), profile, restoreCatalog(models as World['catalog']['models']))
        assert.equal(again.difference, undefined)
        const logged = { id: line.id, facts: restoreFacts(line.facts), decision: decide(profile, facts, world) }
        assert.equal(JSON.stringify(explainJson([again])), JSON.stringify(explainJson([logged])))
      }),
      { numRuns: 500 },
    )
  })

  it('holds no word of the conversation unless asked to', () => {
    const words = ['mango', 'walnut', 'cherry', 'papaya', 'quince']
    const [turn = '', previousTurn = '', firstTurn = '', system = '', session = ''] = words
    fc.assert(
      fc.property(inputsArbitrary, (inputs) => {
        const facts = { ...inputs.facts, turn, previousTurn, firstTurn, system, session }
        const headers = { 'x-team': 'red-1', 'x-private': 'fig' }
        const text = JSON.stringify(lineOf({ ...inputs, facts: { ...facts, headers } }))
        for (const word of [...words, 'fig']) assert.ok(!text.includes(word), `${word} in ${text}`)
        const open = JSON.stringify(lineOf({ ...inputs, facts }, true))
        assert.deepEqual(
          words.filter((word) => open.includes(word)),
          [turn],
        )
      }),
      { numRuns: 50 },
    )
  })

  it('tells of a decision that is not the logged one', () => {
    let moved = 0
    fc.assert(
      fc.property(inputsArbitrary, (inputs) => {
        const line = read(lineOf(inputs))
        const [first, ...rest] = line.decision.chain
        fc.pre(first !== undefined)
        const forged = { ...line, decision: { ...line.decision, chain: [...rest, 'somewhere/else'] } }
        const { difference } = replay(forged, inputs.profile, inputs.world.catalog)
        assert.equal(difference?.path, 'chain[0]')
        assert.equal(difference.replayed, first)
        moved++
      }),
      { numRuns: 50 },
    )
    assert.ok(moved > 0)
  })
})

describe('firstDifference', () => {
  const cases: [logged: unknown, replayed: unknown, path: string | undefined][] = [
    [{ a: 1 }, { a: 1 }, undefined],
    [{ a: [1, 2] }, { a: [1, 3] }, 'a[1]'],
    [{ a: [1] }, { a: [1, 2] }, 'a[1]'],
    [{ a: { b: null } }, { a: { b: 0 } }, 'a.b'],
    [{}, { late: 1 }, 'late'],
    [{ gone: 1 }, {}, 'gone'],
    [{ a: {} }, { a: [] }, 'a'],
    [1, 2, ''],
  ]
  for (const [logged, replayed, path] of cases) {
    it(`${JSON.stringify(logged)} and ${JSON.stringify(replayed)}`, () => {
      assert.equal(firstDifference(logged, replayed)?.path, path)
    })
  }
})

describe('readLogLine', () => {
  const good = JSON.parse(
    JSON.stringify(lineOf(fc.sample(inputsArbitrary, { numRuns: 1, seed: 7 })[0] ?? assert.fail())),
  ) as Record<string, unknown>
  const broken: [string, unknown][] = [
    ['a list', []],
    ['nothing', null],
    ['another type', { ...good, type: 'other' }],
    ['another version', { type: 'log', format: 'sage-decision-log', version: 2, sage: '1' }],
    ['another format', { type: 'log', format: 'other', version: 1, sage: '1' }],
    ['facts of the wrong type', { ...good, facts: { ...(good['facts'] as object), tools: '3' } }],
    ['no facts', { ...good, facts: undefined }],
    ['no clock', { ...good, world: { ...(good['world'] as object), now: null } }],
    ['health of the wrong shape', { ...good, world: { ...(good['world'] as object), health: { targets: 1 } } }],
    ['no chain', { ...good, decision: {} }],
    ['a profile without text', { type: 'profile', hash: 'h', file: 'f' }],
    ['a catalogue of nothing', { type: 'catalog', hash: 'h', models: [{}] }],
  ]
  it('takes a good line', () => assert.equal(typeof readLogLine(good), 'object'))
  for (const [name, value] of broken) {
    it(`refuses ${name}`, () => assert.equal(typeof readLogLine(value), 'string'))
  }
})
