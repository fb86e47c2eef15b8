import { OBJECT, PNG, testRules, type RuleTable } from './rule-table.ts'

const ITEM_CALL = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'c1',
  name: 'look',
  arguments: '{}',
  status: 'completed',
}
const ITEM_OUTPUT = { type: 'function_call_output', call_id: 'c1', output: 'seen' }
const REASONING = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'x' }
const ITEM_TOOL = { type: 'function', name: 'look', parameters: OBJECT, strict: false }

const TABLE: RuleTable = {
  dialect: 'responses',
  good: {
    model: 'gpt-5.5',
    instructions: 'x',
    input: [
      { type: 'message', id: 'msg_1', role: 'developer', content: [{ type: 'input_text', text: 'x' }] },
      { role: 'user', content: [{ type: 'input_image', image_url: `data:image/png;base64,${PNG}`, detail: 'auto' }] },
      REASONING,
      ITEM_CALL,
      ITEM_OUTPUT,
      { role: 'assistant', content: [{ type: 'output_text', text: 'x' }] },
      { type: 'custom_tool_call', call_id: 'c2', name: 'patch', input: 'x' },
      { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'x' }] },
    ],
    tools: [
      ITEM_TOOL,
      { type: 'custom', name: 'patch' },
      { type: 'namespace', name: 'ns', tools: [ITEM_TOOL] },
      { type: 'web_search' },
    ],
    tool_choice: 'auto',
    include: ['reasoning.encrypted_content'],
    reasoning: { effort: 'low', summary: 'auto' },
    store: false,
    stream: true,
    max_output_tokens: 16,
    client_metadata: { a: 'b' },
  },
  bad: [
    ['an unknown parameter', { max_tokens: 4 }, /^max_tokens: unknown field$/],
    ['no input', { input: '' }, /must not be empty/],
    ['an empty list', { input: [] }, /with an entry/],
    [
      'an unknown member of an item',
      { input: [{ role: 'user', content: 'x', metadata: {} }] },
      /metadata: unknown field/,
    ],
    ['an unknown role', { input: [{ role: 'tool', content: 'x' }] }, /unknown tool/],
    [
      'words of the wrong side',
      { input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] }] },
      /output_text/,
    ],
    ['no parts', { input: [{ role: 'user', content: [] }] }, /with an entry/],
    ['an id of another kind', { input: [{ ...ITEM_CALL, id: 'call_1' }, ITEM_OUTPUT] }, /begins with 'fc'/],
    ['a long id of a call', { input: [{ ...ITEM_CALL, call_id: 'x'.repeat(65) }] }, /1 to 64/],
    ['a call without an output', { input: [ITEM_CALL] }, /no tool output found for function call c1/],
    ['an output without a call', { input: [ITEM_OUTPUT] }, /no tool call found/],
    ['the same call twice', { input: [ITEM_CALL, ITEM_CALL, ITEM_OUTPUT] }, /duplicate c1/],
    [
      'reasoning that nothing follows',
      { input: [{ role: 'user', content: 'x' }, REASONING] },
      /required following item/,
    ],
    [
      'reasoning that is stored nowhere',
      { input: [{ ...REASONING, encrypted_content: '' }, ITEM_CALL, ITEM_OUTPUT] },
      /not found/,
    ],
    ['an unknown tool', { tools: [{ type: 'retrieval' }] }, /invalid value retrieval/],
    ['a tool in the shape of Chat', { tools: [{ type: 'function', function: { name: 'look' } }] }, /unknown field/],
    ['force without tools', { tools: [], tool_choice: 'required' }, /must be specified with tools/],
    ['a small limit', { max_output_tokens: 1 }, /must be 16/],
    ['an unknown effort', { reasoning: { effort: 'minimal' } }, /unsupported value minimal/],
    ['an unknown include', { include: ['everything'] }, /invalid value everything/],
    ['sampling', { temperature: 0 }, /only the default is supported/],
    [
      'reasoning of a model that has none',
      { model: 'gpt-4.1', reasoning: { summary: 'auto' } },
      /not supported with this model/,
    ],
    ['a long user', { user: 'x'.repeat(65) }, /at most 64/],
  ],
}

testRules(TABLE)
