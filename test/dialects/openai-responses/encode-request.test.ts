import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, ThinkingRequest } from '../../../src/chat/request.ts'
import { openaiResponsesClient, openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { PNG, request, target, wire, type Json } from './support.ts'

function encode(change: Partial<ChatRequest>, to: Partial<EncodeTarget> = {}): { body: Json; dropped: string[] } {
  const { body, dropped } = openaiResponsesProvider.encodeRequest(request(change), target(to))
  return { body: wire(body), dropped }
}

function inputOf(...messages: Message[]): unknown {
  return encode({ messages }).body['input']
}

function text(value: string): { type: 'text'; text: string } {
  return { type: 'text', text: value }
}

const HELLO = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }]

describe('a request', () => {
  it('is stateless', () => {
    assert.deepEqual(encode({}), {
      body: { model: 'upstream-model', input: HELLO, stream: false, store: false },
      dropped: [],
    })
  })

  it('of Codex is written as Codex wrote it, but for ids and what is not needed', async () => {
    const path = new URL('../../fixtures/dialects/openai-responses/codex-loop.json', import.meta.url)
    const sent = JSON.parse(await readFile(path, 'utf8')) as Json
    const decoded = openaiResponsesClient.decodeRequest(sent)
    const { body, dropped } = openaiResponsesProvider.encodeRequest(decoded, target())
    assert.deepEqual(dropped, [])
    assert.deepEqual(body['tools'], sent['tools'])
    const items = body['input'] as Json[]
    assert.deepEqual(
      items.map(({ type }) => type),
      [
        'message',
        'message',
        'message',
        'reasoning',
        'message',
        'function_call',
        'custom_tool_call',
        'function_call',
        'function_call_output',
        'custom_tool_call_output',
        'function_call_output',
      ],
    )
    assert.equal(body['instructions'], 'You are a coding agent.')
    assert.deepEqual(items[6], {
      type: 'custom_tool_call',
      call_id: 'call_2',
      name: 'apply_patch',
      input: '*** Begin Patch\n+the\n*** End Patch',
    })
    assert.deepEqual(items[7], {
      type: 'function_call',
      call_id: 'call_3',
      name: 'spawn_agent',
      namespace: 'multi_agent_v1',
      arguments: '{"task":"look"}',
    })
    assert.deepEqual(body['include'], ['reasoning.encrypted_content'])
  })

  it('keeps system messages after the first in their place', () => {
    const { body } = encode({
      messages: [
        { role: 'system', content: [text('a'), text('b')] },
        { role: 'user', content: [text('hi')] },
        { role: 'system', content: [text('c')] },
      ],
    })
    assert.equal(body['instructions'], 'a\nb')
    assert.deepEqual(body['input'], [
      ...HELLO,
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'c' }] },
    ])
  })

  it('carries its settings, and names those that it cannot carry', () => {
    const { body, dropped } = encode({
      stream: true,
      maxTokens: 1000,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      stop: ['x'],
      seed: 1,
      presencePenalty: 1,
      frequencyPenalty: 1,
      user: 'u1',
    })
    const { input, ...rest } = body
    assert.deepEqual(input, HELLO)
    assert.deepEqual(rest, {
      model: 'upstream-model',
      stream: true,
      store: false,
      max_output_tokens: 1000,
      temperature: 0.5,
      top_p: 0.9,
      user: 'u1',
    })
    assert.deepEqual(dropped, ['top_k', 'stop', 'seed', 'presence_penalty', 'frequency_penalty'])
  })

  it('keeps within what OpenAI takes', () => {
    assert.equal(encode({ maxTokens: 1 }).body['max_output_tokens'], 16)
    assert.equal(encode({ maxTokens: 9000 }, { output: 4096 }).body['max_output_tokens'], 4096)
    const { body, dropped } = encode({ user: 'u'.repeat(65) })
    assert.deepEqual([body['user'], dropped], [undefined, ['user']])
  })

  it('leaves out what the provider refuses, but not what makes it a request', () => {
    const quirks = { drop_parameters: ['temperature', 'top_p', 'input', 'store'] }
    const { body, dropped } = encode({ temperature: 1 }, { quirks })
    assert.deepEqual(Object.keys(body), ['model', 'input', 'stream', 'store'])
    assert.deepEqual(dropped, ['temperature'])
  })
})

