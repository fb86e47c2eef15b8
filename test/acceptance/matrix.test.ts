// Each client dialect through the router to each kind of provider, streamed and not: text and tool calls arrive whole.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { request } from '../helpers/http.ts'
import { answerAs, ALL_KINDS, providerYaml } from '../helpers/fake-provider.ts'
import type { FakeAnswer } from '../helpers/fake-provider.ts'
import { startRouter } from '../helpers/router.ts'
import type { TestRouter } from '../helpers/router.ts'
import { startUpstream } from '../helpers/upstream.ts'
import type { Upstream } from '../helpers/upstream.ts'

/** Answers that a meddling router has been seen to destroy: JSON, C code, labels, tags, several scripts. */
const FRAGILE = ['{"name":"Bob","age":3}', 'read(fd, buf, n);\n[src/foo.ts] has the bug <tool_call> — ça va 你好 👩‍👩‍👧\n']
const CALLS = [
  { id: 'call_1', name: 'shell', arguments: { cmd: 'ls -la', n: 1 } },
  { id: 'call_2', name: 'clock', arguments: {} },
]

interface Seen {
  text: string
  calls: { name: string; arguments: unknown }[]
  model: string | null
  stop: string | null
}

type Ask = (router: TestRouter, model: string) => Promise<Seen>

function openai(router: TestRouter): OpenAI {
  return new OpenAI({ baseURL: `${router.url}/v1`, apiKey: 'client', maxRetries: 0 })
}

function anthropic(router: TestRouter): Anthropic {
  return new Anthropic({ baseURL: router.url, apiKey: 'client', maxRetries: 0 })
}

const CHAT_TOOLS = ['shell', 'clock'].map((name) => ({
  type: 'function' as const,
  function: { name, parameters: { type: 'object', properties: { cmd: { type: 'string' } } } },
}))
const MESSAGE_TOOLS = ['shell', 'clock'].map((name) => ({
  name,
  input_schema: { type: 'object' as const, properties: { cmd: { type: 'string' } } },
}))

const PARAMETERS = { type: 'object', properties: { cmd: { type: 'string' } } }
const RESPONSE_TOOLS = ['shell', 'clock'].map((name) => ({
  type: 'function' as const,
  name,
  parameters: PARAMETERS,
  strict: false,
}))
const OLLAMA_TOOLS = ['shell', 'clock'].map((name) => ({
  type: 'function',
  function: { name, parameters: PARAMETERS },
}))
const GEMINI_TOOLS = ['shell', 'clock'].map((name) => ({ name, parametersJsonSchema: PARAMETERS }))

const CLIENTS: Record<string, Ask> = {
  'openai, whole': async (router, model) => {
    const { data, response } = await openai(router)
      .chat.completions.create({ model, messages: [{ role: 'user', content: 'go' }], tools: CHAT_TOOLS })
      .withResponse()
    const choice = data.choices[0]
    const calls = choice?.message.tool_calls ?? []
    return {
      text: choice?.message.content ?? '',
      calls: calls.map((call) => {
        assert.ok(call.type === 'function')
        return { name: call.function.name, arguments: JSON.parse(call.function.arguments) as unknown }
      }),
      model: response.headers.get('x-sage-model'),
      stop: choice?.finish_reason ?? null,
    }
  },
  'openai, streamed': async (router, model) => {
    const stream = openai(router).chat.completions.stream({
      model,
      messages: [{ role: 'user', content: 'go' }],
      tools: CHAT_TOOLS,
    })
    const choice = (await stream.finalChatCompletion()).choices[0]
    const calls = choice?.message.tool_calls ?? []
    return {
      text: choice?.message.content ?? '',
      calls: calls.map((call) => {
        assert.ok(call.type === 'function')
        return { name: call.function.name, arguments: JSON.parse(call.function.arguments) as unknown }
      }),
      model: null,
      stop: choice?.finish_reason ?? null,
    }
  },
  'anthropic, whole': async (router, model) => {
    const { data, response } = await anthropic(router)
      .messages.create({ model, max_tokens: 500, messages: [{ role: 'user', content: 'go' }], tools: MESSAGE_TOOLS })
      .withResponse()
    return { ...readBlocks(data), model: response.headers.get('x-sage-model') }
  },
  'anthropic, streamed': async (router, model) => {
    const stream = anthropic(router).messages.stream({
      model,
      max_tokens: 500,
      messages: [{ role: 'user', content: 'go' }],
      tools: MESSAGE_TOOLS,
    })
    return { ...readBlocks(await stream.finalMessage()), model: null }
  },
}

const OTHER_CLIENTS: Record<string, Ask> = {
  'responses, whole': async (router, model) => {
    const { data, response } = await openai(router)
      .responses.create({ model, input: 'go', tools: RESPONSE_TOOLS })
      .withResponse()
    return { ...readItems(data), model: response.headers.get('x-sage-model') }
  },
  'responses, streamed': async (router, model) => {
    const stream = openai(router).responses.stream({ model, input: 'go', tools: RESPONSE_TOOLS })
    return { ...readItems(await stream.finalResponse()), model: null }
  },
  'ollama, whole': async (router, model) => {
    const ollama = new Ollama({ host: router.url })
    const messages = [{ role: 'user', content: 'go' }]
    const { message, done_reason: stop } = await ollama.chat({ model, messages, tools: OLLAMA_TOOLS, stream: false })
    return { text: message.content, calls: ollamaCalls(message.tool_calls), model: null, stop }
  },
  'ollama, streamed': async (router, model) => {
    const ollama = new Ollama({ host: router.url })
    const messages = [{ role: 'user', content: 'go' }]
    const seen: Seen = { text: '', calls: [], model: null, stop: null }
    for await (const part of await ollama.chat({ model, messages, tools: OLLAMA_TOOLS, stream: true })) {
      seen.text += part.message.content
      seen.calls.push(...ollamaCalls(part.message.tool_calls))
      if (part.done) seen.stop = part.done_reason
    }
    return seen
  },
  'gemini, whole': async (router, model) => readGemini([await gemini(router, `${model}:generateContent`)]),
  'gemini, streamed': async (router, model) => {
    const text = await geminiText(router, `${model}:streamGenerateContent?alt=sse`)
    const chunks = text.split('\r\n\r\n').filter((chunk) => chunk.startsWith('data: '))
    return readGemini(chunks.map((chunk) => JSON.parse(chunk.slice('data: '.length)) as GeminiAnswer))
  },
  'gemini, streamed as an array': async (router, model) => {
    return readGemini(JSON.parse(await geminiText(router, `${model}:streamGenerateContent`)) as GeminiAnswer[])
  },
}

