// The `ollama` package as the judge of the client's side: it talks to a server that answers with the encoders.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Ollama, type Message as OllamaMessage } from 'ollama'
import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { toEvents, type ChatResponse } from '../../../src/chat/response.ts'
import {
  askedModel,
  findListed,
  ollamaClient,
  psBody,
  pullSteps,
  showBody,
  tagsBody,
  versionBody,
} from '../../../src/dialects/ollama-chat/index.ts'
import { loadReply } from '../../../src/dialects/ollama-chat/load.ts'
import { ollamaGenerateClient } from '../../../src/dialects/ollama-generate/index.ts'
import { generateLoadReply } from '../../../src/dialects/ollama-generate/load.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { startUpstream, type Received, type Reply, type Upstream } from '../../helpers/upstream.ts'
import { shredded } from './arbitraries.ts'
import { CREATED, IMAGES, META, response } from './support.ts'

const MODELS = [
  { id: 'sage/auto', context: 200_000, capabilities: ['tools', 'vision', 'thinking'], owner: 'sage' },
  { id: 'acme/large', owner: 'acme' },
]

const ANSWERS: Readonly<Record<string, ChatResponse>> = {
  'sage/auto': response({
    content: [
      { type: 'thinking', text: 'Let me see.' },
      { type: 'text', text: 'Hello é 😀,\nand more.' },
    ],
  }),
  tools: response({
    content: [
      { type: 'text', text: 'Reading.' },
      { type: 'tool_call', id: 'call_a', name: 'read', arguments: '{"path":"a.txt","lines":[1,2]}' },
      { type: 'tool_call', id: 'call_b', name: 'now', arguments: '' },
    ],
    finish: 'tool_calls',
  }),
  length: response({ content: [{ type: 'text', text: 'cut' }], finish: 'length', usage: {} }),
}

/** The last request that was decoded. */
let decoded: ChatRequest | undefined
let server: Upstream
let client: Ollama

before(async () => {
  server = await startUpstream(serve)
  client = new Ollama({ host: server.url })
})
after(() => server.close())

function serve({ path, body, json }: Received): Reply {
  switch (path) {
    case '/api/tags':
      return { json: tagsBody(MODELS) }
    case '/api/ps':
      return { json: psBody(MODELS, CREATED) }
    case '/api/version':
      return { json: versionBody() }
    case '/api/show': {
      const model = findListed(MODELS, askedModel(json))
      return model === undefined ? notFound(askedModel(json)) : { json: showBody(model) }
    }
    case '/api/pull': {
      const steps = pullSteps(findListed(MODELS, askedModel(json)))
      return json['stream'] === false ? { json: steps.at(-1) } : { ndjson: steps.map((step) => JSON.stringify(step)) }
    }
    case '/api/chat':
      return answer(ollamaClient, loadReply, body, json)
    case '/api/generate':
      return answer(ollamaGenerateClient, generateLoadReply, body, json)
    default:
      return { status: 404, text: '404 page not found' }
  }
}

function answer(
  dialect: Pick<typeof ollamaClient, 'readFacts' | 'decodeRequest' | 'encodeResponse' | 'createStreamEncoder'>,
  load: typeof loadReply,
  body: Buffer,
  json: Record<string, unknown>,
): Reply {
  try {
    const outline = new JsonOutline(body)
    const { model, stream } = dialect.readFacts(outline)
    const loaded = load(outline, CREATED)
    if (loaded !== undefined) return { json: loaded }
    decoded = dialect.decodeRequest(json)
    const error: StreamEvent = { type: 'error', error: { kind: 'server', status: 200, message: 'broke' } }
    const events = model === 'breaks' ? [{ type: 'text' as const, text: 'Hel' }, error] : undefined
    const said = ANSWERS[model]
    if (said === undefined && events === undefined) return notFound(model)
    if (!stream) return { json: dialect.encodeResponse(said ?? response(), META) }
    const encoder = dialect.createStreamEncoder(META)
    const lines = (events ?? shredded(toEvents(said ?? response()), 4)).map((event) =>
      event.type === 'error'
        ? ollamaClient.encodeStreamError({ status: 502, code: 'x', message: event.error.message })
        : encoder.push(event),
    )
    const end = events === undefined ? encoder.end() : ''
    return { chunks: [...lines, end], headers: { 'content-type': 'application/x-ndjson' } }
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error
    return { status: 400, json: ollamaClient.encodeError({ status: 400, code: 'bad_request', message: error.message }) }
  }
}

