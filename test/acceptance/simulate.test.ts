// The law: what `explain --simulate` foretells is what the server does when its providers behave so.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { classify } from '../../src/gateway/classify.ts'
import type { ErrorKind } from '../../src/chat/error.ts'
import { chatCompletion, chatStream } from '../helpers/openai-chat-replies.ts'
import { runCli } from '../helpers/context.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { refusedUrl } from '../helpers/upstream.ts'
import type { Reply } from '../helpers/upstream.ts'

const root = mkdtempSync(join(tmpdir(), 'sage-simulate-'))
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))
const SCHEMA: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json'), 'utf8'),
)
const isDocument = new Ajv2020({ strict: false }).compile(SCHEMA as object)

/** What a provider that behaves so answers; undefined for one that cannot be reached. */
function replyOf(behaviour: string, stream: boolean): Reply | undefined {
  const model = 'm'
  switch (behaviour) {
    case 'down':
      return undefined
    case 'reset':
      return { fault: 'reset' }
    case 'slow':
      return { fault: 'hang' }
    case 'ok':
      return stream
        ? { chunks: chatStream({ model, text: 'fine' }) }
        : { json: chatCompletion({ model, text: 'fine' }) }
    case 'empty':
      return stream ? { chunks: chatStream({ model, text: '' }) } : { json: chatCompletion({ model, text: '' }) }
    case 'error-in-stream':
      return { sse: [JSON.stringify({ error: { message: 'it broke', type: 'server_error' } })] }
    case 'cut':
      return { fault: 'fin-after', chunks: chatStream({ model, text: 'fine and long enough' }).slice(0, 3) }
    case 'context':
      return { status: 400, json: { error: { message: 'too long', code: 'context_length_exceeded' } } }
    case 'content-filter':
      return { status: 400, json: { error: { message: 'blocked', code: 'content_policy_violation' } } }
    default:
      return { status: Number(behaviour), text: '' }
  }
}

interface Document {
  simulation: {
    attempts: { provider: string; outcome: string; key?: string; at: number; ms: number; next: string }[]
    untried: string[]
    ending: string
    status: number
    code?: string
    ms: number
  }
}

/** `a` to `d` in this order; `b` has two keys. */
async function bench(behaviours: readonly string[], stream: boolean, settings: string): Promise<string> {
  const lines = await Promise.all(
    behaviours.map(async (behaviour, at) => {
      const reply = replyOf(behaviour, stream)
      const url = reply === undefined ? await refusedUrl() : (await openUpstream(() => reply)).url
      const keys = at === 1 ? '[env:K1, env:K2]' : '[env:K1]'
      const context = 100_000 + 10_000 * (at % 2)
      // Nothing but what never answers may take its time for too long, on a slow machine too.
      const ms = behaviour === 'slow' ? 150 : 60_000
      return (
        `  ${'abcd'[at]}: { kind: openai-compatible, base_url: "${url}/v1", keys: ${keys}, ` +
        `timeouts: { first_content_ms: ${ms}, response_ms: ${ms} }, models: { m: { context: ${context}, continues_prefill: ${at === 2} } } }\n`
      )
    }),
  )
  return `version: 1\nproviders:\n${lines.join('')}policies: { auto: { ${settings} } }\n`
}

const ENV = { K1: 'first-key-first-key', K2: 'second-key-second-key' }
const LOTS = 'max_attempts: 10'

