import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import type { AnswerMeta } from '../../../src/dialects/types.ts'
import { openaiChatClient } from '../../../src/dialects/openai-chat/index.ts'
import { meta, request } from './body.ts'

function encodeAll(events: readonly StreamEvent[], change: Partial<AnswerMeta> = {}): string[] {
  const encoder = openaiChatClient.createStreamEncoder(meta(change))
  const wire = events.map((event) => encoder.push(event)).join('') + encoder.end()
  assert.ok(wire.endsWith('\n\n'))
  return wire.split('\n\n').slice(0, -1)
}

interface Chunk {
  choices: { delta: unknown; finish_reason: unknown; index: number }[]
  usage?: unknown
}

function chunks(lines: readonly string[]): Chunk[] {
  return lines.slice(0, -1).map((line) => JSON.parse(line.replace(/^data: /, '')) as Chunk)
}

test('every chunk is whole; the role comes first, the finish, usage and terminator last', () => {
  const lines = encodeAll([
    { type: 'start', id: 'up', model: 'up' },
    { type: 'thinking', text: 'hm' },
    { type: 'thinking_signature', signature: 's' },
    { type: 'thinking_encrypted', data: 'e' },
    { type: 'text', text: '' },
    { type: 'text', text: 'hé\n' },
    { type: 'usage', usage: { input: 5 } },
    { type: 'tool_call_start', index: 0, id: 'c1', name: 'f' },
    { type: 'tool_call_delta', index: 0, arguments: '{"a"' },
    { type: 'tool_call_delta', index: 0, arguments: '' },
    { type: 'tool_call_delta', index: 0, arguments: ':1}' },
    { type: 'finish', reason: 'tool_calls' },
    { type: 'usage', usage: { output: 7, reasoning: 2 } },
  ])
  assert.equal(lines.at(-1), 'data: [DONE]')
  const base = { id: 'chatcmpl-d1', object: 'chat.completion.chunk', created: 1_767_225_600, model: 'acme/large' }
  const delta = (value: unknown, finish: string | null = null): unknown => ({
    ...base,
    choices: [{ index: 0, delta: value, logprobs: null, finish_reason: finish }],
  })
  assert.deepEqual(chunks(lines), [
    delta({ role: 'assistant', content: '' }),
    delta({ reasoning_content: 'hm' }),
    delta({ content: 'hé\n' }),
    delta({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
    delta({}, 'tool_calls'),
    {
      ...base,
      choices: [],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 7,
        total_tokens: 12,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
    },
  ])
})

test('usage is sent only to who asked for it', () => {
  const lines = encodeAll(
    [
      { type: 'text', text: 'a' },
      { type: 'usage', usage: { input: 1 } },
    ],
    { request: request() },
  )
  assert.ok(!lines.some((line) => line.includes('usage')))
})

test('an answer without a start event opens anyway', () => {
  const [first] = chunks(encodeAll([{ type: 'text', text: 'a' }]))
  assert.deepEqual(first?.choices[0]?.delta, { role: 'assistant', content: '' })
  const [only] = chunks(encodeAll([], { request: request() }))
  assert.deepEqual(only?.choices[0]?.delta, { role: 'assistant', content: '' })
})

test('a start is written once', () => {
  const lines = encodeAll([{ type: 'start' }, { type: 'start' }, { type: 'text', text: 'a' }])
  assert.equal(lines.filter((line) => line.includes('"role"')).length, 1)
})

test('a finish is held until the end', () => {
  const encoder = openaiChatClient.createStreamEncoder(meta())
  assert.equal(encoder.push({ type: 'finish', reason: 'length' }), '')
  assert.match(encoder.end(), /"finish_reason":"length"/)
})

test('errors are not written here', () => {
  const encoder = openaiChatClient.createStreamEncoder(meta())
  assert.equal(encoder.push({ type: 'error', error: { kind: 'server', status: 500, message: 'x' } }), '')
})

test('a call without arguments ends as an empty object', () => {
  const lines = encodeAll([
    { type: 'tool_call_start', index: 0, id: 'c1', name: 'f' },
    { type: 'tool_call_start', index: 1, id: 'c2', name: 'g' },
    { type: 'tool_call_delta', index: 1, arguments: '{"x":1}' },
  ])
  const pieces = chunks(lines).map(({ choices }) => JSON.stringify(choices[0]?.delta))
  assert.ok(pieces.includes('{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}'))
  assert.equal(
    chunks(lines).find(({ choices }) => choices[0]?.finish_reason !== null)?.choices[0]?.finish_reason,
    'tool_calls',
  )
})
