import type { Json } from '../grid-json.ts'
import { OBJECT, PNG, testRules, type RuleTable } from './rule-table.ts'

const NATIVE_CALL = { function: { index: 0, name: 'look', arguments: {} } }

function nativeTool(parameters: unknown): Json {
  return { tools: [{ type: 'function', function: { name: 'look', parameters } }] }
}

const TABLE: RuleTable = {
  dialect: 'ollama',
  good: {
    model: 'qwen3',
    messages: [
      { role: 'user', content: 'x', images: [PNG] },
      { role: 'assistant', content: '', thinking: 'x', tool_calls: [NATIVE_CALL] },
      { role: 'tool', tool_name: 'look', content: 'seen' },
    ],
    ...nativeTool({ ...OBJECT, required: ['n'] }),
    think: 'low',
    format: OBJECT,
    stream: false,
    options: { num_ctx: 8192, temperature: 0.5, stop: ['a'] },
    some_new_field: true,
  },
  bad: [
    ['no model', { model: undefined }, /^model: is required$/],
    ['a role that is lost', { messages: [{ role: 'developer', content: 'x' }] }, /invalid role developer/],
    ['parts', { messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }] }] }, /cannot unmarshal into string/],
    [
      'a data URL',
      { messages: [{ role: 'user', content: '', images: [`data:image/png;base64,${PNG}`] }] },
      /illegal base64/,
    ],
    [
      'arguments as text',
      { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'x', arguments: '{}' } }] }] },
      /must be an object/,
    ],
    ['a result of nobody', { messages: [{ role: 'tool', content: 'x' }] }, /tool_name: is missing/],
    ['a property that is true', nativeTool({ type: 'object', properties: { a: true } }), /into ToolProperty/],
    ['a requirement that is true', nativeTool({ ...OBJECT, required: true }), /into \[\]string/],
    ['an unknown way to think', { think: 'hard' }, /invalid think value: hard/],
    ['an unknown format', { format: 'xml' }, /invalid format/],
    ['half a token', { options: { num_predict: 0.5 } }, /type integer/],
    ['one stop', { options: { stop: 'a' } }, /type array/],
    ['a stream that is text', { stream: 'yes' }, /must be a boolean/],
  ],
}

testRules(TABLE)