function notFound(model: string): Reply {
  const message = `model '${model}' not found`
  return { status: 404, json: ollamaClient.encodeError({ status: 404, code: 'model_not_found', message }) }
}

const HI: OllamaMessage = { role: 'user', content: 'hi' }

describe('chat', () => {
  it('streams reasoning and text', async () => {
    const parts = await all(await client.chat({ model: 'sage/auto', messages: [HI], stream: true }))
    assert.equal(parts.map(({ message }) => message.content).join(''), 'Hello é 😀,\nand more.')
    assert.equal(parts.map(({ message }) => message.thinking ?? '').join(''), 'Let me see.')
    const last = parts.at(-1)
    assert.deepEqual(
      [last?.model, last?.done, last?.done_reason, last?.prompt_eval_count, last?.eval_count],
      ['acme/large', true, 'stop', 26, 8],
    )
    assert.equal(new Date(last?.created_at ?? '').getTime(), CREATED * 1000)
    assert.equal(decoded?.stream, true)
  })

  for (const stream of [true, false]) {
    it(`gives tool calls ${stream ? 'in a stream' : 'as a whole'}`, async () => {
      const parts = stream
        ? await all(await client.chat({ model: 'tools', messages: [HI], stream: true }))
        : [await client.chat({ model: 'tools', messages: [HI] })]
      assert.equal(parts.map(({ message }) => message.content).join(''), 'Reading.')
      assert.deepEqual(
        parts.flatMap(({ message }) => message.tool_calls ?? []).map((call) => call.function),
        [
          { index: 0, name: 'read', arguments: { path: 'a.txt', lines: [1, 2] } },
          { index: 1, name: 'now', arguments: {} },
        ],
      )
      assert.equal(parts.at(-1)?.done_reason, 'stop')
    })
  }

  it('tells the limit', async () => {
    const { done_reason: reason, eval_count: count } = await client.chat({ model: 'length', messages: [HI] })
    assert.deepEqual([reason, count], ['length', 0])
  })

  it('takes back what it gave, and a result', async () => {
    const first = await client.chat({ model: 'tools', messages: [HI] })
    const results = ['now', 'read'].map((name) => ({ role: 'tool', tool_name: name, content: name }))
    await client.chat({ model: 'sage/auto', messages: [HI, first.message, ...results], think: 'low' })
    assert.deepEqual(decoded?.messages.slice(1), [
      { role: 'assistant', content: ANSWERS['tools']?.content.map(withArguments) },
      { role: 'tool', callId: 'call_b', name: 'now', content: [{ type: 'text', text: 'now' }] },
      { role: 'tool', callId: 'call_a', name: 'read', content: [{ type: 'text', text: 'read' }] },
    ])
    assert.deepEqual(decoded?.thinking, { mode: 'on', effort: 'low' })
  })

  it('takes pictures as bytes', async () => {
    const bytes = new Uint8Array(Buffer.from(IMAGES.webp, 'base64'))
    await client.chat({ model: 'sage/auto', messages: [{ ...HI, images: [bytes] }] })
    assert.deepEqual(decoded?.messages[0]?.content[0], {
      type: 'image',
      source: { type: 'base64', mediaType: 'image/webp', data: IMAGES.webp },
    })
  })

  it('answers a request that only loads the model', async () => {
    const parts = await all(await client.chat({ model: 'sage/auto', messages: [], stream: true }))
    assert.deepEqual(
      parts.map((part) => [part.done, part.done_reason, part.message]),
      [[true, 'load', { role: 'assistant', content: '' }]],
    )
    const whole = await client.chat({ model: 'sage/auto', keep_alive: 0 })
    assert.equal(whole.done_reason, 'unload')
  })

  it('tells errors', async () => {
    await assert.rejects(client.chat({ model: 'nope', messages: [HI] }), {
      name: 'ResponseError',
      message: "model 'nope' not found",
      status_code: 404,
    })
    await assert.rejects(client.chat({ model: 'm', messages: ['x'] as unknown as OllamaMessage[] }), {
      status_code: 400,
    })
  })

  it('tells errors inside a stream', async () => {
    const parts: string[] = []
    await assert.rejects(
      async () => {
        for await (const part of await client.chat({ model: 'breaks', messages: [HI], stream: true })) {
          parts.push(part.message.content)
        }
      },
      { message: 'broke' },
    )
    assert.deepEqual(parts, ['Hel'])
  })
})

