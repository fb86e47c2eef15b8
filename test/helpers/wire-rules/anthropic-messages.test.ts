import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../grid-json.ts'
import { OBJECT, PNG, testRules, violationsOf, type RuleTable } from './rule-table.ts'

const USE = { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }
const THOUGHT = { type: 'thinking', thinking: 'x', signature: 'c2ln' }
const RESULT = {
  type: 'tool_result',
  tool_use_id: 'toolu_1',
  is_error: false,
  content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } }],
}
const TURNS = [
  { role: 'user', content: 'x' },
  { role: 'assistant', content: [THOUGHT, USE] },
  { role: 'user', content: [RESULT, { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }] },
]

function turns(...blocks: Json[]): Json {
  return { messages: [{ role: 'user', content: blocks }] }
}

function said(...blocks: Json[]): Json {
  return { messages: [TURNS[0], { role: 'assistant', content: blocks }, TURNS[2]] }
}

function claudeTool(definition: Json): Json {
  return { tools: [{ name: 'look', input_schema: OBJECT, ...definition }] }
}

const TABLE: RuleTable = {
  dialect: 'messages',
  good: {
    model: 'claude-sonnet-4-5',
    max_tokens: 4000,
    system: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }],
    messages: TURNS,
    ...claudeTool({ description: 'x', defer_loading: true }),
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    thinking: { type: 'enabled', budget_tokens: 2000 },
    context_management: { edits: [{ type: 'clear_thinking_20251015' }] },
    metadata: { user_id: 'u' },
    stop_sequences: ['a'],
    stream: true,
  },
  bad: [
    ['an unknown field', { seed: 4 }, /^seed: unknown field$/],
    ['a field of another beta', { mcp_servers: [] }, /^mcp_servers: unknown field$/],
    ['no limit', { max_tokens: undefined }, /^max_tokens: field required$/],
    ['no messages', { messages: [] }, /at least one message/],
    [
      'an assistant first',
      { messages: [{ role: 'assistant', content: 'x' }] },
      /first message must use the "user" role/,
    ],
    ['a role of OpenAI', { messages: [{ role: 'developer', content: 'x' }] }, /unexpected role developer/],
    ['a system turn first', { messages: [{ role: 'system', content: 'x' }, ...TURNS] }, /unexpected role 'system'/],
    ['nothing', { messages: [{ role: 'user', content: [] }] }, /non-empty content/],
    ['white space', turns({ type: 'text', text: ' \n' }), /non-whitespace/],
    ['an unknown member of a block', turns({ type: 'text', text: 'x', parsed: null }), /parsed: unknown field/],
    ['a member of a message', { messages: [{ role: 'user', content: 'x', name: 'bob' }] }, /name: unknown field/],
    ['a call by the user', turns(USE), /not for user turns/],
    ['a result by the assistant', said(RESULT), /not for assistant turns/],
    ['a result without a call', turns(RESULT), /unexpected tool_use_id/],
    [
      'a call without a result',
      { messages: [...TURNS.slice(0, 2), { role: 'user', content: 'x' }] },
      /without tool_result/,
    ],
    [
      'text before results',
      { messages: [...TURNS.slice(0, 2), { role: 'user', content: [{ type: 'text', text: 'x' }, RESULT] }] },
      /come first/,
    ],
    ['two results', { messages: [...TURNS.slice(0, 2), { role: 'user', content: [RESULT, RESULT] }] }, /single result/],
    ['the same id twice', said(THOUGHT, USE, USE), /must be unique/],
    ['an id with a dot', said(THOUGHT, { ...USE, id: 'a.b' }), /does not match/],
    ['input that is text', said(THOUGHT, { ...USE, input: '{}' }), /valid dictionary/],
    ['thinking without a signature', said({ ...THOUGHT, signature: '' }, USE), /signature: field required/],
    ['a loop without thinking', said(USE), /expected thinking before tool_use/],
    ['a cached thought', said({ ...THOUGHT, cache_control: {} }, USE), /unknown field/],
    ['a picture of a strange type', turns(picture('image/tiff', PNG)), /should be image\/jpeg/],
    ['a picture that is cut', turns(picture('image/png', 'abc…')), /invalid base64/],
    ['a tool with a dot', claudeTool({ name: 'a.b' }), /does not match/],
    ['two tools of a name', { tools: [...list(claudeTool({})), ...list(claudeTool({}))] }, /must be unique: look/],
    ['a schema without a type', claudeTool({ input_schema: {} }), /must be "object"/],
    ['a choice of schemas', claudeTool({ input_schema: { ...OBJECT, anyOf: [] } }), /anyOf at the top level/],
    ['a strange property', claudeTool({ input_schema: { type: 'object', properties: { $id: {} } } }), /key \$id/],
    ['a choice without tools', { tools: [] }, /may only be specified with tools/],
    ['force while thinking', { tool_choice: { type: 'any' } }, /forces tool use/],
    ['a small budget', { thinking: { type: 'enabled', budget_tokens: 1000 } }, /must be 1024/],
    ['a budget as large as all', { max_tokens: 2000 }, /greater than thinking.budget_tokens/],
    ['temperature while thinking', { temperature: 0 }, /may only be set to 1/],
    ['thinking to clear where there is none', { thinking: undefined }, /clear_thinking requires/],
    [
      'an open schema of the answer',
      { output_config: { format: { type: 'json_schema', schema: OBJECT } } },
      /set to false/,
    ],
    [
      'five marks',
      turns(...Array.from({ length: 5 }, () => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }))),
      /maximum of 4/,
    ],
    ['adaptive thinking of old models', { thinking: { type: 'adaptive' } }, /not supported on this model/],
    ['effort of old models', { output_config: { effort: 'low' } }, /does not support the effort/],
    ['a budget of new models', { model: 'claude-opus-4-8' }, /"thinking.type.enabled" is not supported/],
    ['no thinking where it is always on', { model: 'claude-fable-5', thinking: { type: 'disabled' } }, /type.disabled/],
    ['sampling of new models', { model: 'claude-opus-5', thinking: undefined, top_k: 4 }, /`top_k` is deprecated/],
    ['force of the newest models', { model: 'claude-opus-5-5', tool_choice: { type: 'any' } }, /"tool" and "any"/],
  ],
}

function picture(media_type: string, data: string): Json {
  return { type: 'image', source: { type: 'base64', media_type, data } }
}

function list({ tools }: Json): Json[] {
  return tools as Json[]
}

testRules(TABLE)

test('the version is wanted, and a field of a beta is taken with that beta alone', () => {
  assert.deepEqual(violationsOf(TABLE, TABLE.good, {}), [
    'anthropic-version: header is required',
    'context_management: unknown field',
  ])
})
