// Requests written for OpenAI's models, in both dialects: none is refused for what its model does not take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, ThinkingRequest } from '../../../src/chat/request.ts'
import { openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import { openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import { openaiChatViolations } from '../../helpers/wire-rules/openai-chat.ts'
import { openaiResponsesViolations } from '../../helpers/wire-rules/openai-responses.ts'

const MODELS = ['gpt-4.1', 'gpt-5-chat-latest', 'o3', 'gpt-5', 'gpt-5-mini', 'gpt-5.1', 'gpt-5.2', 'gpt-5.5', 'gpt-6']
const THINKING: readonly (ThinkingRequest | undefined)[] = [
  undefined,
  { mode: 'off' },
  { mode: 'off', effort: 'none' },
  { mode: 'on' },
  { mode: 'on', effort: 'minimal' },
  { mode: 'on', effort: 'max' },
  { mode: 'on', budgetTokens: 20_000 },
  { mode: 'auto' },
]
const LONG = `chatcmpl-tool-${'0123456789abcdef'.repeat(4)}`
const REQUEST: ChatRequest = {
  model: 'sage/auto',
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'go' }] },
    { role: 'assistant', content: [{ type: 'tool_call', id: LONG, name: 'look', arguments: '{}' }] },
    { role: 'tool', callId: LONG, content: [{ type: 'text', text: 'seen' }] },
  ],
  tools: [{ type: 'function', name: 'look' }],
  stream: true,
  maxTokens: 1,
  temperature: 0,
  topP: 0.95,
  presencePenalty: 0.5,
  stop: ['END'],
}

for (const model of MODELS) {
  test(`${model} refuses nothing that is written for it`, () => {
    for (const thinking of THINKING) {
      const request = thinking === undefined ? REQUEST : { ...REQUEST, thinking }
      for (const reasons of [undefined, !/^gpt-4|chat/.test(model)]) {
        const target = { model, quirks: {}, inputTokens: 10, ...(reasons !== undefined && { thinking: reasons }) }
        const chat = openaiChatProvider.encodeRequest(request, target).body
        assert.deepEqual(openaiChatViolations(chat), [], `chat ${JSON.stringify(thinking)}`)
        const responses = openaiResponsesProvider.encodeRequest(request, target).body
        assert.deepEqual(openaiResponsesViolations(responses), [], `responses ${JSON.stringify(thinking)}`)
      }
    }
  })
}

test('what a model does not take is noted', () => {
  const { body, dropped } = openaiChatProvider.encodeRequest(REQUEST, { model: 'o3', quirks: {}, inputTokens: 10 })
  assert.deepEqual(dropped.toSorted(), ['presence_penalty', 'stop', 'temperature', 'top_p'])
  assert.equal(body['temperature'], undefined)
})

test('long ids that end alike stay apart, and results follow them', () => {
  const ids = ['a', 'b'].map((start) => start + '0'.repeat(60))
  const { body } = openaiChatProvider.encodeRequest(
    {
      ...REQUEST,
      messages: [
        { role: 'assistant', content: ids.map((id) => ({ type: 'tool_call', id, name: 'look', arguments: '{}' })) },
        ...ids.map((id) => ({ role: 'tool' as const, callId: id, content: [{ type: 'text' as const, text: id }] })),
      ],
    },
    { model: 'gpt-4.1', quirks: {}, inputTokens: 10 },
  )
  const [asked, ...results] = body['messages'] as {
    tool_calls: { id: string }[]
    tool_call_id: string
    content: string
  }[]
  assert.deepEqual(
    asked?.tool_calls.map(({ id }) => id),
    results.map((result) => result.tool_call_id),
  )
  assert.notEqual(asked?.tool_calls[0]?.id, asked?.tool_calls[1]?.id)
  assert.deepEqual(
    results.map(({ content }) => content),
    ids,
  )
})
