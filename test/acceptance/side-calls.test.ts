// Calls that a harness makes on its own behalf: answered without a model where none is needed, else routed by policy, and
// never a reason for the session to move.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { answerAs } from '../helpers/fake-provider.ts'
import type { Json } from '../helpers/grid-json.ts'
import { request, type Answered } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Upstream } from '../helpers/upstream.ts'

interface Bench {
  router: TestRouter
  main: Upstream
  small: Upstream
  /** The main provider fails from now on, or no longer. */
  breakMain(isBroken: boolean): void
}

/** Two providers: `main` for everything, `small` for errands, and when `main` fails. */
async function bench(): Promise<Bench> {
  let broken = false
  const main = await openUpstream((received) => {
    if (received.path.endsWith('/count_tokens')) return { json: { input_tokens: 7 } }
    return broken ? { status: 500, text: 'x' } : answerAs('anthropic', received, { text: 'main' })
  })
  const small = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'small' }))
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  const yaml = [
    'version: 1',
    'providers:',
    `  main: { kind: anthropic, base_url: "${main.url}", key: env:TEST_KEY, models: { m: { ${facts} } } }`,
    `  small: { kind: openai-compatible, base_url: "${small.url}/v1", models: { m: { ${facts} } } }`,
    'policies:',
    '  auto:',
    '    rules:',
    '      - { name: errands, when: { errand: true }, prefer: [small/m, main/m] }',
    '      - { name: work, when: {}, prefer: [main/m, small/m] }',
  ].join('\n')
  const router = await openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })
  return { router, main, small, breakMain: (isBroken) => (broken = isBroken) }
}

const CLAUDE = { 'anthropic-version': '2023-06-01', 'x-claude-code-session-id': 'session-1' }
const MODEL = 'sage/auto'
const modelOf = (answer: Answered): unknown => answer.headers['x-sage-model']

function claude({ router }: Bench, body: Json, path = '/v1/messages?beta=true'): Promise<Answered> {
  return request(router.url + path, { body: { model: MODEL, max_tokens: 1, ...body }, headers: CLAUDE })
}

const SAYS = (text: string): Json => ({ messages: [{ role: 'user', content: text }] })
const TOOL = { name: 'Bash', input_schema: { type: 'object' } }

describe('without a model', () => {
  const SILENT: readonly { name: string; path: string; body: Json }[] = [
    { name: 'Codex for LM Studio', path: '/v1/responses', body: { input: '', max_output_tokens: 1 } },
    { name: 'Responses with an empty list', path: '/v1/responses', body: { input: [] } },
    { name: 'Ollama: loads a model', path: '/api/chat', body: { messages: [] } },
    { name: 'Ollama: keeps a model', path: '/api/generate', body: { prompt: '', keep_alive: '1h' } },
    { name: 'Ollama: unloads a model', path: '/api/generate', body: { keep_alive: 0 } },
    { name: 'Claude Code: quota', path: '/v1/messages', body: { max_tokens: 1, ...SAYS('quota') } },
    {
      name: 'Claude Code: quota as a block',
      path: '/v1/messages',
      body: {
        max_tokens: 1,
        messages: [{ role: 'user', content: [{ type: 'text', text: 'quota' }] }],
        metadata: { user_id: 'u' },
      },
    },
    { name: 'Claude Code: key', path: '/v1/messages', body: { max_tokens: 1, temperature: 1, ...SAYS('test') } },
  ]
  for (const { name, path, body } of SILENT) {
    test(`${name}: answered at once`, async () => {
      const all = await bench()
      const answer = await request(all.router.url + path, { body: { model: MODEL, ...body }, headers: CLAUDE })
      assert.equal(answer.status, 200, answer.text)
      assert.equal((answer.json() as Json)['model'], MODEL)
      assert.equal(all.main.requests.length + all.small.requests.length, 0)
      const [event] = all.router.requests()
      assert.equal(event?.ending, 'complete')
      assert.deepEqual(event.attempts, [])
    })
  }

  test('the official clients can read the answers', async () => {
    const { url } = (await bench()).router
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'client', maxRetries: 0 })
    const response = await openai.responses.create({ model: MODEL, input: '', max_output_tokens: 1 })
    assert.deepEqual([response.status, response.output_text, response.usage?.total_tokens], ['completed', '', 0])
    const anthropic = new Anthropic({ baseURL: url, apiKey: 'client', maxRetries: 0 })
    const { usage, stop_reason: stop } = await anthropic.messages.create({
      model: MODEL,
      max_tokens: 1,
      messages: [{ role: 'user', content: 'quota' }],
    })
    assert.deepEqual([usage.input_tokens, usage.output_tokens, stop], [0, 0, 'max_tokens'])
    const loaded = await new Ollama({ host: url }).chat({ model: MODEL, messages: [], stream: false })
    assert.deepEqual([loaded.done, loaded.done_reason], [true, 'load'])
  })
})

