// What is asked in the benchmark of `sage serve`.

export interface Case {
  name: string
  /** Pieces of a streamed answer. */
  pieces: number
  /** Between two pieces, in ms. */
  everyMs: number
  /** Requests at a time. */
  width: number
  /** Head and body. */
  request: Buffer
  /** What the CPU time is counted for. */
  unit: 'request' | 'piece'
}

const WORDS =
  'look at the function that reads the profile and tell me why its second argument is never used in this file '

function post(path: string, body: object): Buffer {
  const text = Buffer.from(JSON.stringify(body))
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    'authorization: Bearer sk-client',
    'anthropic-version: 2023-06-01',
    'user-agent: bench/1.0',
    `content-length: ${text.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), text])
}

function words(length: number): string {
  return WORDS.repeat(Math.ceil(length / WORDS.length)).slice(0, length)
}

const parameters = {
  type: 'object',
  properties: {
    path: { type: 'string', description: words(300) },
    line: { type: 'integer' },
    text: { type: 'string' },
  },
  required: ['path'],
}
const names = Array.from({ length: 20 }, (_, n) => `tool_${n}`)

/** A request of about 1 KB. */
function small(stream: boolean): object {
  return {
    model: 'auto',
    stream,
    messages: [
      { role: 'system', content: words(600) },
      { role: 'user', content: words(250) },
    ],
  }
}

/** What a coding agent sends after 40 turns: about 190 KB, 20 tools. */
function chatAgent(stream: boolean): object {
  const turns = Array.from({ length: 40 }, (_, n) => [
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: `c${n}`, type: 'function', function: { name: 'tool_1', arguments: `{"path":"src/${n}.ts"}` } },
      ],
    },
    { role: 'tool', tool_call_id: `c${n}`, content: `${n}: ${words(3600)}\n"quoted"\n` },
  ])
  const tools = names.map((name) => ({ type: 'function', function: { name, description: words(900), parameters } }))
  const messages = [
    { role: 'system', content: words(12_000) },
    { role: 'user', content: `fix this: ${words(400)}` },
    ...turns.flat(),
  ]
  return { model: 'auto', stream, max_tokens: 4000, messages, tools }
}

function messagesAgent(stream: boolean): object {
  const turns = Array.from({ length: 40 }, (_, n) => [
    { role: 'assistant', content: [{ type: 'tool_use', id: `c${n}`, name: 'tool_1', input: { path: `src/${n}.ts` } }] },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: `c${n}`, content: `${n}: ${words(3600)}\n"quoted"\n` }],
    },
  ])
  const tools = names.map((name) => ({ name, description: words(900), input_schema: parameters }))
  const messages = [{ role: 'user', content: `fix this: ${words(400)}` }, ...turns.flat()]
  return { model: 'auto', stream, max_tokens: 4000, system: words(12_000), messages, tools }
}

const CHAT = '/v1/chat/completions'
const whole = { pieces: 0, everyMs: 0, width: 8, unit: 'request' } as const
const streamed = { pieces: 50, everyMs: 20, width: 50, unit: 'piece' } as const

export const CASES: readonly Case[] = [
  { name: 'small', ...whole, request: post(CHAT, small(false)) },
  { name: 'small one at a time', ...whole, width: 1, request: post(CHAT, small(false)) },
  {
    name: 'small translated',
    ...whole,
    request: post('/v1/messages', {
      ...small(false),
      max_tokens: 100,
      system: words(600),
      messages: [{ role: 'user', content: words(250) }],
    }),
  },
  { name: 'agent', ...whole, request: post(CHAT, chatAgent(false)) },
  { name: 'agent translated', ...whole, request: post('/v1/messages', messagesAgent(false)) },
  { name: 'stream', ...streamed, request: post(CHAT, small(true)) },
  {
    name: 'stream translated',
    ...streamed,
    request: post('/v1/messages', {
      ...small(true),
      max_tokens: 100,
      system: words(600),
      messages: [{ role: 'user', content: words(250) }],
    }),
  },
]
