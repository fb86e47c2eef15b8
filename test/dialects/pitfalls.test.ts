// What proxies between dialects are known to get wrong (public issue threads, named by project), across two codecs.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StreamEvent } from '../../src/chat/events.ts'
import { anthropicClient } from '../../src/dialects/anthropic-messages/index.ts'
import { geminiProvider } from '../../src/dialects/gemini/index.ts'
import { openaiChatProvider } from '../../src/dialects/openai-chat/index.ts'
import { openaiResponsesClient, openaiResponsesProvider } from '../../src/dialects/openai-responses/index.ts'
import type { AnswerMeta, Frame, StreamDecoder } from '../../src/dialects/types.ts'
import { responsesEvent } from '../helpers/openai-responses-replies.ts'
import { assertOrdered, parseWire, type WireEvent } from './anthropic-messages/stream-rules.ts'

const META: AnswerMeta = {
  id: 'd1',
  model: 'a/m',
  created: 0,
  request: { model: 'm', messages: [], tools: [], stream: true, thinking: { mode: 'on' } },
}

/** What a Messages client gets of a provider's frames. */
function asMessages(decoder: StreamDecoder, frames: readonly Frame[]): WireEvent[] {
  const encoder = anthropicClient.createStreamEncoder(META)
  const events: StreamEvent[] = frames.flatMap((frame) => decoder.push(frame))
  const wire = parseWire(events.map((event) => encoder.push(event)).join('') + encoder.end())
  assertOrdered(wire)
  return wire
}

/** The blocks of a stream, put together from their deltas alone, as clients do. */
function blocksOf(wire: readonly WireEvent[]): [type: string, content: string][] {
  const blocks: [string, string][] = []
  for (const { type, content_block: block, delta } of wire) {
    if (type === 'content_block_start') blocks.push([block?.type ?? '', ''])
    const last = blocks.at(-1)
    if (type !== 'content_block_delta' || last === undefined) continue
    const said = delta?.['text'] ?? delta?.['thinking'] ?? delta?.['partial_json']
    if (typeof said === 'string') last[1] += said
  }
  return blocks
}

function chunk(delta: Record<string, unknown>, finish: string | null = null): Frame {
  return { event: '', data: JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] }) }
}

describe('a Messages client behind a Chat provider', () => {
  const table: [name: string, frames: Frame[], expected: [string, string][]][] = [
    [
      'empty tool calls and empty texts in every chunk open no block (litellm#29286, vLLM)',
      [
        chunk({ role: 'assistant', content: '', tool_calls: [] }),
        chunk({ content: 'Hel', tool_calls: [] }),
        chunk({ content: 'lo', reasoning_content: '', tool_calls: [] }),
        chunk({ content: '', tool_calls: [] }, 'stop'),
      ],
      [['text', 'Hello']],
    ],
    [
      'reasoning and text that take turns get blocks of their own (litellm#32357, #33224, NVIDIA NIM)',
      [
        chunk({ reasoning_content: 'a' }),
        chunk({ content: 'b' }),
        chunk({ reasoning_content: 'c' }),
        chunk({ content: 'd' }, 'stop'),
      ],
      [
        ['thinking', 'a'],
        ['text', 'b'],
        ['thinking', 'c'],
        ['text', 'd'],
      ],
    ],
    [
      'the first words behind reasoning are there, and so are the first arguments of a call (litellm#25321, #30765)',
      [
        chunk({ reasoning_content: 'hm' }),
        chunk({ content: 'First' }),
        chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{"a"' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }, 'tool_calls'),
      ],
      [
        ['thinking', 'hm'],
        ['text', 'First'],
        ['tool_use', '{"a":1}'],
      ],
    ],
    [
      'text between the pieces of a call does not get into it (sglang#24293)',
      [
        chunk({ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{' } }] }),
        chunk({ content: 'so' }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '}' } }] }, 'tool_calls'),
      ],
      [
        ['tool_use', '{}'],
        ['text', 'so'],
      ],
    ],
  ]
  for (const [name, frames, expected] of table) {
    it(name, () => {
      assert.deepEqual(blocksOf(asMessages(openaiChatProvider.createStreamDecoder(), frames)), expected)
    })
  }
})

it('arguments that only the events at the end tell reach a Messages client (openclaude#1259)', () => {
  const item = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f' }
  const events: [string, Record<string, unknown>][] = [
    ['response.created', { response: { id: 'r', model: 'm' } }],
    ['response.output_item.added', { output_index: 0, item: { ...item, arguments: '' } }],
    ['response.function_call_arguments.done', { output_index: 0, item_id: 'fc_1', arguments: '{"a":1}' }],
    ['response.output_item.done', { output_index: 0, item: { ...item, arguments: '{"a":1}' } }],
    ['response.completed', { response: { id: 'r', status: 'completed', output: [] } }],
  ]
  const frames = events.map(([event, fields]): Frame => {
    const data = responsesEvent(event, fields).split('data: ')[1] ?? ''
    return { event, data: data.trim() }
  })
  assert.deepEqual(blocksOf(asMessages(openaiResponsesProvider.createStreamDecoder(), frames)), [
    ['tool_use', '{"a":1}'],
  ])
})

describe("Codex's tools", () => {
  const search = { type: 'web_search', external_web_access: true, search_content_types: ['text', 'image'] }
  const tools = [{ type: 'function', name: 'f', parameters: {} }, search, { type: 'tool_of_tomorrow', x: 1 }]
  const request = openaiResponsesClient.decodeRequest({ model: 'm', input: 'hi', tools })

  it('of unknown types go back to their own dialect as they came (opencodex#3204)', () => {
    const { body } = openaiResponsesProvider.encodeRequest(request, { model: 'm', quirks: {}, inputTokens: 0 })
    assert.deepEqual((body['tools'] as unknown[]).slice(1), tools.slice(1))
  })

  it('of unknown types are left out elsewhere, with a note, and never refused (command-code#885)', () => {
    const { body, dropped } = openaiChatProvider.encodeRequest(request, { model: 'm', quirks: {}, inputTokens: 0 })
    assert.equal((body['tools'] as unknown[]).length, 1)
    assert.deepEqual(dropped, ['tool:web_search', 'tool:tool_of_tomorrow'])
  })
})

describe('a thought signature that Gemini refuses is a matter for the next target (Antigravity#3342)', () => {
  for (const message of [
    'Invalid thought signature.',
    'Corrupted thought signature.',
    'Function call is missing a thought_signature in functionCall parts.',
    'THOUGHT SIGNATURE is not valid',
  ]) {
    it(message, () => {
      const body = JSON.stringify({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } })
      assert.equal(geminiProvider.decodeError(400, body).kind, 'unsupported')
    })
  }
})
