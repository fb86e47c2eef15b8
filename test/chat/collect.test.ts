import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { StreamEvent } from '../../src/chat/events.ts'
import { collect, toEvents, type ChatResponse } from '../../src/chat/response.ts'

type Part = ChatResponse['content'][number]

const PLAIN = { noNullPrototype: true } as const
const text = fc.string({ minLength: 1, maxLength: 8 })
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }, PLAIN),
  fc.record({ type: fc.constant('thinking' as const), text, signature: text }, PLAIN),
  fc.record({ type: fc.constant('thinking' as const), text: fc.oneof(text, fc.constant('')), encrypted: text }, PLAIN),
  fc.record(
    { type: fc.constant('tool_call' as const), id: text, name: text, arguments: text, signature: text },
    { requiredKeys: ['type', 'id', 'name', 'arguments'], noNullPrototype: true },
  ),
)
const response: fc.Arbitrary<ChatResponse> = fc.record(
  {
    id: text,
    model: text,
    content: fc
      .array(part, { maxLength: 6 })
      .map((parts) => parts.filter((each, at) => !followsText(each, parts[at - 1]))),
    finish: fc.constantFrom('stop', 'length', 'tool_calls', 'stop_sequence', 'refusal'),
    stopSequence: text,
    usage: fc.record({ input: fc.nat(), output: fc.nat() }, { requiredKeys: [], noNullPrototype: true }),
  },
  { requiredKeys: ['content', 'finish', 'usage'], noNullPrototype: true },
)

/** Two texts in a row are one: a stream does not tell where one ends. */
function followsText(each: Part, before: Part | undefined): boolean {
  return each.type === 'text' && before?.type === 'text'
}

describe('collect', () => {
  it('reverses toEvents', () => {
    fc.assert(fc.property(response, (answer) => assert.deepEqual(collect(toEvents(answer)), answer)))
  })

  const calls: StreamEvent[] = [
    { type: 'tool_call_start', index: 0, id: 'a', name: 'f', signature: 's' },
    { type: 'tool_call_start', index: 1, id: 'b', name: 'g' },
    { type: 'tool_call_delta', index: 0, arguments: '{"x":' },
    { type: 'tool_call_delta', index: 1, arguments: '{}' },
    { type: 'tool_call_delta', index: 0, arguments: '1}' },
  ]

  it('gives each call its own pieces', () => {
    assert.deepEqual(collect(calls).content, [
      { type: 'tool_call', id: 'a', name: 'f', arguments: '{"x":1}', signature: 's' },
      { type: 'tool_call', id: 'b', name: 'g', arguments: '{}' },
    ])
  })

  it('takes calls for the reason to stop when nothing else is said', () => {
    assert.equal(collect(calls).finish, 'tool_calls')
    assert.equal(collect([...calls, { type: 'finish', reason: 'length' }]).finish, 'length')
    assert.equal(collect([{ type: 'text', text: 'x' }]).finish, 'stop')
  })
})