describe('content', () => {
  it('has images and files', () => {
    assert.deepEqual(
      inputOf({
        role: 'user',
        content: [
          text('look'),
          { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: PNG } },
          { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' }, detail: 'low' },
          { type: 'document', source: { type: 'base64', mediaType: 'application/pdf', data: 'aGk=' } },
          {
            type: 'document',
            source: { type: 'base64', mediaType: 'application/msword', data: 'aGk=' },
            name: 'a.doc',
          },
          { type: 'document', source: { type: 'url', url: 'https://x.test/a.pdf' } },
          { type: 'document', source: { type: 'text', text: 'plain' }, name: 'a.txt' },
          { type: 'document', source: { type: 'base64', mediaType: 'text/markdown', data: 'aGk=' } },
        ],
      }),
      [
        {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: 'look' },
            { type: 'input_image', image_url: `data:image/png;base64,${PNG}`, detail: 'auto' },
            { type: 'input_image', image_url: 'https://x.test/a.png', detail: 'low' },
            { type: 'input_file', filename: 'document.pdf', file_data: 'data:application/pdf;base64,aGk=' },
            { type: 'input_file', filename: 'a.doc', file_data: 'data:application/msword;base64,aGk=' },
            { type: 'input_file', file_url: 'https://x.test/a.pdf' },
            { type: 'input_text', text: 'a.txt:\nplain' },
            { type: 'input_text', text: 'hi' },
          ],
        },
      ],
    )
  })

  it('has no file whose type nobody names', () => {
    const source = { type: 'base64' as const, mediaType: 'application/msword', data: 'aGk=' }
    const { dropped } = encode({ messages: [{ role: 'user', content: [text('x'), { type: 'document', source }] }] })
    assert.deepEqual(dropped, ['document'])
  })

  it('of an assistant is items in order; reasoning only with its payload', () => {
    const { body, dropped } = encode({
      messages: [
        { role: 'user', content: [text('hi')] },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', text: 'mine', encrypted: 'gAAA' },
            { type: 'thinking', text: 'of another', signature: 'c2ln' },
            { type: 'thinking', text: 'words' },
            text('so'),
            text(''),
            { type: 'tool_call', id: 'a', name: 'f', arguments: '' },
          ],
        },
        { role: 'tool', callId: 'a', content: [text('one'), text('two')] },
      ],
    })
    assert.deepEqual((body['input'] as Json[]).slice(1), [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'mine' }], encrypted_content: 'gAAA' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'so' }] },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: 'one\ntwo' },
    ])
    assert.deepEqual(dropped, ['thinking'])
    assert.deepEqual(body['include'], ['reasoning.encrypted_content'])
  })

  it('of a tool may have images; results without a call are left out', () => {
    const { body, dropped } = encode({
      messages: [
        { role: 'assistant', content: [{ type: 'tool_call', id: '', name: 'f', arguments: '{}' }] },
        {
          role: 'tool',
          callId: '',
          content: [text('seen'), { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } }],
        },
        { role: 'tool', callId: 'gone', content: [text('x')] },
      ],
    })
    assert.deepEqual((body['input'] as Json[]).slice(1), [
      {
        type: 'function_call_output',
        call_id: 'call_0',
        output: [
          { type: 'input_text', text: 'seen' },
          { type: 'input_image', image_url: 'https://x.test/a.png', detail: 'auto' },
        ],
      },
    ])
    assert.deepEqual(dropped, ['tool_result:gone'])
  })
})

