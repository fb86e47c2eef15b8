// Gemini's signatures of tool calls, in the dialects that have a place for them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect, toEvents, type ChatResponse } from '../../src/chat/response.ts'
import type { ChatRequest, Message, ToolCallPart } from '../../src/chat/request.ts'
import { anthropicClient } from '../../src/dialects/anthropic-messages/index.ts'
import { geminiProvider } from '../../src/dialects/gemini/index.ts'
import { ollamaClient } from '../../src/dialects/ollama-chat/index.ts'
import { openaiChatClient, openaiChatProvider } from '../../src/dialects/openai-chat/index.ts'
import { openaiResponsesClient } from '../../src/dialects/openai-responses/index.ts'
import type { AnswerMeta, ClientDialect } from '../../src/dialects/types.ts'

const CALL: ToolCallPart = { type: 'tool_call', id: 'c1', name: 'f', arguments: '{}', signature: 'c2ln' }
const BARE: ToolCallPart = { type: 'tool_call', id: 'c2', name: 'f', arguments: '{}' }
const ANSWER: ChatResponse = { content: [CALL, BARE], finish: 'tool_calls', usage: {} }

function meta(thinking?: ChatRequest['thinking']): AnswerMeta {
  const request = { model: 'm', messages: [], tools: [], stream: false, ...(thinking !== undefined && { thinking }) }
  return { id: 'd1', model: 'a/m', created: 0, request }
}

/** The assistant turn of a conversation into which the whole answer was put. */
interface Carrier {
  client: ClientDialect
  requestOf: (answer: Record<string, unknown>) => Record<string, unknown>
}

const HUMAN = { role: 'user', content: 'hi' }
const CARRIERS: Readonly<Record<string, Carrier>> = {
  'Chat Completions': {
    client: openaiChatClient,
    requestOf: (answer) => ({
      model: 'm',
      messages: [HUMAN, (answer['choices'] as { message: unknown }[])[0]?.message],
    }),
  },
  Responses: {
    client: openaiResponsesClient,
    requestOf: (answer) => ({ model: 'm', input: [HUMAN, ...(answer['output'] as unknown[])] }),
  },
  Messages: {
    client: anthropicClient,
    requestOf: (answer) => ({
      model: 'm',
      max_tokens: 10,
      messages: [HUMAN, { role: 'assistant', content: answer['content'] }],
    }),
  },
}

/** Signatures of the calls that Gemini is sent. */
function sentSignatures(messages: Message[]): unknown[] {
  const request: ChatRequest = { model: 'm', messages, tools: [{ type: 'function', name: 'f' }], stream: false }
  const { body } = geminiProvider.encodeRequest(request, { model: 'gemini-2.5-pro', quirks: {}, inputTokens: 0 })
  const parts = (body['contents'] as { parts: Record<string, unknown>[] }[]).flatMap((content) => content.parts)
  return parts.filter((part) => part['functionCall'] !== undefined).map((part) => part['thoughtSignature'])
}

for (const [name, { client, requestOf }] of Object.entries(CARRIERS)) {
  describe(name, () => {
    it('carries the signature of a call through the client and back', () => {
      const answer = client.encodeResponse(ANSWER, meta({ mode: 'auto' }))
      const { messages } = client.decodeRequest(requestOf(answer))
      assert.deepEqual(sentSignatures(messages), ['c2ln', undefined])
    })

    it('says in a stream what a whole answer says', () => {
      const encoder = client.createStreamEncoder(meta({ mode: 'auto' }))
      const wire = toEvents(ANSWER)
        .map((event) => encoder.push(event))
        .join('')
      assert.ok((wire + encoder.end()).includes('c2ln'))
    })
  })
}

for (const client of [anthropicClient, openaiResponsesClient, ollamaClient]) {
  it(`a client of ${client.id} that asked for no thoughts gets no block of reasoning for a proof`, () => {
    assert.ok(!JSON.stringify(client.encodeResponse(ANSWER, meta())).includes('c2ln'))
    const encoder = client.createStreamEncoder(meta({ mode: 'off' }))
    const wire = toEvents(ANSWER).map((event) => encoder.push(event))
    assert.ok(!(wire.join('') + encoder.end()).includes('c2ln'))
  })
}

describe("Google's OpenAI-compatible endpoint", () => {
  const extra = { google: { thought_signature: 'c2ln' } }
  const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' }, extra_content: extra }

  it('gives signatures in whole answers and in streams', () => {
    const whole = { choices: [{ message: { tool_calls: [call] }, finish_reason: 'tool_calls' }] }
    assert.deepEqual(openaiChatProvider.decodeResponse(whole).content, [CALL])
    const decoder = openaiChatProvider.createStreamDecoder()
    const chunk = { choices: [{ index: 0, delta: { tool_calls: [{ ...call, index: 0 }] } }] }
    const events = decoder.push({ event: '', data: JSON.stringify(chunk) })
    assert.deepEqual(collect(events).content, [CALL])
  })

  it('gets them back', () => {
    const messages: Message[] = [{ role: 'assistant', content: [CALL, BARE] }]
    const request: ChatRequest = { model: 'm', messages, tools: [], stream: false }
    const { body } = openaiChatProvider.encodeRequest(request, { model: 'm', quirks: {}, inputTokens: 0 })
    const [message] = body['messages'] as { tool_calls: Record<string, unknown>[] }[]
    assert.deepEqual(
      message?.tool_calls.map((each) => each['extra_content']),
      [extra, undefined],
    )
  })

  it('keeps its own from other providers, whose bodies go through', () => {
    const body = (): Record<string, unknown> => ({ messages: [{ role: 'assistant', tool_calls: [{ ...call }] }] })
    const [kept, stripped] = [body(), body()]
    assert.equal(
      openaiChatProvider.stripProofs?.(kept, (proof) => proof === 'c2ln'),
      false,
    )
    assert.deepEqual(kept, body())
    assert.equal(
      openaiChatProvider.stripProofs?.(stripped, () => false),
      true,
    )
    const { extra_content: _, ...rest } = call
    assert.deepEqual(stripped, { messages: [{ role: 'assistant', tool_calls: [rest] }] })
  })
})
