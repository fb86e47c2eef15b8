import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { openaiResponsesClient } from '../../../src/dialects/openai-responses/index.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import { call, decode, tool, user, type Json } from './support.ts'

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
