import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { geminiProvider } from '../../../src/dialects/gemini/index.ts'
import { blocked, frame, geminiError, generatedStream } from '../../helpers/gemini-replies.ts'
import { decodeStream } from './support.ts'

const MODEL = 'gemini-3-flash'

function events(...chunks: unknown[]): StreamEvent[] {
  return decodeStream(chunks.map(frame).join(''))
}

function parts(...list: unknown[]): Record<string, unknown> {
  return { candidates: [{ content: { role: 'model', parts: list }, index: 0 }] }
}

function end(finishReason: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { candidates: [{ finishReason, index: 0, ...more }] }
}

/** What was said, without the opening. */
function said(...chunks: unknown[]): StreamEvent[] {
  return events(...chunks).filter((event) => event.type !== 'start')
}

describe('stream decoder', () => {
  it('reads thoughts, text, parallel calls and the finish', () => {
    const usage = { promptTokenCount: 9, candidatesTokenCount: 5, thoughtsTokenCount: 3, cachedContentTokenCount: 4 }
    const wire = generatedStream({
      model: MODEL,
      thinking: 'hm',
      text: 'ok',
      calls: [{ id: 'i', name: 'f', args: { a: [1] } }, { name: 'g' }],
      usage,
    }).join('')
    assert.ok(wire.includes('\r\n\r\n'))
    const counted: StreamEvent = { type: 'usage', usage: { input: 9, output: 8, reasoning: 3, cacheRead: 4 } }
    assert.deepEqual(decodeStream(wire), [
      { type: 'start', id: 'r-1_a', model: MODEL },
      { type: 'thinking', text: 'h' },
      counted,
      { type: 'thinking', text: 'm' },
      counted,
      { type: 'text', text: 'o' },
      counted,
      { type: 'text', text: 'k' },
      counted,
      { type: 'tool_call_start', index: 0, id: 'i', name: 'f', signature: 'c2lnbmF0dXJl' },
      { type: 'tool_call_delta', index: 0, arguments: '{"a":[1]}' },
      counted,
      { type: 'tool_call_start', index: 1, id: 'call_r1a_1', name: 'g' },
      { type: 'tool_call_delta', index: 1, arguments: '{}' },
      counted,
      { type: 'finish', reason: 'tool_calls' },
    ])
  })

  it('reads signatures of thoughts and texts, in parts without words too', () => {
    assert.deepEqual(
      said(
        parts({ text: 'hm', thought: true }),
        parts({ text: '', thought: true, thoughtSignature: 's1' }),
        parts({ text: 'hello', thought_signature: 's2' }),
        parts({ text: '', thoughtSignature: 's3' }),
        parts({ text: '' }),
      ),
      [
        { type: 'thinking', text: 'hm' },
        { type: 'thinking_signature', signature: 's1' },
        { type: 'text', text: 'hello' },
        { type: 'thinking_signature', signature: 's2' },
        { type: 'thinking_signature', signature: 's3' },
      ],
    )
  })

  it('does not take a stand-in for a signature', () => {
    const call = { functionCall: { name: 'f' }, thoughtSignature: 'skip_thought_signature_validator' }
    assert.deepEqual(
      said(parts(call)).map((event) => event.type),
      ['tool_call_start', 'tool_call_delta'],
    )
  })

  const finishes: [string, unknown[], string][] = [
    ['STOP', [], 'stop'],
    ['MAX_TOKENS', [], 'length'],
    ['SAFETY', [], 'refusal'],
    ['RECITATION', [], 'refusal'],
    ['BLOCKLIST', [], 'refusal'],
    ['PROHIBITED_CONTENT', [], 'refusal'],
    ['SPII', [], 'refusal'],
    ['LANGUAGE', [], 'refusal'],
    ['OTHER', [], 'stop'],
    ['SOMETHING_NEW', [], 'stop'],
    ['STOP', [{ functionCall: { name: 'f' } }], 'tool_calls'],
    ['MAX_TOKENS', [{ functionCall: { name: 'f' } }], 'length'],
  ]
  for (const [wire, content, reason] of finishes) {
    it(`${wire} is ${reason}`, () => {
      assert.deepEqual(said(parts(...content), end(wire)).at(-1), { type: 'finish', reason })
    })
  }

  for (const reason of [
    'MALFORMED_FUNCTION_CALL',
    'UNEXPECTED_TOOL_CALL',
    'TOO_MANY_TOOL_CALLS',
    'MISSING_THOUGHT_SIGNATURE',
    'MALFORMED_RESPONSE',
  ]) {
    it(`${reason} is a failure`, () => {
      assert.deepEqual(said(end(reason, { finishMessage: 'print(' }), parts({ text: 'late' })), [
        {
          type: 'error',
          error: { kind: 'bad_answer', status: 200, message: `the answer ended with ${reason}: print(` },
        },
      ])
    })
  }

  it('reads a blocked prompt as a refusal', () => {
    assert.deepEqual(events(blocked(MODEL)), [
      { type: 'start', model: MODEL },
      { type: 'usage', usage: { input: 20 } },
      { type: 'finish', reason: 'refusal' },
    ])
  })

  it('goes on when every chunk says STOP, and corrects the reason', () => {
    const stop = (part: unknown): unknown => ({ candidates: [{ content: { parts: [part] }, finishReason: 'STOP' }] })
    assert.deepEqual(said(stop({ text: 'a' }), stop({ text: 'b' }), stop({ functionCall: { name: 'f' } })), [
      { type: 'text', text: 'a' },
      { type: 'finish', reason: 'stop' },
      { type: 'text', text: 'b' },
      { type: 'tool_call_start', index: 0, id: 'call_0', name: 'f' },
      { type: 'tool_call_delta', index: 0, arguments: '{}' },
      { type: 'finish', reason: 'tool_calls' },
    ])
  })

  it('takes counts that come behind the finish', () => {
    const late = { usageMetadata: { prompt_token_count: 7, toolUsePromptTokenCount: 2, thoughtsTokenCount: 1 } }
    assert.deepEqual(said(end('STOP'), late), [
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage: { input: 9, output: 1, reasoning: 1 } },
    ])
  })

  it('takes the first candidate only', () => {
    const two = {
      candidates: [
        { index: 1, content: { parts: [{ text: 'other' }] }, finishReason: 'STOP' },
        { index: 0, content: { parts: [{ text: 'mine' }] } },
      ],
    }
    assert.deepEqual(said(two), [{ type: 'text', text: 'mine' }])
  })

  it('says nothing for chunks that say nothing', () => {
    assert.deepEqual(events({}, { candidates: [] }, { usageMetadata: {} }, { promptFeedback: {} }), [])
    assert.deepEqual(geminiProvider.createStreamDecoder().push({ event: '', data: '[DONE]' }), [])
  })

  it('reads lists of chunks', () => {
    assert.deepEqual(said([parts({ text: 'a' }), end('STOP')]), [
      { type: 'text', text: 'a' },
      { type: 'finish', reason: 'stop' },
    ])
  })

  it('reports an error in the stream, and nothing behind it', () => {
    const error = geminiError(503, 'UNAVAILABLE', 'The model is overloaded.')
    for (const body of [error, [error]]) {
      assert.deepEqual(said(parts({ text: 'a' }), body, parts({ text: 'b' }), error), [
        { type: 'text', text: 'a' },
        {
          type: 'error',
          error: { kind: 'overloaded', status: 200, message: 'The model is overloaded.', code: 'UNAVAILABLE' },
        },
      ])
    }
  })

  for (const [name, data] of Object.entries({
    'no JSON': '<html>',
    'no object': '7',
    'a call without a name': JSON.stringify(parts({ functionCall: { args: {} } })),
  })) {
    it(`reports ${name} as a bad answer`, () => {
      const [last] = geminiProvider.createStreamDecoder().push({ event: '', data }).slice(-1)
      assert.equal(last?.type === 'error' && last.error.kind, 'bad_answer')
    })
  }
})
