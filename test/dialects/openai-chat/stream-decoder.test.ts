import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'

type Json = Record<string, unknown>

function decodeAll(chunks: readonly unknown[], event = ''): StreamEvent[] {
  const decoder = openaiChatProvider.createStreamDecoder()
  return chunks.flatMap((chunk) => {
    const data = typeof chunk === 'string' ? chunk : JSON.stringify(chunk)
    return decoder.push({ event, data })
  })
}

function delta(value: Json, finish: unknown = null, more: Json = {}): Json {
  return { id: 'a-1', model: 'm', choices: [{ index: 0, delta: value, finish_reason: finish }], ...more }
}

function calls(...list: Json[]): Json {
  return delta({ tool_calls: list })
}

const start: StreamEvent = { type: 'start', id: 'a-1', model: 'm' }
const text = (value: string): StreamEvent => ({ type: 'text', text: value })
const open = (index: number, id: string, name: string): StreamEvent => ({ type: 'tool_call_start', index, id, name })
const args = (index: number, value: string): StreamEvent => ({ type: 'tool_call_delta', index, arguments: value })
const finish = (reason: 'stop' | 'length' | 'tool_calls' | 'refusal'): StreamEvent => ({ type: 'finish', reason })

const cases: [name: string, chunks: unknown[], expected: StreamEvent[]][] = [
  ['role only', [delta({ role: 'assistant', content: null })], [start]],
  ['comments and the terminator', ['', '[DONE]', ' [DONE] '], []],
  [
    'text, with empty fields in every chunk',
    [
      delta({ role: 'assistant', content: '', tool_calls: [], reasoning_content: null, refusal: null }),
      delta({ content: 'a', tool_calls: [] }),
      delta({ content: 'b', tool_calls: null }),
      delta({ content: '' }, 'stop'),
      '[DONE]',
    ],
    [start, text('a'), text('b'), finish('stop')],
  ],
  ['no id, no model', [{ choices: [{ delta: { content: 'a' } }] }], [{ type: 'start' }, text('a')]],
  [
    'reasoning fields',
    [
      delta({ reasoning_content: 'r' }),
      delta({ reasoning: 's', reasoning_details: [{ text: 's' }] }),
      delta({ content: 'a' }),
    ],
    [start, { type: 'thinking', text: 'r' }, { type: 'thinking', text: 's' }, text('a')],
  ],
  [
    'both reasoning fields say the same',
    [delta({ reasoning_content: 'r', reasoning: 'r' })],
    [start, { type: 'thinking', text: 'r' }],
  ],
  [
    'content in parts, as Mistral has it',
    [
      delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'r' }] }] }),
      delta({ content: [{ type: 'text', text: 'a' }] }),
    ],
    [start, { type: 'thinking', text: 'r' }, text('a')],
  ],
  [
    'reasoning and text in one chunk',
    [delta({ reasoning_content: 'r', content: 'a' })],
    [start, { type: 'thinking', text: 'r' }, text('a')],
  ],
  ['refusal', [delta({ refusal: 'no' }), delta({}, 'stop')], [start, text('no'), finish('refusal')]],
  ['length', [delta({ content: 'a' }, 'length')], [start, text('a'), finish('length')]],
  ['content filter', [delta({}, 'content_filter')], [start, finish('refusal')]],
  ['unknown finish', [delta({}, 'eos')], [start, finish('stop')]],
  ['empty finish is none', [delta({ content: 'a' }, '')], [start, text('a')]],
  [
    'finish twice',
    [delta({ content: 'a' }, 'stop'), delta({}, 'stop'), delta({}, 'length')],
    [start, text('a'), finish('stop')],
  ],
  [
    'usage without choices',
    [
      delta({ content: 'a' }, 'stop', { usage: null }),
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } },
    ],
    [start, text('a'), finish('stop'), { type: 'usage', usage: { input: 3, output: 1 } }],
  ],
  [
    'usage in the choice, in x_groq, in every chunk',
    [
      { choices: [{ index: 0, delta: {}, usage: { prompt_tokens: 1 } }] },
      { choices: [], x_groq: { usage: { prompt_tokens: 2 } } },
      { choices: [], usage: { prompt_tokens: 3 } },
    ],
    [
      { type: 'start' },
      { type: 'usage', usage: { input: 1 } },
      { type: 'usage', usage: { input: 2 } },
      { type: 'usage', usage: { input: 3 } },
    ],
  ],
  [
    'a tool call in pieces',
    [
      calls({ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '' } }),
      calls({ index: 0, function: { arguments: '{"a"' } }),
      calls({ index: 0, function: { arguments: ':1}' } }),
      delta({}, 'tool_calls'),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a"'), args(0, ':1}'), finish('tool_calls')],
  ],
  [
    'arguments in the first piece and with the finish',
    [
      calls({ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a"' } }),
      delta({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }, 'stop'),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a"'), args(0, ':1}'), finish('tool_calls')],
  ],
  [
    'id, name and index in every piece',
    [
      calls({ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a"' } }),
      calls({ index: 0, id: 'c1', function: { name: 'f', arguments: ':1}' } }),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a"'), args(0, ':1}')],
  ],
  [
    'no index, no id',
    [calls({ function: { name: 'f', arguments: '{"a"' } }), calls({ function: { arguments: ':1}' } })],
    [start, open(0, 'call_a1_0', 'f'), args(0, '{"a"'), args(0, ':1}')],
  ],
  [
    'no index, but ids',
    [
      calls(
        { id: 'c1', function: { name: 'f', arguments: '{}' } },
        { id: 'c2', function: { name: 'f', arguments: '{}' } },
      ),
      delta({}, 'stop'),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{}'), open(1, 'c2', 'f'), args(1, '{}'), finish('tool_calls')],
  ],
  [
    'whole calls, all under index 0',
    [
      calls({ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a":1}' } }),
      calls({ index: 0, id: 'c2', function: { name: 'f', arguments: '{"a":2}' } }),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a":1}'), open(1, 'c2', 'f'), args(1, '{"a":2}')],
  ],
  [
    'whole calls under index 0 without ids',
    [
      calls({ index: 0, function: { name: 'f', arguments: '{"a":1}' } }),
      calls({ index: 0, function: { name: 'f', arguments: '{"a":1}' } }),
    ],
    [start, open(0, 'call_a1_0', 'f'), args(0, '{"a":1}'), open(1, 'call_a1_1', 'f'), args(1, '{"a":1}')],
  ],
  [
    'arguments as an object',
    [calls({ index: 0, id: 'c1', function: { name: 'f', arguments: { a: 1 } } })],
    [start, open(0, 'c1', 'f'), args(0, '{"a":1}')],
  ],
  [
    'indexes that do not start at 0',
    [
      calls({ index: 1, id: 'c1', function: { name: 'f', arguments: '{}' } }),
      calls({ index: 3, id: 'c2', function: { name: 'g', arguments: '{}' } }),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{}'), open(1, 'c2', 'g'), args(1, '{}')],
  ],
  [
    'parallel calls with interleaved pieces',
    [
      calls({ index: 0, id: 'c1', function: { name: 'f' } }, { index: 1, id: 'c2', function: { name: 'g' } }),
      calls({ index: 1, function: { arguments: '{"b"' } }, { index: 0, function: { arguments: '{"a"' } }),
      calls({ index: 0, function: { arguments: ':1}' } }, { index: 1, function: { arguments: ':2}' } }),
    ],
    [start, open(0, 'c1', 'f'), open(1, 'c2', 'g'), args(1, '{"b"'), args(0, '{"a"'), args(0, ':1}'), args(1, ':2}')],
  ],
  [
    'a name after the arguments',
    [
      calls({ index: 0, id: 'c1', function: { arguments: '{"a"' } }),
      calls({ index: 0, function: { name: 'f', arguments: ':1}' } }),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a":1}')],
  ],
  [
    'a piece under a strange index goes on with the last call',
    [
      calls({ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a"' } }),
      calls({ index: 7, function: { arguments: ':1}' } }),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a"'), args(0, ':1}')],
  ],
  [
    'the whole call once more in the last chunk',
    [
      calls({ index: 0, id: 'c1', function: { name: 'f', arguments: '' } }),
      calls({ index: 0, function: { arguments: '{"a":1}' } }),
      delta({ tool_calls: [{ index: 0, id: 'c1', function: { name: 'f', arguments: '{"a":1}' } }] }, 'tool_calls'),
    ],
    [start, open(0, 'c1', 'f'), args(0, '{"a":1}'), finish('tool_calls')],
  ],
  [
    'the older function call',
    [
      delta({ function_call: { name: 'f', arguments: '' } }),
      delta({ function_call: { arguments: '{}' } }),
      delta({}, 'function_call'),
    ],
    [start, open(0, 'call_a1_0', 'f'), args(0, '{}'), finish('tool_calls')],
  ],
  [
    'a whole message instead of a delta',
    [{ id: 'a-1', model: 'm', choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] }],
    [start, text('a'), finish('stop')],
  ],
  [
    'other choices are not ours',
    [{ id: 'a-1', model: 'm', choices: [{ index: 1, delta: { content: 'b' } }] }],
    [start],
  ],
]

for (const [name, chunks, expected] of cases) {
  test(`stream decoder: ${name}`, () => assert.deepEqual(decodeAll(chunks), expected))
}

const failures: [name: string, chunks: unknown[], kind: string, message: RegExp, event?: string][] = [
  ['no JSON', ['{"choices": [', delta({ content: 'late' })], 'bad_answer', /not a JSON object/],
  ['HTML', ['<html>'], 'bad_answer', /not a JSON object/],
  ['an array', ['[1]'], 'bad_answer', /not a JSON object/],
  ['an error', [{ error: { message: 'Too fast', code: 'rate_limit_exceeded' } }], 'rate_limit', /^Too fast$/],
  ['an error as text', [{ error: 'boom' }], 'server', /^boom$/],
  ['an error with a status', [{ error: { message: 'No', code: 503 } }], 'overloaded', /^No$/],
  [
    'an error beside finish_reason',
    [
      {
        id: 'x',
        choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
        error: { code: 429, message: 'Slow' },
      },
    ],
    'rate_limit',
    /^Slow$/,
  ],
  ['an error in the choice', [{ choices: [{ delta: {}, error: { code: 502, message: 'Gone' } }] }], 'server', /^Gone$/],
  ['finish_reason error alone', [delta({}, 'error')], 'server', /finish_reason "error"/],
  ['an error of Groq', [{ choices: [], x_groq: { error: 'broken' } }], 'server', /^broken$/],
  ['an error event', [{ message: 'boom' }], 'server', /^boom$/, 'error'],
  [
    'context overflow',
    [{ error: { message: 'the prompt exceeds the available context size' } }],
    'context_length',
    /context/,
  ],
  [
    'a call without a name',
    [calls({ index: 0, id: 'c', function: { arguments: '{}' } }), delta({}, 'tool_calls')],
    'bad_answer',
    /name/,
  ],
]
for (const [name, chunks, kind, message, event] of failures) {
  test(`stream decoder: ${name} is an error event, and nothing follows`, () => {
    const events = decodeAll([...chunks, delta({ content: 'late' }, 'stop')], event ?? '')
    const last = events.at(-1)
    assert.equal(last?.type, 'error')
    assert.equal(last.error.kind, kind)
    assert.equal(last.error.status, 200)
    assert.match(last.error.message, message)
    assert.equal(events.filter(({ type }) => type === 'error').length, 1)
    assert.ok(!events.some((each) => each.type === 'text' && each.text === 'late'))
  })
}

test('a chunk that carries an error finishes nothing', () => {
  const events = decodeAll([delta({ content: 'x' }), delta({}, 'length', { error: { code: 500, message: 'boom' } })])
  assert.deepEqual(
    events.map(({ type }) => type),
    ['start', 'text', 'error'],
  )
})

test('the terminator is missing until it has come', () => {
  for (const [last, missing] of [
    [delta({}, 'stop'), 'data: [DONE]\n\n'],
    [{ error: { message: 'boom' } }, 'data: [DONE]\n\n'],
    ['[DONE]', ''],
  ] as const) {
    const decoder = openaiChatProvider.createStreamDecoder()
    for (const chunk of [delta({ content: 'x' }), last]) {
      decoder.push({ event: '', data: typeof chunk === 'string' ? chunk : JSON.stringify(chunk) })
    }
    assert.equal(decoder.missingEnd?.(), missing)
  }
})

test('words in the chunk that carries an error come first', () => {
  const events = decodeAll([delta({ content: 'last words' }, 'error', { error: { code: 500, message: 'boom' } })])
  assert.deepEqual(
    events.map(({ type }) => type),
    ['start', 'text', 'error'],
  )
})
