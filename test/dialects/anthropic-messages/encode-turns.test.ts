import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { calls, encode, HI, result, text, TOOL } from './request-support.ts'

function turns(messages: Message[]): unknown {
  const found = encode({ messages, tools: [TOOL] }).body['messages'] as {
    role: string
    content: Record<string, unknown>[]
  }[]
  return found.map((turn) => [
    turn.role,
    ...turn.content.map(
      (block) => block['text'] ?? block['id'] ?? `${String(block['tool_use_id'])}=${String(block['content'])}`,
    ),
  ])
}

describe('encodeRequest: turns', () => {
  const reminder = (words: string): string => `<system-reminder>\n${words}\n</system-reminder>`
  const missing = 'No result was recorded for this call.'
  const table: [string, Message[], unknown][] = [
    [
      'neighbours are merged',
      [HI, text('user', 'there'), text('assistant', 'a'), text('assistant', 'b')],
      [
        ['user', 'hi', 'there'],
        ['assistant', 'a', 'b'],
      ],
    ],
    [
      'the first turn is the user',
      [text('assistant', 'hello'), HI],
      [
        ['user', 'Continue.'],
        ['assistant', 'hello'],
        ['user', 'hi'],
      ],
    ],
    ['nothing at all', [], [['user', 'Continue.']]],
    [
      'empty text goes',
      [HI, text('assistant', ' \n'), text('user', ''), text('user', 'there')],
      [['user', 'hi', 'there']],
    ],
    [
      'a last assistant turn is trimmed',
      [HI, text('assistant', 'So: \n')],
      [
        ['user', 'hi'],
        ['assistant', 'So:'],
      ],
    ],
    [
      'parallel results in the order of the calls, before text',
      [HI, calls('a', 'b'), result('b', '2'), text('user', 'and?'), result('a', '1')],
      [
        ['user', 'hi'],
        ['assistant', 'a', 'b'],
        ['user', 'a=1', 'b=2', 'and?'],
      ],
    ],
    [
      'a missing result',
      [HI, calls('a', 'b'), result('b', '2')],
      [
        ['user', 'hi'],
        ['assistant', 'a', 'b'],
        ['user', `a=${missing}`, 'b=2'],
      ],
    ],
    [
      'no result at all',
      [HI, calls('a'), HI],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', `a=${missing}`, 'hi'],
      ],
    ],
    [
      'an open end',
      [HI, calls('a')],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', `a=${missing}`],
      ],
    ],
    [
      'ids that repeat',
      [HI, calls('a'), result('a', '1'), calls('a'), result('a', '2')],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', 'a=1'],
        ['assistant', 'a_2'],
        ['user', 'a_2=2'],
      ],
    ],
    [
      'ids of other vendors',
      [HI, calls('f.x:0', 'f.x_0'), result('f.x_0', '2'), result('f.x:0', '1')],
      [
        ['user', 'hi'],
        ['assistant', 'f_x_0', 'f_x_0_2'],
        ['user', 'f_x_0=1', 'f_x_0_2=2'],
      ],
    ],
    [
      'a later system turn joins the user',
      [HI, text('system', 'env'), text('assistant', 'ok')],
      [
        ['user', 'hi', reminder('env')],
        ['assistant', 'ok'],
      ],
    ],
    [
      'and never parts calls from results',
      [HI, calls('a'), text('system', 'env'), result('a', '1')],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', 'a=1', reminder('env')],
      ],
    ],
  ]
  for (const [name, messages, expected] of table) it(name, () => assert.deepEqual(turns(messages), expected))

  it('drops a result without a call, and says so', () => {
    const { body, dropped } = encode({ messages: [HI, result('ghost'), text('assistant', 'a'), HI] })
    assert.equal((body['messages'] as unknown[]).length, 3)
    assert.deepEqual(dropped, ['tool_result:ghost'])
  })

  it('puts leading system messages into `system`', () => {
    const { body } = encode({ messages: [text('system', 'one'), text('system', 'two'), HI] })
    assert.deepEqual(body['system'], [
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ])
  })

  it('carries images, documents and errors of tools', () => {
    const png = { type: 'base64', mediaType: 'image/png', data: 'aGk=' } as const
    const { body, dropped } = encode({
      tools: [TOOL],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: png, detail: 'high' },
            { type: 'image', source: { type: 'url', url: 'https://x/y' } },
            { type: 'document', name: 'a.pdf', source: { type: 'base64', mediaType: 'application/pdf', data: 'aGk=' } },
            { type: 'document', source: { type: 'base64', mediaType: 'text/csv', data: 'YSxi' } },
            { type: 'document', source: { type: 'base64', mediaType: 'application/zip', data: 'aGk=' } },
          ],
        },
        calls('a'),
        {
          role: 'tool',
          callId: 'a',
          content: [
            { type: 'text', text: '' },
            { type: 'image', source: png },
          ],
          isError: true,
        },
      ],
    })
    const wirePng = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } }
    const [first, , last] = body['messages'] as { content: unknown }[]
    assert.deepEqual(first?.content, [
      wirePng,
      { type: 'image', source: { type: 'url', url: 'https://x/y' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'aGk=' }, title: 'a.pdf' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a,b' } },
    ])
    assert.deepEqual(last?.content, [{ type: 'tool_result', tool_use_id: 'a', content: [wirePng], is_error: true }])
    assert.deepEqual(dropped, ['document:application/zip'])
  })

  const inputs: [string, unknown][] = [
    ['', {}],
    ['{"a":1}', { a: 1 }],
    ['[1]', { _raw: '[1]' }],
    ['{"a":', { _raw: '{"a":' }],
  ]
  for (const [args, input] of inputs) {
    it(`arguments ${JSON.stringify(args)}`, () => {
      const call: Message = { role: 'assistant', content: [{ type: 'tool_call', id: 'a', name: 'f', arguments: args }] }
      const { body } = encode({ messages: [HI, call, result('a')] })
      assert.deepEqual((body['messages'] as { content: unknown }[])[1]?.content, [
        { type: 'tool_use', id: 'a', name: 'f', input },
      ])
    })
  }
})

