import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { openaiResponsesClient } from '../../../src/dialects/openai-responses/index.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import { call, decode, image, PNG, result, said, tool, user, type Json } from './support.ts'

function messagesOf(...items: Json[]): Message[] {
  return decode(items).messages
}

function text(value: string): { type: 'text'; text: string } {
  return { type: 'text', text: value }
}

async function readLoop(): Promise<Json> {
  const path = new URL('../../fixtures/dialects/openai-responses/codex-loop.json', import.meta.url)
  return JSON.parse(await readFile(path, 'utf8')) as Json
}

describe('a Codex request', () => {
  it('is decoded', async () => {
    const request = openaiResponsesClient.decodeRequest(await readLoop())
    const { messages, tools, ...rest } = request
    assert.deepEqual(messages, [
      { role: 'system', content: [text('You are a coding agent.')] },
      { role: 'system', content: [text('<skills>none</skills>'), text('<apps>none</apps>')] },
      {
        role: 'user',
        content: [text('<environment_context>\n  <cwd>/work</cwd>\n</environment_context>')],
      },
      { role: 'user', content: [text('Fix the typo, then ask a sub-agent to look at it.')] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', text: '**Reading**\n\n**Patching**', encrypted: 'gAAAAABmock' },
          text('I will patch it.'),
          { type: 'tool_call', id: 'call_1', name: 'exec_command', arguments: '{"cmd":"cat a.txt"}' },
          {
            type: 'tool_call',
            id: 'call_2',
            name: 'apply_patch',
            arguments: '{"input":"*** Begin Patch\\n+the\\n*** End Patch"}',
          },
          { type: 'tool_call', id: 'call_3', name: 'multi_agent_v1__spawn_agent', arguments: '{"task":"look"}' },
        ],
      },
      { role: 'tool', callId: 'call_1', content: [text('teh\n')] },
      { role: 'tool', callId: 'call_2', content: [text('Done!')] },
      {
        role: 'tool',
        callId: 'call_3',
        content: [
          text('a picture'),
          { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'aGk=' }, detail: 'high' },
        ],
      },
    ])
    assert.deepEqual(
      tools.map(({ type, name }) => [type, name]),
      [
        ['function', 'exec_command'],
        ['function', 'apply_patch'],
        ['function', 'multi_agent_v1__spawn_agent'],
        ['function', 'multi_agent_v1__close_agent'],
        ['native', 'web_search'],
      ],
    )
    assert.deepEqual(rest, {
      model: 'sage/auto',
      stream: true,
      toolChoice: { type: 'auto' },
      parallelTools: true,
    })
  })

  it('offers free-text tools as functions with one string, their grammar in words', async () => {
    const { tools } = openaiResponsesClient.decodeRequest(await readLoop())
    const patch = tools.find(({ name }) => name === 'apply_patch')
    assert.ok(patch?.type === 'function')
    assert.equal(
      patch.description,
      'Edits files.\n\nThe input must match this lark grammar:\nstart: begin_patch hunk+ end_patch',
    )
    assert.deepEqual(patch.schema, {
      type: 'object',
      properties: { input: { type: 'string', description: 'The input of the tool, as plain text.' } },
      required: ['input'],
      additionalProperties: false,
    })
  })
})

