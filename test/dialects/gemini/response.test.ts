import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { geminiClient, geminiProvider } from '../../../src/dialects/gemini/index.ts'
import { MalformedAnswer } from '../../../src/dialects/types.ts'
import { blocked, geminiError, generated } from '../../helpers/gemini-replies.ts'
import { assertChunk, assertSigned } from './response-rules.ts'
import { BASE, META } from './support.ts'

const MODEL = 'gemini-3-flash'

describe('decodeResponse', () => {
  it('reads everything', () => {
    const body = generated({
      model: MODEL,
      thinking: 'hm',
      text: 'ok',
      calls: [{ id: 'i', name: 'f', args: { a: 1 } }, { name: 'f' }],
      usage: { promptTokenCount: 9, candidatesTokenCount: 5, thoughtsTokenCount: 3, totalTokenCount: 17 },
    })
    assert.deepEqual(geminiProvider.decodeResponse(body), {
      id: 'r-1_a',
      model: MODEL,
      content: [
        { type: 'thinking', text: 'hm' },
        { type: 'text', text: 'ok' },
        { type: 'tool_call', id: 'i', name: 'f', arguments: '{"a":1}', signature: 'c2lnbmF0dXJl' },
        { type: 'tool_call', id: 'call_r1a_1', name: 'f', arguments: '{}' },
      ],
      finish: 'tool_calls',
      usage: { input: 9, output: 8, reasoning: 3 },
    })
  })

  it('reads the list of chunks that a stream without alt=sse is', () => {
    const chunk = (text: string, finish?: string): unknown => ({
      candidates: [{ content: { parts: [{ text }] }, ...(finish !== undefined && { finishReason: finish }) }],
    })
    assert.deepEqual(geminiProvider.decodeResponse([chunk('a'), chunk('b', 'MAX_TOKENS')]), {
      content: [{ type: 'text', text: 'ab' }],
      finish: 'length',
      usage: {},
    })
  })

  it('reads a blocked prompt as a refusal', () => {
    const { content, finish } = geminiProvider.decodeResponse(blocked(MODEL, 'PROHIBITED_CONTENT'))
    assert.deepEqual([content, finish], [[], 'refusal'])
  })

  it('takes content without a finish', () => {
    const body = { candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] } }] }
    assert.equal(geminiProvider.decodeResponse(body).finish, 'tool_calls')
  })

  for (const [name, body] of Object.entries({
    text: 'hello',
    null: null,
    'an empty object': {},
    'an empty list': [],
    'no content': { candidates: [{ index: 0 }] },
    'an OpenAI answer': { choices: [{ message: { content: 'x' } }] },
    'an error': geminiError(503, 'UNAVAILABLE', 'busy'),
    'a broken call': { candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL' }] },
  })) {
    it(`refuses ${name}`, () => assert.throws(() => geminiProvider.decodeResponse(body), MalformedAnswer))
  }
})

describe('encodeResponse', () => {
  const answer: ChatResponse = {
    id: 'x',
    model: 'up',
    content: [
      { type: 'thinking', text: 'hm', signature: 's1' },
      { type: 'thinking', text: '', encrypted: 'secret' },
      { type: 'text', text: 'ok' },
      { type: 'thinking', text: '', signature: 's2' },
      { type: 'tool_call', id: 'a', name: 'f', arguments: '{"x":1}' },
      { type: 'tool_call', id: '', name: 'g', arguments: '' },
      { type: 'tool_call', id: 'c', name: 'h', arguments: '{"bro', signature: 's3' },
    ],
    finish: 'tool_calls',
    usage: { input: 10, output: 8, reasoning: 3, cacheRead: 4 },
  }

  it('writes everything that has a place', () => {
    const body = geminiClient.encodeResponse(answer, META)
    assertSigned([assertChunk(body, true)])
    assert.deepEqual(body, {
      candidates: [
        {
          content: {
            parts: [
              { text: 'hm', thought: true, thoughtSignature: 's1' },
              { text: 'ok' },
              { text: '', thoughtSignature: 's2' },
              {
                functionCall: { id: 'a', name: 'f', args: { x: 1 } },
                thoughtSignature: 'skip_thought_signature_validator',
              },
              { functionCall: { name: 'g', args: {} } },
              { functionCall: { id: 'c', name: 'h', args: { _raw: '{"bro' } }, thoughtSignature: 's3' },
            ],
            role: 'model',
          },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      modelVersion: 'google/gemini',
      responseId: 'd1',
      usageMetadata: {
        promptTokenCount: 10,
        candidatesTokenCount: 5,
        totalTokenCount: 18,
        cachedContentTokenCount: 4,
        thoughtsTokenCount: 3,
      },
    })
  })

  for (const request of [BASE, { ...BASE, thinking: { mode: 'off' as const } }]) {
    it(`shows no thoughts to a client that said ${request === BASE ? 'nothing' : 'off'}`, () => {
      const body = assertChunk(geminiClient.encodeResponse(answer, { ...META, request }), true)
      assert.deepEqual(body.candidates[0]?.content.parts.slice(0, 2), [
        { text: 'ok' },
        { text: '', thoughtSignature: 's2' },
      ])
    })
  }

  it('writes an empty answer as one', () => {
    const body = assertChunk(geminiClient.encodeResponse({ content: [], finish: 'refusal', usage: {} }, META), true)
    assert.deepEqual(body.candidates[0]?.content.parts, [{ text: '' }])
    assert.equal(body.candidates[0]?.finishReason, 'SAFETY')
  })

  for (const [finish, wire] of [
    ['stop', 'STOP'],
    ['length', 'MAX_TOKENS'],
    ['stop_sequence', 'STOP'],
    ['pause', 'STOP'],
    ['refusal', 'SAFETY'],
  ] as const) {
    it(`${finish} is ${wire}`, () => {
      const body = geminiClient.encodeResponse({ content: [{ type: 'text', text: 'x' }], finish, usage: {} }, META)
      assert.equal(assertChunk(body, true).candidates[0]?.finishReason, wire)
    })
  }
})