describe('encodeRequest: tools', () => {
  it('writes function tools, keeps its own server tools and drops those of others', () => {
    const raw = { type: 'web_search_20250305', name: 'web_search' }
    const { body, dropped } = encode({
      tools: [
        { type: 'function', name: 'f', description: 'd', schema: { type: 'object', properties: {} }, strict: true },
        { type: 'function', name: 'g' },
        { type: 'function', name: 'h', schema: { properties: {} }, strict: false },
        { type: 'native', dialect: 'anthropic-messages', name: 'web_search', raw },
        { type: 'native', dialect: 'openai-chat', name: 'web_search_preview', raw: {} },
      ],
    })
    assert.deepEqual(body['tools'], [
      { name: 'f', description: 'd', input_schema: { type: 'object', properties: {} }, strict: true },
      { name: 'g', input_schema: { type: 'object', properties: {} } },
      { name: 'h', input_schema: { type: 'object', properties: {} } },
      raw,
    ])
    assert.deepEqual(dropped, ['tool:web_search_preview'])
  })

  it('makes names acceptable, the same everywhere', () => {
    const name = 'mcp.files/read'
    const { body } = encode({
      tools: [
        { type: 'function', name },
        { type: 'function', name: 'mcp_files_read' },
      ],
      toolChoice: { type: 'tool', name },
      messages: [
        HI,
        { role: 'assistant', content: [{ type: 'tool_call', id: 'a', name, arguments: '{}' }] },
        result('a'),
      ],
    })
    assert.deepEqual(
      (body['tools'] as { name: string }[]).map((tool) => tool.name),
      ['mcp_files_read_aabcbb24', 'mcp_files_read'],
    )
    assert.deepEqual(body['tool_choice'], { type: 'tool', name: 'mcp_files_read_aabcbb24' })
    assert.equal(
      (body['messages'] as { content: { name: string }[] }[])[1]?.content[0]?.name,
      'mcp_files_read_aabcbb24',
    )
  })

  const choices: [string, Partial<ChatRequest>, unknown][] = [
    ['unset', {}, undefined],
    ['auto', { toolChoice: { type: 'auto' } }, { type: 'auto' }],
    ['required', { toolChoice: { type: 'required' } }, { type: 'any' }],
    ['none', { toolChoice: { type: 'none' }, parallelTools: false }, { type: 'none' }],
    ['single', { parallelTools: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [
      'single and required',
      { toolChoice: { type: 'required' }, parallelTools: false },
      { type: 'any', disable_parallel_tool_use: true },
    ],
    ['parallel', { parallelTools: true }, undefined],
  ]
  for (const [name, request, expected] of choices) {
    it(`tool_choice: ${name}`, () =>
      assert.deepEqual(encode({ tools: [TOOL], ...request }).body['tool_choice'], expected))
  }

  it('sends neither `tools: []` nor a choice without tools', () => {
    const { body } = encode({ tools: [], toolChoice: { type: 'required' }, parallelTools: false })
    assert.ok(!('tools' in body) && !('tool_choice' in body))
  })

  it('defines the tools of the history when the request offers none', () => {
    const { body } = encode({ messages: [HI, calls('a', 'b'), result('a'), result('b')] })
    assert.deepEqual(body['tools'], [{ name: 'f', input_schema: { type: 'object', properties: {} } }])
    assert.deepEqual(body['tool_choice'], { type: 'none' })
  })
})