describe('sage explain --simulate', () => {
  const cases: [behaviours: string[], settings: string][] = [
    [['ok', 'ok', 'ok', 'ok'], LOTS],
    [['429', '429', '500', 'ok'], LOTS],
    [['429', '429', '429', '429'], LOTS],
    [['down', 'reset', 'empty', 'ok'], LOTS],
    [['down', 'down', 'down', 'down'], LOTS],
    [['slow', '503', '529', '502'], LOTS],
    [['401', '403', '404', '408'], LOTS],
    [['402', '413', 'ok', 'ok'], LOTS],
    [['500', '400', 'ok', 'ok'], LOTS],
    [['500', 'content-filter', 'ok', 'ok'], LOTS],
    [['context', 'context', 'ok', 'ok'], LOTS],
    [['context', '500', 'context', '500'], LOTS],
    [['down', '429', '500', 'ok'], 'max_attempts: 2'],
    [['500', '500', 'ok', 'ok'], 'max_attempts: 1'],
    [['error-in-stream', 'ok', 'ok', 'ok'], LOTS],
    [['500', 'cut', 'ok', 'ok'], LOTS],
    [['cut', 'ok', 'ok', 'ok'], `${LOTS}, rescue: prose`],
    [['cut', 'ok', '429', 'ok'], `${LOTS}, rescue: prose`],
    [['cut', 'ok', 'cut', 'ok'], `${LOTS}, rescue: prose`],
    [['cut', 'ok', 'ok', 'ok'], 'max_attempts: 1, rescue: prose'],
  ]
  for (const stream of [true, false]) {
    for (const [behaviours, settings] of cases) {
      const needsStream = behaviours.some((each) => each === 'error-in-stream' || each === 'cut')
      if (needsStream && !stream) continue
      it(`${stream ? 'stream' : 'whole'}, ${settings}: ${behaviours.join(', ')}`, async () => {
        const yaml = await bench(behaviours, stream, settings)
        const router = await openRouter(yaml, { env: ENV })
        const body = { model: 'auto', stream, messages: [{ role: 'user', content: 'hello' }] }
        const answer = await request(`${router.url}/v1/chat/completions`, { body }).catch(() => undefined)
        const [served] = router.requests()
        assert.ok(served !== undefined)

        const cwd = mkdtempSync(join(root, 'run-'))
        writeFileSync(join(cwd, 'sage.yaml'), yaml)
        const faults = behaviours.map((behaviour, at) => `${'abcd'[at]}=${behaviour}`).join(',')
        const argv = ['explain', '--simulate', faults, '--json', '-']
        const { code, stdout, stderr } = await runCli(argv, { cwd, env: ENV, input: JSON.stringify(body) })
        assert.equal(stderr, '')
        const document = JSON.parse(stdout) as Document
        assert.ok(isDocument(document), JSON.stringify(isDocument.errors))
        const { simulation } = document
        assert.deepEqual(
          simulation.attempts.map(({ provider, outcome, key }) => [provider, outcome, key]),
          served.attempts.map(({ provider, outcome, key }) => [
            provider,
            isKind(outcome) ? classify({ kind: outcome, status: 0, message: '' }).code : outcome,
            provider === 'b' ? key : undefined,
          ]),
        )
        assert.equal(simulation.ending, served.ending)
        assert.equal(code, served.ending === 'complete' ? 0 : 1)
        if (served.ending === 'cut') return
        assert.ok(answer !== undefined)
        assert.equal(simulation.status, answer.status)
        if (served.ending === 'refused') {
          const { error } = answer.json() as { error?: { code?: string } }
          // A provider's own words about the client's mistake go through as they are, and have codes of their own.
          if (answer.status !== 400) assert.equal(simulation.code, error?.code)
        }
      })
    }
  }

  it('waits as long as the timers of the profile say', async () => {
    const cwd = mkdtempSync(join(root, 'run-'))
    writeFileSync(
      join(cwd, 'sage.yaml'),
      `version: 1
providers:
  a: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", timeouts: { first_content_ms: 700, response_ms: 900 }, models: [m] }
  b: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: [m] }
policies: { auto: {} }
`,
    )
    for (const [stream, first] of [
      [true, 700],
      [false, 900],
    ] as const) {
      const input = JSON.stringify({ model: 'auto', stream, messages: [{ role: 'user', content: 'hello' }] })
      const { stdout } = await runCli(['explain', '--simulate', 'a=slow', '--json', '-'], { cwd, input })
      const { simulation } = JSON.parse(stdout) as Document
      assert.deepEqual(
        simulation.attempts.map(({ at, ms, next }) => [at, ms, next]),
        [
          [0, first, 'next'],
          [first, 1000, 'answers'],
        ],
      )
    }
    const { stdout } = await runCli(['explain', '--simulate', 'a=429,b=down', 'hello'], { cwd })
    assert.match(stdout, /t=0ms +a\/m +429 rate_limited after 100ms +next\n/)
    assert.match(stdout, /t=100ms +b\/m +upstream_unreachable after 0ms, not counted +ends\n/)
    assert.match(stdout, /t=100ms the client gets \d+ \w+ \(1 of 3 attempts\)\n/)
    assert.match(stdout, /afterwards a rests for 5 s: rate_limit/)
    const markdown = await runCli(['explain', '--simulate', 'a=429', '--format', 'markdown', 'hello'], { cwd })
    assert.match(markdown.stdout, /\| 0 ms \| `a\/m` \| 429 rate\\_limited after 100ms \| next \|/)
    const unknown = await runCli(['explain', '--simulate', 'aa=429', 'hello'], { cwd })
    assert.deepEqual([unknown.code, unknown.stdout], [2, ''])
    assert.match(unknown.stderr, /unknown provider or model aa/)
  })
})

function isKind(outcome: string): outcome is ErrorKind {
  return outcome !== 'ok' && outcome !== 'cut' && outcome !== 'client_gone'
}