describe('input', () => {
  it('is one user message when it is a string', () => {
    assert.deepEqual(decode('hello').messages, [{ role: 'user', content: [text('hello')] }])
  })

  it('may be empty or missing: LM Studio warms models up so', () => {
    const request = openaiResponsesClient.decodeRequest({ model: 'm', input: '', max_output_tokens: 1 })
    assert.deepEqual(request, {
      model: 'm',
      messages: [{ role: 'user', content: [] }],
      tools: [],
      stream: false,
      maxTokens: 1,
    })
    assert.deepEqual(openaiResponsesClient.decodeRequest({}).messages, [{ role: 'user', content: [] }])
    assert.deepEqual(decode([]).messages, [])
  })

  it('follows the instructions', () => {
    assert.deepEqual(decode('hi', { instructions: 'Be brief.' }).messages, [
      { role: 'system', content: [text('Be brief.')] },
      { role: 'user', content: [text('hi')] },
    ])
  })

  it('takes messages without a type, with plain text, and system messages anywhere', () => {
    assert.deepEqual(
      messagesOf(
        { role: 'system', content: 'a' },
        { role: 'user', content: 'b' },
        { role: 'assistant', content: 'c' },
        { role: 'developer', content: [{ type: 'input_text', text: 'd' }] },
      ),
      [
        { role: 'system', content: [text('a')] },
        { role: 'user', content: [text('b')] },
        { role: 'assistant', content: [text('c')] },
        { role: 'system', content: [text('d')] },
      ],
    )
  })

  it('makes one assistant message of the items of a turn, and a new one after results', () => {
    const messages = messagesOf(
      user('go'),
      { type: 'reasoning', summary: [], encrypted_content: 'one' },
      call('a', 'f', '{}'),
      result('a', 'x'),
      { type: 'reasoning', summary: [], encrypted_content: 'two' },
      said('now g'),
      call('b', 'g', '{}'),
    )
    assert.deepEqual(
      messages.map(({ role, content }) => [role, content.map(({ type }) => type)]),
      [
        ['user', ['text']],
        ['assistant', ['thinking', 'tool_call']],
        ['tool', ['text']],
        ['assistant', ['thinking', 'text', 'tool_call']],
      ],
    )
  })

  it('puts parallel results in the order of their calls', () => {
    const messages = messagesOf(
      call('a', 'f', '{}'),
      call('b', 'g', '{}'),
      result('stray', 's'),
      result('b', '2'),
      result('a', '1'),
    )
    assert.deepEqual(
      messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : [])),
      ['a', 'b', 'stray'],
    )
  })

  it('pairs calls and results without ids', () => {
    const messages = messagesOf(
      { type: 'function_call', name: 'f', arguments: '' },
      { type: 'function_call_output', output: 'x' },
    )
    assert.deepEqual(messages, [
      { role: 'assistant', content: [{ type: 'tool_call', id: 'call_0', name: 'f', arguments: '{}' }] },
      { role: 'tool', callId: 'call_0', content: [text('x')] },
    ])
  })

  it('reads media by data and by URL, and leaves out files of an account', () => {
    assert.deepEqual(
      messagesOf(
        user(
          image(),
          { type: 'input_image', image_url: 'https://x.test/a.png', detail: 'low' },
          { type: 'input_image', file_id: 'file-1' },
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' },
          { type: 'input_file', file_url: 'https://x.test/b.pdf' },
          { type: 'input_file', file_id: 'file-2' },
          { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
        ),
      ),
      [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: PNG } },
            { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' }, detail: 'low' },
            {
              type: 'document',
              source: { type: 'base64', mediaType: 'application/pdf', data: 'aGk=' },
              name: 'a.pdf',
            },
            { type: 'document', source: { type: 'url', url: 'https://x.test/b.pdf' } },
          ],
        },
      ],
    )
  })

  it('reads refusals as text and outputs of every shape', () => {
    assert.deepEqual(
      messagesOf(
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
        call('a', 'f', '{}'),
        result('a', { content: 'x', success: false }),
        result('a', null),
      ).map(({ content }) => content),
      [
        [text('No.'), { type: 'tool_call', id: 'a', name: 'f', arguments: '{}' }],
        [text('{"content":"x","success":false}')],
        [],
      ],
    )
  })

  it('drops what it does not know', () => {
    assert.deepEqual(
      messagesOf(
        user('hi'),
        { type: 'web_search_call', id: 'ws_1', status: 'completed' },
        { type: 'compaction', encrypted_content: 'x' },
        { type: 'computer_call_output', call_id: 'c', output: { type: 'computer_screenshot', image_url: 'x' } },
        { type: 'from_next_year', role: 'user', content: 'x' },
        { type: 'message', role: 'critic', content: 'x' },
        { type: 'reasoning', summary: [] },
        { type: 'item_reference', id: 'rs_1' },
      ),
      [{ role: 'user', content: [text('hi')] }],
    )
  })

  it('reads reasoning by its summary, its own words, or a signature that it was given before', () => {
    const parts = messagesOf(
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'short' }], content: null },
      { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'long' }] },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'why' }], encrypted_content: 'signature:c2ln' },
    )[0]?.content
    assert.deepEqual(parts, [
      { type: 'thinking', text: 'short' },
      { type: 'thinking', text: 'long' },
      { type: 'thinking', text: 'why', signature: 'c2ln' },
    ])
  })

  const wrong: [string, unknown, string][] = [
    ['a number', 5, 'input'],
    ['an object', { role: 'user' }, 'input'],
    ['a list of strings', ['hi'], 'input.0'],
    ['a stored message', [user('a'), { type: 'item_reference', id: 'msg_1' }], 'input.1'],
  ]
  for (const [title, input, param] of wrong) {
    it(`must not be ${title}`, () => {
      assert.throws(
        () => decode(input),
        (error) => error instanceof BadRequest && error.param === param,
      )
    })
  }
})