describe('generate', () => {
  it('streams', async () => {
    const parts = await all(
      await client.generate({ model: 'sage/auto', prompt: 'Why?', system: 'Be brief.', stream: true }),
    )
    assert.equal(parts.map((part) => part.response).join(''), 'Hello é 😀,\nand more.')
    assert.equal(parts.map((part) => part.thinking ?? '').join(''), 'Let me see.')
    assert.deepEqual([parts.at(-1)?.done, parts.at(-1)?.done_reason], [true, 'stop'])
    assert.deepEqual(decoded?.messages, [
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Why?' }] },
    ])
  })

  it('answers as a whole', async () => {
    const bytes = new Uint8Array(Buffer.from(IMAGES.jpeg, 'base64'))
    const answered = await client.generate({ model: 'length', prompt: 'Why?', images: [bytes], format: 'json' })
    assert.deepEqual([answered.response, answered.done_reason], ['cut', 'length'])
    assert.deepEqual(decoded?.messages[0]?.content[0], {
      type: 'image',
      source: { type: 'base64', mediaType: 'image/jpeg', data: IMAGES.jpeg },
    })
    assert.deepEqual([decoded?.output, decoded?.stream], [{ type: 'json' }, false])
  })

  it('only loads the model', async () => {
    const { done_reason: reason } = await client.generate({ model: 'sage/auto', prompt: '' })
    assert.equal(reason, 'load')
  })

  it('tells errors', async () => {
    await assert.rejects(client.generate({ model: 'm', prompt: 'a', suffix: 'b' }), {
      message: '"m" does not support insert',
      status_code: 400,
    })
  })
})

describe('models', () => {
  it('are listed', async () => {
    const { models } = await client.list()
    assert.deepEqual(
      models.map(({ name, size, details }) => [name, size, details.family]),
      [
        ['sage/auto', 0, 'sage'],
        ['acme/large', 0, 'sage'],
      ],
    )
    assert.equal(new Set(models.map(({ digest }) => digest)).size, 2)
  })

  it('run', async () => {
    const { models } = await client.ps()
    assert.deepEqual(
      models.map(({ name }) => name),
      ['sage/auto', 'acme/large'],
    )
    assert.equal(new Date(models[0]?.expires_at ?? '').getTime(), CREATED * 1000)
  })

  it('are shown', async () => {
    const shown = await client.show({ model: 'sage/auto' })
    const info = new Map(Object.entries(shown.model_info))
    const length: unknown = info.get(`${String(info.get('general.architecture'))}.context_length`)
    assert.deepEqual([length, shown.capabilities], [200_000, ['completion', 'tools', 'vision', 'thinking']])
    await assert.rejects(client.show({ model: 'nope' }), { message: "model 'nope' not found", status_code: 404 })
  })

  it('need no pull', async () => {
    assert.deepEqual(await client.pull({ model: 'sage/auto' }), { status: 'success' })
    const steps = await all(await client.pull({ model: 'sage/auto', stream: true }))
    assert.equal(steps.at(-1)?.status, 'success')
    await assert.rejects(async () => all(await client.pull({ model: 'nope', stream: true })), {
      message: 'pull model manifest: file does not exist',
    })
  })

  it('come with a version', async () => {
    assert.deepEqual(await client.version(), versionBody())
  })
})

function withArguments(part: ChatResponse['content'][number]): ChatResponse['content'][number] {
  return part.type === 'tool_call' && part.arguments === '' ? { ...part, arguments: '{}' } : part
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}
