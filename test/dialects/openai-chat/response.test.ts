import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { MalformedAnswer } from '../../../src/dialects/types.ts'
import { openaiChatClient, openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import { chatCompletion, chatError } from '../../helpers/openai-chat-replies.ts'
import { call, meta } from './body.ts'

const decode = openaiChatProvider.decodeResponse
const text = (value: string): { type: 'text'; text: string } => ({ type: 'text', text: value })

function answer(
  message: Record<string, unknown>,
  finish: unknown = 'stop',
  more: Record<string, unknown> = {},
): unknown {
  return { id: 'a-1', model: 'm', choices: [{ index: 0, message, finish_reason: finish }], ...more }
}

const cases: [name: string, body: unknown, expected: Partial<ChatResponse>][] = [
  ['text', answer({ content: 'hi' }), { id: 'a-1', model: 'm', content: [text('hi')], finish: 'stop', usage: {} }],
  ['no id, no model', { choices: [{ message: { content: 'hi' } }] }, { content: [text('hi')], finish: 'stop' }],
  // Answers that look like something else must come through byte for byte.
  ['JSON as text', answer({ content: '{"name":"Bob","age":3}' }), { content: [text('{"name":"Bob","age":3}')] }],
  ['code as text', answer({ content: 'read(fd, buf, n);' }), { content: [text('read(fd, buf, n);')] }],
  [
    'reasoning_content and calls',
    answer({ content: '', reasoning_content: 'hm', tool_calls: [call('c', 'f', '{"a": 1}')] }, 'tool_calls'),
    {
      content: [
        { type: 'thinking', text: 'hm' },
        { type: 'tool_call', id: 'c', name: 'f', arguments: '{"a": 1}' },
      ],
      finish: 'tool_calls',
    },
  ],
  ['reasoning', answer({ content: 'a', reasoning: 'r' }), { content: [{ type: 'thinking', text: 'r' }, text('a')] }],
  [
    'both reasoning fields say the same',
    answer({ content: 'a', reasoning: 'r', reasoning_content: 'r', reasoning_details: [{ text: 'r' }] }),
    { content: [{ type: 'thinking', text: 'r' }, text('a')] },
  ],
  [
    'content in parts, as Mistral has it',
    answer({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'r' }] },
        { type: 'text', text: 'a' },
      ],
    }),
    { content: [{ type: 'thinking', text: 'r' }, text('a')] },
  ],
  [
    'calls without an id, with an object, without arguments',
    answer(
      { content: null, tool_calls: [call('', 'f', { a: 1 }), { function: { name: 'g' } }, { function: {} }] },
      'tool_calls',
    ),
    {
      content: [
        { type: 'tool_call', id: 'call_a1_0', name: 'f', arguments: '{"a":1}' },
        { type: 'tool_call', id: 'call_a1_1', name: 'g', arguments: '{}' },
      ],
    },
  ],
  [
    'the older function call',
    answer({ content: null, function_call: { name: 'f', arguments: '{}' } }, 'function_call'),
    { content: [{ type: 'tool_call', id: 'call_a1_0', name: 'f', arguments: '{}' }], finish: 'tool_calls' },
  ],
  ['stop in spite of calls', answer({ tool_calls: [call('c', 'f', '{}')] }, 'stop'), { finish: 'tool_calls' }],
  ['tool_calls without any', answer({ content: 'a', tool_calls: [] }, 'tool_calls'), { finish: 'stop' }],
  ['length', answer({ content: 'a' }, 'length'), { finish: 'length' }],
  ['content filter', answer({ content: 'a' }, 'content_filter'), { finish: 'refusal' }],
  ['refusal', answer({ content: null, refusal: 'no' }), { content: [text('no')], finish: 'refusal' }],
  ['unknown finish', answer({ content: 'a' }, 'eos'), { finish: 'stop' }],
  ['finish null', answer({ content: 'a' }, null), { finish: 'stop' }],
  [
    'usage',
    answer({ content: 'a' }, 'stop', {
      usage: {
        prompt_tokens: 10,
        completion_tokens: 7,
        total_tokens: 17,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    }),
    { usage: { input: 10, output: 7, cacheRead: 4, reasoning: 3 } },
  ],
  [
    'usage of DeepSeek',
    answer({ content: 'a' }, 'stop', {
      usage: { prompt_tokens: 10, completion_tokens: 7, prompt_cache_hit_tokens: 4 },
    }),
    { usage: { input: 10, output: 7, cacheRead: 4 } },
  ],
  [
    'usage of xAI, reasoning apart',
    answer({ content: 'a' }, 'stop', {
      usage: {
        prompt_tokens: 10,
        completion_tokens: 7,
        total_tokens: 20,
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    }),
    { usage: { input: 10, output: 10, reasoning: 3 } },
  ],
  ['usage null', answer({ content: 'a' }, 'stop', { usage: null }), { usage: {} }],
]

for (const [name, body, expected] of cases) {
  test(`decodeResponse: ${name}`, () => {
    const response = decode(body)
    const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, response[key as keyof ChatResponse]]))
    assert.deepEqual(picked, expected)
  })
}

