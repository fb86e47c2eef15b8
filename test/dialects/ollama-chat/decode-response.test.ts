import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import { MalformedAnswer } from '../../../src/dialects/types.ts'
import { ollamaMessage } from '../../helpers/ollama-replies.ts'

const { decodeResponse } = ollamaProvider

describe('a whole answer', () => {
  it('has reasoning, text and calls in this order', () => {
    const body = ollamaMessage({
      model: 'qwen3:8b',
      thinking: 'hm',
      text: 'Reading.',
      toolCalls: [{ id: 'call_a', name: 'read', arguments: { path: 'a', n: 1 } }],
      usage: { input: 30, output: 9 },
    })
    assert.deepEqual(decodeResponse(body), {
      model: 'qwen3:8b',
      content: [
        { type: 'thinking', text: 'hm' },
        { type: 'text', text: 'Reading.' },
        { type: 'tool_call', id: 'call_a', name: 'read', arguments: '{"path":"a","n":1}' },
      ],
      finish: 'tool_calls',
      usage: { input: 30, output: 9 },
    })
  })

  it('gets ids for its calls from an older server: the same every time, of at most 40 characters', () => {
    const calls = Array.from({ length: 12 }, () => ({ name: 'now', arguments: {} }))
    const body = { ...ollamaMessage({ model: 'm', toolCalls: calls }), created_at: '2026-01-02 03:04:05'.repeat(9) }
    const read = (): string[] =>
      decodeResponse(body).content.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []))
    assert.deepEqual(read(), read())
    assert.equal(new Set(read()).size, 12)
    for (const id of read()) assert.match(id, /^call_[0-9A-Za-z_-]{1,35}$/)
  })

  it('has no ids in common with another answer of an older server', () => {
    const body = (created: string): unknown => ({
      ...ollamaMessage({ model: 'm', toolCalls: [{ name: 'now', arguments: {} }] }),
      created_at: created,
    })
    assert.notDeepEqual(
      decodeResponse(body('2026-01-02T03:04:05.1Z')).content,
      decodeResponse(body('2026-01-02T03:04:05.2Z')).content,
    )
  })

  const calls: [arguments_: unknown, expected: string][] = [
    [{ a: [1] }, '{"a":[1]}'],
    [{}, '{}'],
    [undefined, '{}'],
    [null, '{}'],
    ['', '{}'],
    ['{"a":1}', '{"a":1}'],
    ['{"a":', '{"a":'],
  ]
  for (const [given, expected] of calls) {
    it(`reads arguments ${JSON.stringify(given)} as ${expected}`, () => {
      const message = { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: given } }] }
      const [part] = decodeResponse({ message, done: true }).content
      assert.ok(part?.type === 'tool_call')
      assert.equal(part.arguments, expected)
    })
  }

  const finishes: [reason: string | undefined, calls: number, expected: string][] = [
    ['stop', 0, 'stop'],
    ['stop', 1, 'tool_calls'],
    ['length', 0, 'length'],
    ['length', 1, 'length'],
    ['load', 0, 'stop'],
    ['something new', 0, 'stop'],
    [undefined, 1, 'tool_calls'],
  ]
  for (const [reason, count, expected] of finishes) {
    it(`that says something, ended by ${reason} with ${count} calls, finishes as ${expected}`, () => {
      const toolCalls = Array.from({ length: count }, () => ({ name: 'f', arguments: {} }))
      const body = { ...ollamaMessage({ model: 'm', text: 'x', toolCalls }), done_reason: reason }
      assert.equal(decodeResponse(body).finish, expected)
    })
  }
})

describe('what is no answer', () => {
  const cases: [name: string, body: unknown, message: RegExp][] = [
    ['text', 'hello', /not a JSON object/],
    ['null', null, /not a JSON object/],
    ['an array', [], /not a JSON object/],
    ['an empty object', {}, /no message/],
    ['an answer of another dialect', { choices: [{ message: { content: 'x' } }] }, /no message/],
    ['an error', { error: 'model runner has stopped' }, /model runner has stopped/],
    ['a part of a stream', { message: { role: 'assistant', content: 'x' }, done: false }, /cut short/],
    ['a model that was loaded', ollamaMessage({ model: 'm', doneReason: 'load' }), /empty/],
    ['a model that was unloaded', ollamaMessage({ model: 'm', doneReason: 'unload' }), /empty/],
    ['silence', ollamaMessage({ model: 'm' }), /empty/],
  ]
  for (const [name, body, message] of cases) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => decodeResponse(body),
        (error) => error instanceof MalformedAnswer && message.test(error.message),
      )
    })
  }
})
