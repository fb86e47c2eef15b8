// P-03: whatever providers do, a request ends in one of the three right ways, and nobody is asked too often.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { UpstreamCall } from '../../src/providers/transport/types.ts'
import { ALL_KINDS } from '../helpers/fake-provider.ts'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { errorBody, errorEvent } from '../helpers/grid-faults.ts'
import { askedIn, wireOf } from '../helpers/grid-provider.ts'
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import { createInProcess } from '../helpers/in-process.ts'
import { runsOf } from '../helpers/runs.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'
import type { Script } from '../helpers/scripted-send.ts'
import { describe, judge } from '../lab/oracle.ts'

const TEXT = 'all is well, and whole'
/** Real time that a silent provider gets, in ms. */
const PATIENCE_MS = 40

/** What a provider does with one call, whatever its dialect. */
type Deed =
  | { type: 'fine'; cuts: number[] }
  | { type: 'refused' | 'reset' | 'hang' | 'page' | 'empty' | 'garbage' }
  | { type: 'status'; status: number; message: string; body: 'dialect' | 'html' | 'none'; retryAfter?: string }
  /** A part of the answer, then this. */
  | { type: 'cut'; share: number; ending: 'end' | 'reset' | 'hang' | 'error' }

const MESSAGES = [
  'no such thing',
  'maximum context length is 8192 tokens',
  'm does not support tools',
  'quota exceeded',
  'slow down, try again in 7s',
]

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 24, arbitrary: fc.array(fc.nat(2000), { maxLength: 6 }).map((cuts): Deed => ({ type: 'fine', cuts })) },
  {
    weight: 20,
    arbitrary: fc.constantFrom<Deed[]>(
      { type: 'refused' },
      { type: 'reset' },
      { type: 'page' },
      { type: 'empty' },
      { type: 'garbage' },
    ),
  },
  // It takes real time.
  { weight: 1, arbitrary: fc.constant<Deed>({ type: 'hang' }) },
  {
    weight: 24,
    arbitrary: fc
      .record({
        status: fc.constantFrom(201, 204, 302, 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529),
        message: fc.constantFrom(...MESSAGES),
        body: fc.constantFrom('dialect' as const, 'html' as const, 'none' as const),
        retryAfter: fc.option(fc.constantFrom('1', '60', 'soon', '-1', '1e9'), { nil: undefined }),
      })
      .map(({ retryAfter, ...rest }): Deed => ({
        type: 'status',
        ...rest,
        ...(retryAfter !== undefined && { retryAfter }),
      })),
  },
  {
    weight: 20,
    arbitrary: fc
      .record({
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        ending: fc.constantFrom('end' as const, 'reset' as const, 'error' as const),
      })
      .map((cut): Deed => ({ type: 'cut', ...cut })),
  },
)

const target = fc.record({
  kind: fc.constantFrom(...ALL_KINDS),
  keys: fc.integer({ min: 1, max: 2 }),
  /** Calls after these go well. */
  deeds: fc.array(deed, { maxLength: 6 }),
})

const policy = fc.record(
  {
    max_attempts: fc.integer({ min: 1, max: 6 }),
    retry_wait_ms: fc.constantFrom(0, 1000, 10_000),
    deadline_ms: fc.constantFrom(5000, 60_000),
    ties: fc.constantFrom('order', 'spread'),
  },
  { requiredKeys: ['max_attempts'] },
)

const request = fc.record({
  client: fc.constantFrom(...GRID_CLIENTS.map(({ name }) => name)),
  text: fc.constantFrom('hello', 'fix the failing test', 'why?'),
  /** Time since the request before, in ms. */
  pause: fc.constantFrom(0, 0, 100, 5000, 400_000),
})

type Target = { kind: AnyKind; keys: number; deeds: Deed[] }

function yamlOf(targets: readonly Target[], rules: object): string {
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  const entries = targets.map(({ kind, keys }, n) => {
    const base = `http://t${n}.test${kind.startsWith('openai') ? '/v1' : ''}`
    const key = kind === 'ollama' ? '' : `, keys: [${['env:TEST_KEY', 'env:OTHER_KEY'].slice(0, keys).join(', ')}]`
    const timeouts = `first_content_ms: ${PATIENCE_MS}, response_ms: ${PATIENCE_MS}, idle_ms: ${PATIENCE_MS}`
    return `  t${n}: { kind: ${kind}, base_url: "${base}"${key}, local: false, timeouts: { ${timeouts} }, models: { m: { ${facts} } } }`
  })
  const prefer = targets.map((_, n) => `t${n}/m`).join(', ')
  const members = Object.entries(rules).map(([name, value]) => `, ${name}: ${value}`)
  return [
    'version: 1',
    'providers:',
    ...entries,
    'policies:',
    `  auto: { rules: [ { name: all, when: {}, prefer: [${prefer}] } ]${members.join('')} }`,
  ].join('\n')
}

