import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { StreamEvent, Usage } from '../../src/chat/events.ts'
import type { StreamEncoder } from '../../src/dialects/types.ts'
import { Splice } from '../../src/gateway/splice.ts'
import type { Part } from '../../src/gateway/splice.ts'

function encoder(name: string): StreamEncoder {
  return { push: () => '', end: () => '', fail: ({ message }) => `${name}: ${message}` }
}

const text = (said: string): StreamEvent => ({ type: 'text', text: said })
const usage = (counts: Usage): StreamEvent => ({ type: 'usage', usage: counts })
const FINISH: StreamEvent = { type: 'finish', reason: 'stop' }

function take(part: Part, ...events: StreamEvent[]): StreamEvent[] {
  return events.flatMap((event) => part.take(event))
}

/** An answer that a first target left after these events. */
function left(...events: StreamEvent[]): Splice {
  const splice = new Splice()
  const part = splice.next(() => encoder('first'), false)
  take(part, ...events)
  assert.ok(part.leave())
  return splice
}

describe('Splice', () => {
  const leaves: [what: string, events: StreamEvent[], may: boolean][] = [
    ['text', [{ type: 'start' }, text('a')], true],
    ['nothing', [{ type: 'start' }], false],
    ['white space', [text(' \n')], false],
    ['open reasoning', [{ type: 'thinking', text: 'hm' }], false],
    ['open reasoning, then text', [{ type: 'thinking', text: 'hm' }, text('a')], true],
    ['text, then reasoning', [text('a'), { type: 'thinking', text: 'hm' }], false],
    [
      'signed reasoning',
      [{ type: 'thinking', text: 'hm' }, { type: 'thinking_signature', signature: 's' }, text('a')],
      false,
    ],
    ['sealed reasoning', [{ type: 'thinking_encrypted', data: 'x' }, text('a')], false],
    ['a call', [text('a'), { type: 'tool_call_start', index: 0, id: '1', name: 'look' }], false],
    ['a finish', [text('a'), FINISH], false],
    ['counts', [text('a'), usage({ output: 1 })], true],
  ]
  for (const [what, events, may] of leaves) {
    test(`after ${what} another target ${may ? 'may' : 'may not'} go on`, () => {
      const splice = new Splice()
      const part = splice.next(() => encoder('first'), false)
      assert.deepEqual(take(part, ...events), events)
      assert.deepEqual([part.leave(), splice.isOpen], [may, may])
    })
  }

  test('keeps the encoder of the first target, and what the client has', () => {
    const splice = left(text('One. '))
    assert.deepEqual(splice.begun, { prefill: 'One.', overhang: ' ' })
    const part = splice.next(() => assert.fail('there is one'), false)
    assert.equal(splice.fail('gone'), 'first: gone')
    assert.ok(part.isRest)
    assert.deepEqual(take(part, { type: 'start' }, text(' '), text('Two')), [text('Two')])
    assert.ok(part.leave())
    assert.deepEqual(splice.begun, { prefill: 'One. Two', overhang: '' })
  })

  test('nothing of a target is seen before its first word', () => {
    const splice = left(text('One'))
    const lost = splice.next(() => encoder('no'), false)
    assert.deepEqual(take(lost, { type: 'start' }, usage({ input: 9, output: 9 }), text('')), [])
    const part = splice.next(() => encoder('no'), false)
    assert.deepEqual(take(part, usage({ input: 5 }), text(' two')), [usage({ input: 5 }), text(' two')])
  })

  test('a rest may be empty', () => {
    const part = left(text('One')).next(() => encoder('no'), false)
    assert.deepEqual(take(part, usage({ output: 0 }), FINISH), [usage({ output: 0 }), FINISH])
  })

  test('a rest that begins with reasoning is none', () => {
    for (const event of [
      { type: 'thinking', text: 'hm' },
      { type: 'thinking_encrypted', data: 'x' },
    ] as const) {
      const [first] = left(text('One'))
        .next(() => encoder('no'), false)
        .take(event)
      assert.equal(first?.type === 'error' && first.error.kind, 'bad_answer')
    }
  })

  test('a rest may call a tool, and is no text to go on with then', () => {
    const part = left(text('One')).next(() => encoder('no'), false)
    const call: StreamEvent = { type: 'tool_call_start', index: 0, id: '1', name: 'look' }
    assert.deepEqual(take(part, text(' two'), call), [text(' two'), call])
    assert.equal(part.leave(), false)
  })

  const counts: [what: string, first: Usage[], second: Usage[], total: Usage][] = [
    [
      'of both',
      [{ input: 10, cacheRead: 4, output: 3 }],
      [{ input: 13, output: 2 }],
      { input: 10, cacheRead: 4, output: 5 },
    ],
    ['as they grow', [{ output: 1 }, { output: 3 }], [{ input: 13 }, { output: 2 }], { input: 13, output: 5 }],
    ['of the second alone', [], [{ input: 13, output: 2, reasoning: 1 }], { input: 13, output: 2, reasoning: 1 }],
    ['of the first alone', [{ input: 10, output: 3 }], [], { input: 10, output: 3 }],
  ]
  for (const [what, first, second, total] of counts) {
    test(`counts tokens ${what}`, () => {
      const part = left(text('One'), ...first.map(usage)).next(() => encoder('no'), false)
      const told = take(part, ...second.map(usage), text(' two'))
      assert.deepEqual(part.usage, total)
      const last = told.findLast((event) => event.type === 'usage')
      if (second.length > 0) assert.deepEqual(last?.usage, total)
    })
  }
})
