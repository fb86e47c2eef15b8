import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'

const SCHEMA = { type: 'json_schema', json_schema: { name: 'x', schema: {} } }

const CASES: { name: string; body: object; quirks: Quirks; drop?: string[]; rename?: object; set?: object }[] = [
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
  { name: 'plain JSON stays', body: { response_format: { type: 'json_object' } }, quirks: { json_schema: false } },
]

for (const { name, body, quirks, drop = [], rename = {}, set = {} } of CASES) {
  test(`adapt body: ${name}`, () => {
    const found = openaiChatProvider.adaptBody?.(new JsonOutline(Buffer.from(JSON.stringify(body))), quirks)
    assert.ok(found !== undefined)
    assert.deepEqual([...found.drop], drop)
    assert.deepEqual(Object.fromEntries(found.rename), rename)
    assert.deepEqual(Object.fromEntries(found.set), set)
  })
}
