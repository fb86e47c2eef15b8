import type { Json } from '../grid-json.ts'
import { OBJECT, PNG, testRules, type RuleTable } from './rule-table.ts'

const CHAT_CALL = { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }
const CHAT_MESSAGES = [
  { role: 'system', content: 'x' },
  { role: 'user', content: [{ type: 'text', text: 'x' }, image(`data:image/png;base64,${PNG}`)] },
  { role: 'assistant', content: null, reasoning_content: 'x', tool_calls: [CHAT_CALL] },
  { role: 'tool', tool_call_id: 'call_1', content: 'seen' },
  { role: 'user', content: 'and?' },
]

function image(url: string): Json {
  return { type: 'image_url', image_url: { url } }
}

function chatTool(definition: Json): Json {
  return { tools: [{ type: 'function', function: { name: 'look', parameters: OBJECT, ...definition } }] }
}

const TABLE: RuleTable = {
  dialect: 'chat',
  good: {
    model: 'gpt-4.1',
    messages: CHAT_MESSAGES,
    ...chatTool({ description: 'x', strict: false }),
    tool_choice: 'auto',
    parallel_tool_calls: true,
    max_completion_tokens: 100,
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0.5,
    stop: ['a'],
    store: false,
  },
  bad: [
    ['an unknown parameter', { top_k: 4 }, /^top_k: unknown field$/],
    ['no messages', { messages: [] }, /^messages: must be a list/],
    ['an unknown role', { messages: [{ role: 'model', content: 'x' }] }, /unknown role model/],
    ['an empty list of parts', { messages: [{ role: 'user', content: [] }] }, /empty array/],
    [
      'an image in a system message',
      { messages: [{ role: 'system', content: [image('https://x/y.png')] }] },
      /image_url/,
    ],
    ['a picture that is none', { messages: [{ role: 'user', content: [image('file:///x')] }] }, /is no image URL/],
    ['an assistant without a word', { messages: [{ role: 'assistant', content: null }] }, /must be a string/],
    ['a call without its result', { messages: CHAT_MESSAGES.slice(0, 3) }, /did not have response messages: call_1/],
    ['a result without a call', { messages: [CHAT_MESSAGES[3]] }, /must be a response to a preceding call/],
    [
      'a result too late',
      { messages: [CHAT_MESSAGES[2], CHAT_MESSAGES[4], CHAT_MESSAGES[3]] },
      /did not have response/,
    ],
    ['a result twice', { messages: [...CHAT_MESSAGES.slice(0, 4), CHAT_MESSAGES[3]] }, /must be a response/],
    ['a long id', chatCalls({ ...CHAT_CALL, id: 'x'.repeat(41) }), /has 41/],
    ['arguments that are no text', chatCalls({ ...CHAT_CALL, function: { name: 'look', arguments: {} } }), /arguments/],
    ['a call to a bad name', chatCalls({ ...CHAT_CALL, function: { name: 'a.b', arguments: '{}' } }), /does not match/],
    ['no calls in the list', { messages: [{ role: 'assistant', content: 'x', tool_calls: [] }] }, /empty array/],
    ['an empty list of tools', { tools: [] }, /must have 1 to 128 entries/],
    ['a choice without tools', { tools: undefined, parallel_tool_calls: undefined }, /only allowed when tools/],
    ['a choice of nothing', { tool_choice: { type: 'function', function: { name: 'y' } } }, /not offered/],
    ['an unknown member of a function', chatTool({ cache_control: {} }), /cache_control: unknown field/],
    ['a schema that is no object', chatTool({ parameters: { type: 'string' } }), /must be of type "object"/],
    ['a schema without properties', chatTool({ parameters: { type: 'object' } }), /missing properties/],
    ['a list of anything', chatTool({ parameters: { type: 'object', properties: { a: { type: 'array' } } } }), /items/],
    ['a strict schema that is open', chatTool({ strict: true }), /additionalProperties/],
    ['both limits', { max_tokens: 5 }, /must not stand beside/],
    ['too hot', { temperature: 2.1 }, /must be 0 to 2/],
    ['five stops', { stop: ['a', 'b', 'c', 'd', 'e'] }, /at most 4/],
    ['options of no stream', { stream: false }, /only allowed when stream/],
    ['JSON that nobody mentions', { response_format: { type: 'json_object' } }, /the word JSON/],
    ['a schema without a name', { response_format: { type: 'json_schema', json_schema: { schema: OBJECT } } }, /name/],
    ['effort of a model that has none', { reasoning_effort: 'low' }, /unsupported value low/],
    ['sampling of a model that reasons', { model: 'gpt-5', stop: undefined }, /^temperature: unsupported value/],
    ['stops of a model that reasons', { model: 'o3', temperature: 1 }, /^stop: is not supported/],
  ],
}

function chatCalls(call: Json): Json {
  return {
    messages: [
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: call['id'], content: 'x' },
    ],
  }
}

testRules(TABLE)
