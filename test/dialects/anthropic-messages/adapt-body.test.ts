// Bodies that pass on in their own dialect, for models whose generation refuses a part of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import { editObject } from '../../../src/lib/json-edit.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { anthropicMessagesViolations } from '../../helpers/wire-rules/anthropic-messages.ts'
import type { Json } from '../../helpers/grid-json.ts'

const MODELS = ['claude-3-7-sonnet-latest', 'claude-haiku-4-5', 'claude-opus-4-6', 'claude-opus-4-8', 'claude-opus-5']
const NEWEST = ['claude-sonnet-5-5', 'claude-fable-5-1', 'claude-opus-5-5-20261001']

function adapted(body: Json, model: string, quirks: Quirks = {}): Json {
  const outline = new JsonOutline(Buffer.from(JSON.stringify(body)))
  const edits = anthropicProvider.adaptBody?.(outline, { quirks, model, inputTokens: 100 })
  assert.ok(edits !== undefined)
  return JSON.parse(editObject(outline, edits).toString('utf8')) as Json
}

const BASE = { model: 'sage/auto', max_tokens: 32_000, messages: [{ role: 'user', content: 'go' }] }
const TOOLS = [{ name: 'look', input_schema: { type: 'object' } }]
const CLEARING = { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] }
const OPEN_LOOP = [
  { role: 'user', content: 'go' },
  { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'seen' }] },
]

const CASES: readonly { name: string; model: string; body: Json; expected: Json }[] = [
  {
    name: 'adaptive thinking becomes a budget by the effort, for models that know no other',
    model: 'claude-haiku-4-5',
    body: { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'low' } },
    expected: { thinking: { type: 'enabled', budget_tokens: 4096 } },
  },
  {
    name: 'the budget leaves room for the answer',
    model: 'claude-haiku-4-5',
    body: { max_tokens: 4000, thinking: { type: 'adaptive' } },
    expected: { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } },
  },
  {
    name: 'without room for a budget there is no thinking, and nothing to clear',
    model: 'claude-haiku-4-5',
    body: { max_tokens: 1000, thinking: { type: 'adaptive' }, context_management: CLEARING },
    expected: { max_tokens: 1000 },
  },
  {
    name: 'an open tool loop without thinking goes on without',
    model: 'claude-sonnet-4-5',
    body: { messages: OPEN_LOOP, thinking: { type: 'enabled', budget_tokens: 2000 }, context_management: CLEARING },
    expected: { messages: OPEN_LOOP },
  },
  {
    name: 'other edits of the context stay',
    model: 'claude-sonnet-4-5',
    body: {
      messages: OPEN_LOOP,
      thinking: { type: 'adaptive' },
      context_management: { edits: [...CLEARING.edits, { type: 'clear_tool_uses_20250919' }] },
    },
    expected: { messages: OPEN_LOOP, context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] } },
  },
  {
    name: 'a budget becomes an effort, for models that know no other',
    model: 'claude-opus-4-8',
    body: { thinking: { type: 'enabled', budget_tokens: 31_999, display: 'summarized' } },
    expected: { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'high' } },
  },
  {
    name: 'an effort that is there beats the budget, and the format beside it stays',
    model: 'claude-opus-4-8',
    body: {
      thinking: { type: 'enabled', budget_tokens: 31_999 },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
    },
    expected: {
      thinking: { type: 'adaptive' },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
    },
  },
  {
    name: 'the newest models take no sampling and no force',
    model: 'claude-sonnet-5-5',
    body: {
      temperature: 0,
      top_p: 0.9,
      top_k: 5,
      tools: TOOLS,
      tool_choice: { type: 'tool', name: 'look', disable_parallel_tool_use: true },
    },
    expected: { tools: TOOLS, tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
  },
  {
    name: 'models that always reason are not told to stop',
    model: 'claude-fable-5',
    body: { thinking: { type: 'disabled' } },
    expected: {},
  },
  {
    name: 'the highest efforts do not go with disabled thinking',
    model: 'claude-opus-5',
    body: { thinking: { type: 'disabled' }, output_config: { effort: 'max' } },
    expected: { thinking: { type: 'disabled' }, output_config: { effort: 'high' } },
  },
]

for (const { name, model, body, expected } of CASES) {
  test(`${model}: ${name}`, () => {
    assert.deepEqual(adapted({ ...BASE, ...body }, model), { ...BASE, ...expected })
  })
}

test('a quirk removes what is not needed', () => {
  const quirks = { drop_parameters: ['metadata', 'model', 'absent'] }
  assert.deepEqual(adapted({ ...BASE, metadata: { user_id: 'u' } }, 'kimi-k2', quirks), BASE)
})

const THINKING = [undefined, { type: 'adaptive' }, { type: 'enabled', budget_tokens: 2000 }, { type: 'disabled' }]
const EFFORTS = [undefined, 'low', 'max']
const HEADERS = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'context-management-2025-06-27' }

test('whatever a client asks of thinking and sampling, no generation refuses it', () => {
  for (const model of [...MODELS, ...NEWEST]) {
    for (const thinking of THINKING) {
      for (const effort of EFFORTS) {
        for (const messages of [BASE.messages, OPEN_LOOP]) {
          const isOn = thinking?.type === 'adaptive' || thinking?.type === 'enabled'
          const body = {
            ...BASE,
            messages,
            tools: TOOLS,
            ...(thinking && { thinking }),
            ...(effort !== undefined && { output_config: { effort } }),
            ...(isOn ? { context_management: CLEARING } : { temperature: 0.2, tool_choice: { type: 'any' } }),
          }
          const found = anthropicMessagesViolations({ ...adapted(body, model), model }, HEADERS)
          assert.deepEqual(found, [], `${model} ${JSON.stringify(body)}`)
        }
      }
    }
  }
})

test('models that nothing is known of get the bytes as they came', () => {
  for (const model of ['kimi-k2', 'glm-4.7', 'claude', 'my-claude-proxy']) {
    const body = { ...BASE, thinking: { type: 'adaptive' }, temperature: 0.2, tool_choice: { type: 'any' } }
    assert.deepEqual(adapted(body, model), body)
  }
})
