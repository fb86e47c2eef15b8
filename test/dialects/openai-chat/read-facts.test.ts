import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadRequest, type RequestFacts } from '../../../src/dialects/types.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { openaiChatClient } from '../../../src/dialects/openai-chat/index.ts'
import { assistantCalls, call, factsOf, image, PNG, result, tool, user } from './body.ts'

const system = { role: 'system', content: 'You help.' }
const noise = user('<environment_context>\n<cwd>/w</cwd>\n</environment_context>')
const loop = [user('run it'), assistantCalls(call('c1', 'bash', '{}')), result('c1', 'done')]

const cases: [name: string, body: Record<string, unknown>, expected: Partial<RequestFacts>][] = [
  [
    'the smallest request',
    { messages: [user('hi')] },
    {
      model: '',
      stream: false,
      turn: 'hi',
      previousTurn: '',
      firstTurn: 'hi',
      system: '',
      inToolLoop: false,
      tools: 0,
    },
  ],
  [
    'nothing else is set',
    { messages: [user('hi')] },
    { toolForced: false, toolsBytes: 0, vision: false, liveVision: false, documents: false, json: 'none' },
  ],
  ['no thinking, limit or session', { messages: [user('hi')] }, { thinking: 'unset', maxOutputTokens: 0, session: '' }],
  ['model and stream', { model: 'a/b', stream: true, messages: [user('hi')] }, { model: 'a/b', stream: true }],
  [
    'turns of a conversation',
    { messages: [system, user('one'), { role: 'assistant', content: 'x' }, user('two'), user('three')] },
    { firstTurn: 'one', previousTurn: 'two', turn: 'three', system: 'You help.' },
  ],
  [
    'messages without a human word are skipped',
    { messages: [user('real'), noise] },
    { turn: 'real', firstTurn: 'real' },
  ],
  ['also in front', { messages: [noise, user('real')] }, { turn: 'real', firstTurn: 'real', previousTurn: '' }],
  [
    'parts are joined, reminders removed',
    {
      messages: [
        user([
          { type: 'text', text: '<system-reminder>x</system-reminder>' },
          { type: 'text', text: 'go' },
        ]),
      ],
    },
    { turn: 'go' },
  ],
  ['tool loop', { messages: loop }, { inToolLoop: true, turn: 'run it' }],
  ['tool loop behind a system message', { messages: [...loop, system] }, { inToolLoop: true }],
  ['tool loop behind an injected message', { messages: [...loop, noise] }, { inToolLoop: true, turn: 'run it' }],
  ['a new turn ends the loop', { messages: [...loop, user('thanks')] }, { inToolLoop: false, previousTurn: 'run it' }],
  ['an answer ends the loop', { messages: [...loop, { role: 'assistant', content: 'ok' }] }, { inToolLoop: false }],
  [
    'function role counts',
    { messages: [user('x'), { role: 'function', name: 'f', content: '1' }] },
    { inToolLoop: true },
  ],
  [
    'role need not come first',
    {
      messages: [
        { content: 'one', role: 'user' },
        { content: 'r', tool_call_id: 'c', role: 'tool' },
      ],
    },
    { turn: 'one', inToolLoop: true },
  ],
  ['developer is system', { messages: [{ role: 'developer', content: 'Dev.' }, user('hi')] }, { system: 'Dev.' }],
  [
    'system in parts',
    { messages: [{ role: 'system', content: [{ type: 'text', text: 'P' }] }, user('x')] },
    { system: 'P' },
  ],
  ['later system messages are not the opening', { messages: [user('hi'), system] }, { system: '' }],
  ['tools', { messages: [user('x')], tools: [tool('a'), tool('b')] }, { tools: 2 }],
  [
    'no tools',
    { messages: [user('x')], tools: [], tool_choice: 'required' },
    { tools: 0, toolsBytes: 0, toolForced: false },
  ],
  [
    'functions',
    { messages: [user('x')], functions: [{ name: 'f' }], function_call: { name: 'f' } },
    { tools: 1, toolForced: true },
  ],
  ['forced', { messages: [user('x')], tools: [tool('a')], tool_choice: 'required' }, { toolForced: true }],
  [
    'forced by name',
    { messages: [user('x')], tools: [tool('a')], tool_choice: { type: 'function', function: { name: 'a' } } },
    { toolForced: true },
  ],
  ['not forced', { messages: [user('x')], tools: [tool('a')], tool_choice: 'auto' }, { toolForced: false }],
  [
    'live image',
    { messages: [user([image(), { type: 'text', text: 'what is it' }])] },
    { vision: true, liveVision: true },
  ],
  ['image alone', { messages: [user([image()])] }, { vision: true, liveVision: true, turn: '' }],
  ['image beside the turn', { messages: [user([image()]), user('what is it')] }, { liveVision: true }],
  [
    'old image',
    { messages: [user([image()]), { role: 'assistant', content: 'a dot' }, user('thanks')] },
    { vision: true, liveVision: false },
  ],
  [
    'image of a tool',
    { messages: [user('look'), assistantCalls(call('c', 'shot', '{}')), result('c', [image()])] },
    { vision: true, liveVision: true },
  ],
  ['image by URL', { messages: [user([image('https://x.test/a.png')])] }, { vision: true }],
  ['text about image_url', { messages: [user('use {"type":"image_url"} here')] }, { vision: false }],
  [
    'a tool call about image_url',
    { messages: [assistantCalls(call('c', 'f', '{"image_url":"x"}')), user('y')] },
    { vision: false },
  ],
  [
    'a file',
    {
      messages: [user([{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,QUJD' } }])],
    },
    { documents: true, vision: false },
  ],
  ['JSON mode', { messages: [user('x')], response_format: { type: 'json_object' } }, { json: 'object' }],
  [
    'JSON schema',
    { messages: [user('x')], response_format: { type: 'json_schema', json_schema: { name: 'n', schema: {} } } },
    { json: 'schema' },
  ],
  ['reasoning on', { messages: [user('x')], reasoning_effort: 'low' }, { thinking: 'on' }],
  ['reasoning off', { messages: [user('x')], reasoning_effort: 'none' }, { thinking: 'off' }],
  ['reasoning off, as GLM has it', { messages: [user('x')], thinking: { type: 'disabled' } }, { thinking: 'off' }],
  ['limit', { messages: [user('x')], max_tokens: 5, max_completion_tokens: 7 }, { maxOutputTokens: 7 }],
  ['older limit', { messages: [user('x')], max_tokens: 5 }, { maxOutputTokens: 5 }],
  ['session', { messages: [user('x')], prompt_cache_key: 'k', user: 'u' }, { session: 'k' }],
  ['session by user', { messages: [user('x')], user: 'u', metadata: { session_id: 's' } }, { session: 'u' }],
  ['session by metadata', { messages: [user('x')], metadata: { session_id: 's' } }, { session: 's' }],
]

for (const [name, body, expected] of cases) {
  test(`readFacts: ${name}`, () => {
    const facts = factsOf(body)
    const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, facts[key as keyof RequestFacts]]))
    assert.deepEqual(picked, expected)
  })
}

test('a long turn keeps its head and its tail', () => {
  const text = 'h'.repeat(15_000) + 'm'.repeat(15_000) + 't'.repeat(15_000)
  const { turn, firstTurn } = factsOf({ messages: [user(text)] })
  assert.equal(turn, 'h'.repeat(10_000) + 't'.repeat(10_000))
  assert.equal(firstTurn, turn)
})

test('the opening of the system prompt is short', () => {
  const messages = [{ role: 'system', content: 's'.repeat(5_000) }, system, user('x')]
  assert.equal(factsOf({ messages }).system, 's'.repeat(2_000))
})

test('input tokens count text and tools, not base64', () => {
  const messages = [user('x'.repeat(4_000))]
  const tools = [tool('a')]
  const bytes = JSON.stringify(messages).length + JSON.stringify(tools).length
  assert.equal(factsOf({ messages, tools }).inputTokens, Math.ceil(bytes / 4))
  assert.equal(factsOf({ messages, tools }).toolsBytes, JSON.stringify(tools).length)

  const withImage = [user([image(`data:image/png;base64,${PNG.repeat(100)}`)])]
  const empty = JSON.stringify([user([image('')])]).length
  assert.equal(factsOf({ messages: withImage }).inputTokens, Math.ceil(empty / 4))
})

test('many messages with images are read in one pass', () => {
  const messages = Array.from({ length: 50 }, (_, index) => user(index % 2 === 0 ? [image()] : `say ${index}`))
  assert.deepEqual(
    {
      vision: factsOf({ messages }).vision,
      turn: factsOf({ messages }).turn,
      previous: factsOf({ messages }).previousTurn,
    },
    { vision: true, turn: 'say 49', previous: 'say 47' },
  )
})

const refused: [name: string, body: string, param: string][] = [
  ['no messages', '{"model":"m"}', 'messages'],
  ['no message', '{"messages":[]}', 'messages'],
  ['messages of another type', '{"messages":"hi"}', 'messages'],
  ['messages null', '{"messages":null}', 'messages'],
  ['a message that is no object', '{"messages":[{"role":"user","content":"x"},"y"]}', 'messages.1'],
  ['a model that is no string', '{"model":3,"messages":[{"role":"user","content":"x"}]}', 'model'],
  ['a model of null', '{"model":null,"messages":[{"role":"user","content":"x"}]}', 'model'],
]
for (const [name, body, param] of refused) {
  test(`readFacts refuses ${name}`, () => {
    assert.throws(
      () => openaiChatClient.readFacts(new JsonOutline(Buffer.from(body))),
      (error) => error instanceof BadRequest && error.param === param,
    )
  })
}