describe('state at the provider', () => {
  for (const [name, value] of [
    ['previous_response_id', 'resp_1'],
    ['conversation', { id: 'conv_1' }],
    ['prompt', { id: 'pmpt_1' }],
    ['background', true],
  ] as const) {
    it(`is refused: ${name}`, () => {
      assert.throws(
        () => decode('hi', { [name]: value }),
        (error) =>
          error instanceof BadRequest && error.param === name && /the router keeps no responses/.test(error.message),
      )
    })
  }

  it('is no matter when it is not asked for', () => {
    const more = { previous_response_id: null, conversation: null, prompt: null, background: false, store: true }
    assert.deepEqual(decode('hi', more), decode('hi'))
  })
})

describe('tools', () => {
  function toolsOf(tools: unknown[], more: Json = {}): ChatRequest['tools'] {
    return decode('hi', { tools, ...more }).tools
  }

  it('are decoded with what they say', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } }
    const [decoded] = toolsOf([tool('f', { description: 'does', parameters: schema, strict: true })])
    assert.deepEqual(decoded, { type: 'function', name: 'f', description: 'does', schema, strict: true })
  })

  it('may have the nested shape of Chat Completions', () => {
    assert.deepEqual(toolsOf([{ type: 'function', function: { name: 'f' } }]), [{ type: 'function', name: 'f' }])
  })

  it('of the server stay as they are', () => {
    const raw = { type: 'mcp', server_label: 'x', server_url: 'https://x.test' }
    assert.deepEqual(toolsOf([raw]), [{ type: 'native', dialect: 'openai-responses', name: 'mcp', raw }])
  })

  it('may be added in the middle of the conversation, each once', () => {
    const added = {
      type: 'additional_tools',
      role: 'developer',
      tools: [tool('g'), tool('f', { description: 'again' })],
    }
    const { tools } = decode([user('hi'), added], { tools: [tool('f')] })
    assert.deepEqual(
      tools.map((each) => [each.name, each.type === 'function' && each.description]),
      [
        ['f', undefined],
        ['g', undefined],
      ],
    )
  })

  it('of a namespace get a name that every dialect takes, the same each time', () => {
    const names = (namespace: string, name: string): string | undefined =>
      toolsOf([{ type: 'namespace', name: namespace, tools: [tool(name)] }])[0]?.name
    assert.equal(names('ns', 'f'), 'ns__f')
    assert.equal(names('mcp__server__', 'f'), 'mcp__server__f')
    const long = names('n'.repeat(60), 'name')
    assert.match(long ?? '', /^n{55}_[0-9a-f]{8}$/)
    assert.equal(long, names('n'.repeat(60), 'name'))
    assert.notEqual(long, names('n'.repeat(60), 'other'))
    assert.match(names('web.run', 'open') ?? '', /^web_run__open_[0-9a-f]{8}$/)
    const [message] = messagesOf(call('a', 'open', '{}', { namespace: 'web.run' }))
    assert.deepEqual(
      message?.content.map((part) => 'name' in part && part.name),
      [names('web.run', 'open')],
    )
  })

  it('without a name are left out', () => {
    assert.deepEqual(
      toolsOf([{ type: 'function' }, { type: 'custom' }, { type: 'namespace', tools: [] }, 'x', null]),
      [],
    )
  })

  const namespaced = { type: 'namespace', name: 'ns', tools: [tool('h')] }
  const choices: [unknown, unknown, string[]][] = [
    ['auto', { type: 'auto' }, ['f', 'g', 'ns__h', 'web_search']],
    ['none', { type: 'none' }, ['f', 'g', 'ns__h', 'web_search']],
    ['required', { type: 'required' }, ['f', 'g', 'ns__h', 'web_search']],
    [{ type: 'function', name: 'f' }, { type: 'tool', name: 'f' }, ['f', 'g', 'ns__h', 'web_search']],
    [{ type: 'custom', name: 'g' }, { type: 'tool', name: 'g' }, ['f', 'g', 'ns__h', 'web_search']],
    [
      { type: 'function', name: 'h', namespace: 'ns' },
      { type: 'tool', name: 'ns__h' },
      ['f', 'g', 'ns__h', 'web_search'],
    ],
    [{ type: 'web_search' }, { type: 'tool', name: 'web_search' }, ['f', 'g', 'ns__h', 'web_search']],
    [
      { type: 'allowed_tools', mode: 'required', tools: [{ type: 'custom', name: 'g' }, { type: 'web_search' }] },
      { type: 'required' },
      ['g', 'web_search'],
    ],
    [
      { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'gone' }] },
      { type: 'auto' },
      ['f', 'g', 'ns__h', 'web_search'],
    ],
    ['whatever', undefined, ['f', 'g', 'ns__h', 'web_search']],
  ]
  for (const [choice, expected, names] of choices) {
    it(`are chosen by ${JSON.stringify(choice)}`, () => {
      const tools = [tool('f'), { type: 'custom', name: 'g' }, namespaced, { type: 'web_search' }]
      const request = decode('hi', { tools, tool_choice: choice })
      assert.deepEqual(request.toolChoice, expected)
      assert.deepEqual(
        request.tools.map(({ name }) => name),
        names,
      )
    })
  }

  it('are not chosen when there are none: title calls of Codex send an empty list', () => {
    const request = decode('hi', { tools: [], tool_choice: 'auto', parallel_tool_calls: true })
    assert.deepEqual([request.tools, request.toolChoice, request.parallelTools], [[], undefined, undefined])
  })
})