function readItems(data: OpenAI.Responses.Response): Omit<Seen, 'model'> {
  return {
    text: data.output_text,
    calls: data.output
      .filter((item) => item.type === 'function_call')
      .map((item) => ({ name: item.name, arguments: JSON.parse(item.arguments) as unknown })),
    stop: data.status ?? null,
  }
}

function ollamaCalls(calls: readonly { function: { name: string; arguments: unknown } }[] | undefined): Seen['calls'] {
  return (calls ?? []).map((call) => ({ name: call.function.name, arguments: call.function.arguments }))
}

interface GeminiAnswer {
  candidates: {
    content?: { parts?: { text?: string; thought?: boolean; functionCall?: { name: string; args: unknown } }[] }
    finishReason?: string
  }[]
}

async function geminiText(router: TestRouter, call: string): Promise<string> {
  const body = {
    contents: [{ role: 'user', parts: [{ text: 'go' }] }],
    tools: [{ functionDeclarations: GEMINI_TOOLS }],
  }
  const answer = await request(`${router.url}/v1beta/models/${call}`, { body, headers: { 'x-goog-api-key': 'client' } })
  assert.equal(answer.status, 200, answer.text)
  return answer.text
}

async function gemini(router: TestRouter, call: string): Promise<GeminiAnswer> {
  return JSON.parse(await geminiText(router, call)) as GeminiAnswer
}

function readGemini(answers: readonly GeminiAnswer[]): Seen {
  const candidates = answers.flatMap(({ candidates: some }) => some)
  const parts = candidates.flatMap(({ content }) => content?.parts ?? []).filter(({ thought }) => thought !== true)
  return {
    text: parts.map(({ text }) => text ?? '').join(''),
    calls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [{ name: call.name, arguments: call.args }],
    ),
    model: null,
    stop: candidates.findLast(({ finishReason }) => finishReason !== undefined)?.finishReason ?? null,
  }
}

/** What each dialect says at the end of a text, and after calls. */
const ENDS: Record<string, [text: string, calls: string]> = {
  openai: ['stop', 'tool_calls'],
  anthropic: ['end_turn', 'tool_use'],
  responses: ['completed', 'completed'],
  ollama: ['stop', 'stop'],
  gemini: ['STOP', 'STOP'],
}

function endsOf(client: string): [string, string] {
  return ENDS[client.split(',')[0] ?? ''] ?? ['', '']
}

function readBlocks(data: Anthropic.Message): Omit<Seen, 'model'> {
  return {
    text: data.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    calls: data.content
      .filter((block) => block.type === 'tool_use')
      .map((block) => ({ name: block.name, arguments: block.input })),
    stop: data.stop_reason,
  }
}

for (const kind of ALL_KINDS) {
  describe(`provider ${kind}`, () => {
    let upstream: Upstream
    let router: TestRouter
    let answer: FakeAnswer = {}

    before(async () => {
      upstream = await startUpstream((request) => answerAs(kind, request, answer))
      const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`
      router = await startRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })
    })
    after(async () => {
      await router.close()
      await upstream.close()
    })

    for (const [name, ask] of Object.entries({ ...CLIENTS, ...OTHER_CLIENTS })) {
      const [textEnd, callEnd] = endsOf(name)

      for (const text of FRAGILE) {
        test(`${name}: text arrives as the model wrote it: ${JSON.stringify(text).slice(0, 30)}`, async () => {
          answer = { text }
          const seen = await ask(router, 'any/m')
          assert.equal(seen.text, text)
          assert.equal(seen.stop, textEnd)
          if (seen.model !== null) assert.equal(seen.model, 'any/m')
        })
      }

      test(`${name}: parallel tool calls arrive whole`, async () => {
        answer = { text: 'Let me look.', toolCalls: CALLS }
        const seen = await ask(router, 'auto')
        assert.equal(seen.text, 'Let me look.')
        assert.deepEqual(
          seen.calls,
          CALLS.map(({ name: tool, arguments: args }) => ({ name: tool, arguments: args })),
        )
        assert.equal(seen.stop, callEnd)
      })
    }

    test('the provider gets the tools and its own key, never the client’s', async () => {
      answer = { text: 'ok' }
      await CLIENTS['openai, whole']?.(router, 'any/m')
      await CLIENTS['anthropic, whole']?.(router, 'any/m')
      for (const { headers, json } of upstream.requests.slice(-2)) {
        const tools = json['tools'] as { functionDeclarations?: unknown[] }[]
        assert.equal(tools.flatMap((tool) => tool.functionDeclarations ?? [tool]).length, 2)
        assert.ok(!JSON.stringify(headers).includes('client'))
        if (kind !== 'ollama') assert.ok(JSON.stringify(headers).includes('upstream-key'))
      }
    })
  })
}
