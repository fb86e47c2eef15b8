// Requests of other dialects, written for models of every generation: none is refused for what it does not take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import type { ChatRequest, ThinkingRequest } from '../../../src/chat/request.ts'
import { anthropicMessagesViolations } from '../../helpers/wire-rules/anthropic-messages.ts'

const MODELS = [
  'claude-3-7-sonnet-latest',
  'claude-haiku-4-5',
  'claude-opus-4-5-20251101',
  'claude-sonnet-4-6',
  'claude-opus-4-7',
  'claude-opus-5',
  'claude-sonnet-5-5',
  'claude-fable-5-1',
]
const THINKING: readonly (ThinkingRequest | undefined)[] = [
  undefined,
  { mode: 'off' },
  { mode: 'off', effort: 'max' },
  { mode: 'on' },
  { mode: 'on', effort: 'xhigh' },
  { mode: 'on', budgetTokens: 20_000 },
  { mode: 'auto' },
  { mode: 'auto', effort: 'minimal' },
]
const REQUEST: ChatRequest = {
  model: 'sage/auto',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'go' }] }],
  tools: [{ type: 'function', name: 'look' }],
  stream: true,
  maxTokens: 4000,
  temperature: 0.3,
  topP: 0.9,
  topK: 3,
  toolChoice: { type: 'required' },
}

for (const model of MODELS) {
  test(`${model} refuses nothing that is written for it`, () => {
    for (const thinking of THINKING) {
      const request = thinking === undefined ? REQUEST : { ...REQUEST, thinking }
      const { body } = anthropicProvider.encodeRequest(request, { model, quirks: {}, inputTokens: 10, output: 64_000 })
      const found = anthropicMessagesViolations(body, { 'anthropic-version': '2023-06-01' })
      assert.deepEqual(found, [], JSON.stringify(thinking))
    }
  })
}

test('what a generation does not take is noted', () => {
  const { dropped } = anthropicProvider.encodeRequest(
    { ...REQUEST, thinking: { mode: 'off' } },
    { model: 'claude-sonnet-5-5', quirks: {}, inputTokens: 10 },
  )
  assert.deepEqual(dropped.toSorted(), ['temperature', 'thinking_off', 'tool_choice', 'top_k', 'top_p'])
})