interface Asked {
  dialect: ProviderDialectName
  streamed: boolean
}

function askedBy(kind: AnyKind, call: UpstreamCall): Asked {
  const streamed = call.path.includes(':stream') || /"stream":\s*true/.test(String(call.body))
  const { path, headers, body } = call
  const received = { method: 'POST', path, headers, body: Buffer.from(body ?? ''), json: {} }
  return { dialect: askedIn(kind, received), streamed }
}

function typeOf({ dialect, streamed }: Asked): Record<string, string> {
  if (!streamed) return { 'content-type': 'application/json' }
  return { 'content-type': dialect === 'ollama' ? 'application/x-ndjson' : 'text/event-stream' }
}

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, n) => bytes.subarray(at[n], end))
}

function scriptOf(deed: Deed, asked: Asked): Script {
  const { whole, stream } = wireOf(asked.dialect, { text: TEXT })
  const pieces = asked.streamed ? stream : [JSON.stringify(whole)]
  const headers = typeOf(asked)
  switch (deed.type) {
    case 'fine':
      return { headers, chunks: cutAt(Buffer.from(pieces.join('')), deed.cuts) }
    case 'refused':
    case 'reset':
    case 'hang':
      return { before: deed.type }
    case 'page':
      return { headers: { 'content-type': 'text/html' }, chunks: [Buffer.from('<html>log in</html>')] }
    case 'empty':
      return { headers }
    case 'garbage':
      return { headers, chunks: [Buffer.from('data: {"choices":[\n\n{"a":')] }
    case 'status': {
      const { status, message, body, retryAfter } = deed
      const text =
        body === 'dialect' ? JSON.stringify(errorBody(asked.dialect, status, message)) : body === 'html' ? '<h1>' : ''
      return {
        status,
        headers: { ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
        chunks: text === '' ? [] : [Buffer.from(text)],
      }
    }
    case 'cut': {
      const bytes = Buffer.from(pieces.join(''))
      const part = bytes.subarray(0, Math.floor(deed.share * bytes.length))
      if (deed.ending !== 'error') return { headers, chunks: [part], after: deed.ending }
      const whole = pieces.slice(0, Math.floor(deed.share * pieces.length)).join('')
      return { headers, chunks: [Buffer.from(whole + errorEvent(asked.dialect, 'boom'))] }
    }
  }
}

test('P-03: every request ends in a right way, whatever its providers do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(target, { minLength: 1, maxLength: 4 }),
      policy,
      fc.array(request, { minLength: 1, maxLength: 4 }),
      async (targets, rules, requests) => {
        const done = targets.map(() => 0)
        let calls: { name: string; deed: Deed }[] = []
        const inProcess = createInProcess(
          yamlOf(targets, rules),
          (provider) => {
            const n = Number(provider.name.slice(1))
            const { kind, deeds } = targets[n] ?? assert.fail()
            return scriptedSend((call) => {
              const at = done[n] ?? 0
              done[n] = at + 1
              const next = deeds[at] ?? { type: 'fine', cuts: [] }
              calls.push({ name: provider.name, deed: next })
              return scriptOf(next, askedBy(kind, call))
            })
          },
          { TEST_KEY: 'upstream-key-1', OTHER_KEY: 'upstream-key-2' },
        )
        for (const { client: name, text, pause } of requests) {
          const client = GRID_CLIENTS.find((one) => one.name === name) ?? assert.fail(name)
          inProcess.advance(pause)
          calls = []
          const outcome = judge(client, await inProcess.ask(client, client.body({ text })))
          const path = `${client.name}: ${calls.map((one) => JSON.stringify(one)).join(' ')} → ${describe(outcome)}`
          const last = calls.at(-1)
          assert.notEqual(outcome.end, 'wrong', path)
          // Never half an answer that looks whole, and never another one than a provider gave.
          if (outcome.end === 'A') {
            assert.equal(outcome.answer.text, TEXT, path)
            assert.equal(outcome.exchange.headers['x-sage-model'], `${last?.name}/m`, path)
          }
          if (last?.deed.type === 'fine') assert.equal(outcome.end, 'A', path)
          // Only what has begun can be cut.
          if (outcome.end === 'C') assert.equal(last?.deed.type, 'cut', path)
          const counted = calls.filter((one) => one.deed.type !== 'refused').length
          assert.ok(counted <= rules.max_attempts, path)
          assert.ok(!outcome.exchange.body.includes('upstream-key'), path)
          assert.equal(inProcess.events.at(-1)?.attempts.length, calls.length, path)
        }
      },
    ),
    runsOf('P-03', 250, 10_000),
  )
})