const malformed: [name: string, body: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a string', '<html>'],
  ['an array', []],
  ['no choices', {}],
  ['empty choices', { choices: [] }],
  ['choices of another type', { choices: 'x' }],
  ['no message', { choices: [{}] }],
  ['a message that is no object', { choices: [{ message: 'x' }] }],
  ['an error', chatError(500, 'x', 'boom')],
  ['an error in the choice', { choices: [{ message: { content: '' }, error: { code: 502, message: 'boom' } }] }],
]
for (const [name, body] of malformed) {
  test(`decodeResponse refuses ${name}`, () => assert.throws(() => decode(body), MalformedAnswer))
}

test('made-up call ids are at most 40 characters', () => {
  const { content } = decode({
    id: `chatcmpl-${'x'.repeat(60)}`,
    choices: [{ message: { tool_calls: [call('', 'f', '{}')] } }],
  })
  assert.deepEqual(content, [{ type: 'tool_call', id: `call_${'x'.repeat(24)}_0`, name: 'f', arguments: '{}' }])
})

test('encodeResponse writes a whole completion', () => {
  const response: ChatResponse = {
    content: [
      { type: 'thinking', text: 'hm', signature: 's' },
      text('hi'),
      { type: 'tool_call', id: 'c', name: 'f', arguments: '{"a": 1}' },
    ],
    finish: 'tool_calls',
    usage: { input: 10, output: 7, cacheRead: 4, cacheWrite: 2, reasoning: 3 },
  }
  assert.deepEqual(openaiChatClient.encodeResponse(response, meta()), {
    id: 'chatcmpl-d1',
    object: 'chat.completion',
    created: 1_767_225_600,
    model: 'acme/large',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'hi',
          refusal: null,
          reasoning_content: 'hm',
          tool_calls: [call('c', 'f', '{"a": 1}')],
        },
        logprobs: null,
        finish_reason: 'tool_calls',
      },
    ],
    usage: {
      prompt_tokens: 10,
      completion_tokens: 7,
      total_tokens: 17,
      prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
  })
})

const finishes: [ChatResponse['finish'], string][] = [
  ['stop', 'stop'],
  ['stop_sequence', 'stop'],
  ['pause', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool_calls'],
  ['refusal', 'content_filter'],
]
for (const [finish, reason] of finishes) {
  test(`encodeResponse: ${finish} is ${reason}`, () => {
    const body = openaiChatClient.encodeResponse({ content: [], finish, usage: {} }, meta())
    const [choice] = body['choices'] as { finish_reason: string; message: { content: unknown } }[]
    assert.equal(choice?.finish_reason, reason)
    assert.equal(choice.message.content, '')
  })
}

test('content is null beside tool calls alone', () => {
  const content = [{ type: 'tool_call' as const, id: 'c', name: 'f', arguments: '' }]
  const body = openaiChatClient.encodeResponse({ content, finish: 'tool_calls', usage: {} }, meta())
  const [choice] = body['choices'] as { message: Record<string, unknown> }[]
  assert.deepEqual(choice?.message['content'], null)
  assert.deepEqual(choice?.message['tool_calls'], [call('c', 'f', '{}')])
})

test('the helper answers what the codec reads', () => {
  const reply = { model: 'm', text: 'hi', thinking: 'hm', toolCalls: [{ id: 'c', name: 'f', arguments: { a: 1 } }] }
  assert.deepEqual(decode(chatCompletion(reply)), {
    id: 'chatcmpl-upstream',
    model: 'm',
    content: [
      { type: 'thinking', text: 'hm' },
      text('hi'),
      { type: 'tool_call', id: 'c', name: 'f', arguments: '{"a":1}' },
    ],
    finish: 'tool_calls',
    usage: { input: 10, output: 5, cacheRead: 0, reasoning: 0 },
  })
})
