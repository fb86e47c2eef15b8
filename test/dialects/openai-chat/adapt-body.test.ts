import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'

const SCHEMA = { type: 'json_schema', json_schema: { name: 'x', schema: {} } }

const LONG = 'chatcmpl-tool-0123456789abcdef0123456789abcdef'

const CASES: {
  name: string
  body: object
  quirks: Quirks
  model?: string
  drop?: string[]
  rename?: object
  set?: object
}[] = [
  { name: 'nothing without quirks', body: { model: 'm', seed: 1, tools: [{}], max_tokens: 5 }, quirks: {} },
  {
    name: 'a refused parameter',
    body: { seed: 1, user: 'u' },
    quirks: { drop_parameters: ['seed', 'logprobs'] },
    drop: ['seed'],
  },
  {
    name: 'what the flags refuse',
    body: { reasoning_effort: 'low', parallel_tool_calls: true, stream_options: {}, tools: [{}] },
    quirks: { reasoning_effort: false, parallel_tool_calls: false, stream_usage: false },
    drop: ['reasoning_effort', 'parallel_tool_calls', 'stream_options'],
  },
  {
    name: 'an empty tool list goes with all that depends on it',
    body: { tools: [], tool_choice: 'auto', parallel_tool_calls: true },
    quirks: {},
    drop: ['tools', 'tool_choice', 'parallel_tool_calls'],
  },
  {
    name: 'the needed members stay',
    body: { model: 'm', messages: [] },
    quirks: { drop_parameters: ['model', 'messages'] },
  },
  {
    name: 'the output limit gets the provider’s name',
    body: { max_completion_tokens: 5 },
    quirks: { max_tokens_field: 'max_tokens' },
    rename: { max_completion_tokens: 'max_tokens' },
  },
  {
    name: 'the output limit under both names stays',
    body: { max_completion_tokens: 5, max_tokens: 5 },
    quirks: { max_tokens_field: 'max_tokens' },
  },
  {
    name: 'a schema where only plain JSON is known',
    body: { response_format: SCHEMA },
    quirks: { json_schema: false },
    set: { response_format: '{"type":"json_object"}' },
  },
  {
    name: 'sampling that a model refuses while it reasons',
    body: { temperature: 0, top_p: 0.95, frequency_penalty: 0, stop: ['x'], user: 'u' },
    quirks: {},
    model: 'gpt-5.5',
    drop: ['temperature', 'top_p', 'frequency_penalty', 'stop'],
  },
  {
    name: 'sampling stays where the model does not reason by default',
    body: { temperature: 0, top_p: 0.95 },
    quirks: {},
    model: 'openai/gpt-5.2',
  },
  {
    name: 'sampling goes with an effort',
    body: { temperature: 0, reasoning_effort: 'minimal' },
    quirks: {},
    model: 'gpt-5.2',
    drop: ['temperature'],
    set: { reasoning_effort: '"low"' },
  },
  {
    name: 'sampling stays with models that are not known to refuse it',
    body: { temperature: 0, stop: ['x'], reasoning_effort: 'max' },
    quirks: {},
    model: 'qwen3-max',
  },
  {
    name: 'an effort for a model that does not reason',
    body: { reasoning_effort: 'low', temperature: 0.5 },
    quirks: {},
    model: 'gpt-4.1-mini',
    drop: ['reasoning_effort'],
  },
  {
    name: 'long ids of calls, with their results, for OpenAI',
    body: {
      messages: [call(LONG), { role: 'tool', tool_call_id: LONG, content: 'x' }, { role: 'user', content: LONG }],
    },
    quirks: {},
    model: 'gpt-4.1',
    set: {
      messages: JSON.stringify([
        call(LONG.slice(-40)),
        { role: 'tool', tool_call_id: LONG.slice(-40), content: 'x' },
        { role: 'user', content: LONG },
      ]),
    },
  },
  {
    name: 'an output limit that leaves a model no room to reason',
    body: { max_completion_tokens: 1 },
    quirks: {},
    model: 'gpt-5-mini',
    set: { max_completion_tokens: '16' },
  },
  { name: 'a small output limit stays elsewhere', body: { max_tokens: 1 }, quirks: {}, model: 'gpt-4.1' },
  { name: 'long ids stay elsewhere', body: { messages: [call(LONG)] }, quirks: {}, model: 'qwen3' },
  { name: 'plain JSON stays', body: { response_format: { type: 'json_object' } }, quirks: { json_schema: false } },
]

function call(id: string): unknown {
  return { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name: 'f' } }] }
}

for (const { name, body, quirks, model = 'm', drop = [], rename = {}, set = {} } of CASES) {
  test(`adapt body: ${name}`, () => {
    const found = openaiChatProvider.adaptBody?.(new JsonOutline(Buffer.from(JSON.stringify(body))), {
      quirks,
      model,
      inputTokens: 100,
    })
    assert.ok(found !== undefined)
    assert.deepEqual([...found.drop], drop)
    assert.deepEqual(Object.fromEntries(found.rename), rename)
    assert.deepEqual(Object.fromEntries(found.set), set)
  })
}