describe('settings', () => {
  it('are decoded', () => {
    const schema = { type: 'object', properties: {} }
    const { messages, ...rest } = decode('hi', {
      stream: true,
      max_output_tokens: 500,
      temperature: 0.2,
      top_p: 0.9,
      reasoning: { effort: 'high', summary: 'auto' },
      text: { format: { type: 'json_schema', name: 'title', schema, strict: true }, verbosity: 'low' },
      user: 'u1',
      service_tier: 'flex',
      truncation: 'auto',
      metadata: { a: 'b' },
    })
    assert.equal(messages.length, 1)
    assert.deepEqual(rest, {
      model: 'sage/auto',
      tools: [],
      stream: true,
      maxTokens: 500,
      temperature: 0.2,
      topP: 0.9,
      thinking: { mode: 'on', effort: 'high' },
      output: { type: 'json_schema', name: 'title', schema, strict: true },
      user: 'u1',
    })
  })

  const formats: [unknown, unknown][] = [
    [{}, undefined],
    [{ format: { type: 'text' } }, undefined],
    [{ format: { type: 'json_object' } }, { type: 'json' }],
    [{ format: { type: 'json_schema', name: 'x' } }, { type: 'json' }],
  ]
  for (const [format, expected] of formats) {
    it(`decodes the format ${JSON.stringify(format)}`, () => {
      assert.deepEqual(decode('hi', { text: format }).output, expected)
    })
  }

  const reasoning: [unknown, unknown][] = [
    [{ effort: 'none' }, { mode: 'off', effort: 'none' }],
    [{ summary: 'auto' }, undefined],
    [{ effort: null, summary: null }, undefined],
    [null, undefined],
  ]
  for (const [value, expected] of reasoning) {
    it(`decodes the reasoning ${JSON.stringify(value)}`, () => {
      assert.deepEqual(decode('hi', { reasoning: value }).thinking, expected)
    })
  }

  it('must name the model with a string', () => {
    assert.throws(() => openaiResponsesClient.decodeRequest({ model: 5, input: 'hi' }), BadRequest)
  })
})