describe('tools', () => {
  const plain = { type: 'function' as const, name: 'f', description: 'does', schema: { type: 'object', title: 'F' } }

  it('are flat, with a whole schema, and never strict by silence', () => {
    const { body } = encode({ tools: [plain, { type: 'function', name: 'g', strict: true }] })
    assert.deepEqual(body['tools'], [
      {
        type: 'function',
        name: 'f',
        description: 'does',
        parameters: { type: 'object', title: 'F', properties: {} },
        strict: false,
      },
      { type: 'function', name: 'g', parameters: { type: 'object', properties: {} }, strict: true },
    ])
    const { body: trimmed } = encode({ tools: [plain] }, { quirks: { drop_schema_keywords: ['title'] } })
    assert.deepEqual((trimmed['tools'] as Json[])[0]?.['parameters'], { type: 'object', properties: {} })
  })

  it('of the server pass in this dialect only', () => {
    const search = { type: 'web_search', external_web_access: true }
    const { body, dropped } = encode({
      tools: [
        { type: 'native', dialect: 'openai-responses', name: 'web_search', raw: search },
        { type: 'native', dialect: 'anthropic-messages', name: 'web_search_20250305', raw: {} },
      ],
      toolChoice: { type: 'tool', name: 'web_search' },
    })
    assert.deepEqual([body['tools'], body['tool_choice']], [[search], { type: 'web_search' }])
    assert.deepEqual(dropped, ['tool:web_search_20250305'])
  })

  it('are left out with their choice when none is left', () => {
    const { body, dropped } = encode({
      tools: [{ type: 'native', dialect: 'gemini', name: 'x', raw: {} }],
      toolChoice: { type: 'required' },
      parallelTools: false,
    })
    assert.deepEqual(Object.keys(body), ['model', 'input', 'stream', 'store'])
    assert.deepEqual(dropped, ['tool:x'])
  })

  it('are chosen by name, and in parallel unless the provider refuses to hear of it', () => {
    const chosen = encode({ tools: [plain], toolChoice: { type: 'tool', name: 'f' }, parallelTools: false })
    assert.deepEqual(chosen.body['tool_choice'], { type: 'function', name: 'f' })
    assert.equal(chosen.body['parallel_tool_calls'], false)
    const gone = encode({ tools: [plain], toolChoice: { type: 'tool', name: 'gone' } })
    assert.deepEqual([gone.body['tool_choice'], gone.dropped], [undefined, ['tool_choice']])
    const quiet = encode({ tools: [plain], parallelTools: true }, { quirks: { parallel_tool_calls: false } })
    assert.deepEqual([quiet.body['parallel_tool_calls'], quiet.dropped], [undefined, ['parallel_tool_calls']])
  })
})

describe('the format', () => {
  const schema = { type: 'object', properties: {} }

  it('is a schema with a name, or JSON', () => {
    assert.deepEqual(encode({ output: { type: 'json_schema', schema } }).body['text'], {
      format: { type: 'json_schema', name: 'response', schema },
    })
    assert.deepEqual(encode({ output: { type: 'json' } }).body['text'], { format: { type: 'json_object' } })
  })

  it('becomes JSON and words where the provider has no schemas', () => {
    const { body, dropped } = encode({ output: { type: 'json_schema', schema } }, { quirks: { json_schema: false } })
    assert.deepEqual([body['text'], dropped], [{ format: { type: 'json_object' } }, ['json_schema']])
    assert.match(String(body['instructions']), /JSON Schema:\n\{"type":"object"/)
  })
})

describe('reasoning', () => {
  const cases: [ThinkingRequest | undefined, Partial<EncodeTarget>, unknown, string[]][] = [
    [undefined, { thinking: true }, undefined, []],
    [{ mode: 'on', effort: 'high' }, {}, { effort: 'high', summary: 'auto' }, []],
    [{ mode: 'on', budgetTokens: 2000 }, {}, { effort: 'low', summary: 'auto' }, []],
    [{ mode: 'on' }, { thinking: false }, undefined, ['reasoning']],
    [{ mode: 'on' }, { quirks: { reasoning_effort: false } }, undefined, ['reasoning']],
    [{ mode: 'auto' }, { thinking: true }, { summary: 'auto' }, []],
    [{ mode: 'auto' }, {}, undefined, []],
    [{ mode: 'off' }, { thinking: true }, { effort: 'none' }, []],
    [{ mode: 'off' }, {}, undefined, []],
    [{ mode: 'off', effort: 'none' }, {}, { effort: 'none' }, []],
  ]
  for (const [thinking, to, expected, notes] of cases) {
    it(`is ${JSON.stringify(expected)} for ${JSON.stringify(thinking)} and ${JSON.stringify(to)}`, () => {
      const { body, dropped } = encode(thinking === undefined ? {} : { thinking }, to)
      assert.deepEqual([body['reasoning'], dropped], [expected, notes])
      const isAsked = expected !== undefined && thinking?.mode !== 'off'
      assert.deepEqual(body['include'], isAsked ? ['reasoning.encrypted_content'] : undefined)
    })
  }
})