describe('with a model after all', () => {
  const SPEAKING: readonly { name: string; path: string; body: Json }[] = [
    { name: 'the check of a model', path: '/v1/messages', body: { max_tokens: 1, ...SAYS('Hi') } },
    { name: 'quota, asked by a person', path: '/v1/messages', body: { max_tokens: 100, ...SAYS('quota') } },
    { name: 'quota, with tools', path: '/v1/messages', body: { max_tokens: 1, tools: [TOOL], ...SAYS('quota') } },
    { name: 'quota, in a prompt', path: '/v1/messages', body: { max_tokens: 1, system: 'x', ...SAYS('quota') } },
    { name: 'a prompt without input', path: '/v1/responses', body: { input: '', instructions: 'Say hello.' } },
    { name: 'a message without text', path: '/v1/responses', body: { input: [{ role: 'user', content: 'x' }] } },
    { name: 'a prompt of Ollama', path: '/api/generate', body: { prompt: 'x', stream: false } },
  ]
  for (const { name, path, body } of SPEAKING) {
    test(name, async () => {
      const all = await bench()
      const answer = await request(all.router.url + path, { body: { model: MODEL, ...body }, headers: CLAUDE })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(all.main.requests.length + all.small.requests.length, 1)
    })
  }

  test('a check of a model that is not there fails', async () => {
    assert.equal((await claude(await bench(), { model: 'no/such', ...SAYS('Hi') })).status, 404)
  })
})

describe('by policy', () => {
  const TITLE = 'Generate a concise, sentence-case title (3-7 words) for this session.'
  const ERRANDS: readonly { name: string; path: string; body: Json }[] = [
    {
      name: 'the title call of opencode',
      path: '/v1/chat/completions',
      body: {
        messages: [
          { role: 'system', content: 'You are a title generator. You output ONLY a thread title.' },
          { role: 'user', content: 'Generate a title for this conversation:\n' },
          { role: 'user', content: '"Fix the parser."' },
        ],
      },
    },
    {
      name: 'the title call of Claude Code',
      path: '/v1/messages',
      body: { max_tokens: 100, tools: [], system: [{ type: 'text', text: TITLE }], ...SAYS('Fix the parser.') },
    },
    { name: 'the check of a model', path: '/v1/messages', body: { max_tokens: 1, ...SAYS('Hi') } },
    {
      name: 'the warm-up of a prompt cache',
      path: '/v1/messages',
      body: { max_tokens: 100, tools: [TOOL], system: 'You are an agent.', ...SAYS('Warmup') },
    },
  ]
  for (const { name, path, body } of ERRANDS) {
    test(`${name} goes where errands go`, async () => {
      const all = await bench()
      const answer = await request(all.router.url + path, { body: { model: MODEL, ...body }, headers: CLAUDE })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(modelOf(answer), 'small/m')
      assert.equal(answer.headers['x-sage-rule'], 'errands')
    })
  }
})

describe('the session', () => {
  const SYSTEM = 'You are an agent.'
  const TASK = 'Fix the failing unit test in src/parser.ts and run the tests.'

  /** Request number `n` of an agent's tool loop. */
  function step(all: Bench, n: number): Promise<Answered> {
    const rounds = Array.from({ length: n }, (_, i) => [
      { role: 'assistant', content: [{ type: 'tool_use', id: `toolu_${i}`, name: 'Bash', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: `toolu_${i}`, content: 'ok' }] },
    ])
    const messages = [{ role: 'user', content: TASK }, ...rounds.flat()]
    return claude(all, { max_tokens: 1000, system: SYSTEM, tools: [TOOL], messages })
  }

  /** What a harness may send between two steps, under the same session id. */
  const BETWEEN: Readonly<Record<string, (all: Bench) => Promise<Answered[]>>> = {
    'probes and warm-ups': async (all) => [
      await claude(all, SAYS('quota')),
      await claude(all, SAYS('Hi')),
      await claude(all, { max_tokens: 1000, system: SYSTEM, tools: [TOOL], ...SAYS('Warmup') }),
      await request(`${all.router.url}/v1/responses`, { body: { model: MODEL, input: '' } }),
    ],
    'a title call': async (all) => [
      await claude(all, { max_tokens: 100, system: 'You are a title generator.', ...SAYS(TASK) }),
    ],
    'a burst of counts': async (all) =>
      Promise.all(
        Array.from({ length: 26 }, (_, n) =>
          claude(
            all,
            { tools: [{ ...TOOL, name: `tool_${n}` }], ...SAYS('foo') },
            '/v1/messages/count_tokens?beta=true',
          ),
        ),
      ),
  }

  for (const [name, send] of Object.entries(BETWEEN)) {
    test(`${name} leave a session where it began`, async () => {
      const all = await bench()
      assert.equal(modelOf(await step(all, 0)), 'main/m')
      for (const answer of await send(all)) assert.equal(answer.status, 200, answer.text)
      const next = await step(all, 1)
      assert.equal(modelOf(next), 'main/m')
      assert.equal(next.headers['x-sage-sticky'], 'true')
    })

    test(`${name} leave a session where it went`, async () => {
      const all = await bench()
      all.breakMain(true)
      assert.equal(modelOf(await step(all, 0)), 'small/m')
      all.breakMain(false)
      all.router.advance(600_000)
      for (const answer of await send(all)) assert.equal(answer.status, 200, answer.text)
      const next = await step(all, 1)
      assert.equal(modelOf(next), 'small/m')
      assert.equal(next.headers['x-sage-sticky'], 'true')
    })
  }

  test('a burst of counts is answered in full, and nobody is worse for it', async () => {
    const all = await bench()
    await step(all, 0)
    const counts = await BETWEEN['a burst of counts']?.(all)
    assert.deepEqual(
      counts?.map((answer) => answer.json()),
      Array.from({ length: 26 }, () => ({ input_tokens: 7 })),
    )
    assert.equal((await step(all, 1)).headers['x-sage-attempts'], '1')
  })
})
