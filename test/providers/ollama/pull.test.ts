import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ollama } from 'ollama'
import { parseProfile } from '../../../src/profile/parse.ts'
import { PullError, pullModel } from '../../../src/providers/ollama/pull.ts'
import type { PullProgress } from '../../../src/providers/ollama/pull-state.ts'
import { resolveProviders } from '../../../src/providers/resolve.ts'
import { createHttpTransport } from '../../../src/providers/transport/http.ts'
import type { Provider } from '../../../src/providers/types.ts'
import { pullHandler, pullLines, routes } from '../../helpers/discovery-fakes.ts'
import type { FakePull } from '../../helpers/discovery-fakes.ts'
import { openUpstream } from '../../helpers/opened.ts'
import { refusedUrl } from '../../helpers/upstream.ts'
import type { Handler } from '../../helpers/upstream.ts'

function runtime(url: string): Provider {
  const { profile } = parseProfile(`version: 1\nproviders: { o: { kind: ollama, base_url: "${url}" } }`, 'x')
  assert.ok(profile !== undefined)
  const [provider] = resolveProviders(profile, () => undefined)
  assert.ok(provider !== undefined)
  return provider
}

async function pull(url: string, signal: AbortSignal = new AbortController().signal): Promise<PullProgress[]> {
  const transport = createHttpTransport()
  const seen: PullProgress[] = []
  try {
    await pullModel(runtime(url), 'm', {
      send: transport.send,
      signal,
      onProgress: (progress) => void seen.push(progress),
      pauseMs: () => 1,
    })
    return seen
  } finally {
    await transport.close()
  }
}

async function failure(url: string): Promise<PullError> {
  try {
    await pull(url)
  } catch (error) {
    assert.ok(error instanceof PullError, String(error))
    return error
  }
  throw new assert.AssertionError({ message: 'it did not fail' })
}

const server = (one: FakePull): Handler => routes({ 'POST /api/pull': pullHandler({ m: one }) })

describe('pullModel', () => {
  it('follows the stream to its end', async () => {
    const { url, requests } = await openUpstream(server({ tries: [pullLines(100)] }))
    const last = (await pull(url)).at(-1)
    assert.ok(last === undefined || last.total === 100)
    assert.deepEqual(requests[0]?.json, { model: 'm', stream: true })
  })

  it('has a fake that the official client understands', async () => {
    const { url } = await openUpstream(server({ tries: [pullLines(100)] }))
    const statuses: string[] = []
    for await (const { status } of await new Ollama({ host: url }).pull({ model: 'm', stream: true }))
      statuses.push(status)
    assert.equal(statuses.at(-1), 'success')
  })

  it('takes up a stream that broke off, where Ollama goes on', async () => {
    const tries = [pullLines(30), pullLines(30), pullLines(60), pullLines(100)]
    const { url, requests } = await openUpstream(server({ tries, breaks: true }))
    const seen = await pull(url)
    assert.equal(requests.length, 4)
    assert.deepEqual(
      [...new Set(seen.map(({ completed }) => completed))].filter((bytes) => bytes > 0).slice(0, 2),
      [30, 60],
    )
  })

  it('gives up when nothing more comes', async () => {
    const { url, requests } = await openUpstream(server({ tries: [pullLines(30)] }))
    const { error } = await failure(url)
    assert.deepEqual([error.kind, error.message], ['network', 'the stream ended before the pull did'])
    assert.equal(requests.length, 5)
  })

  it('does not try again where no one listens', async () => {
    assert.deepEqual((await failure(await refusedUrl())).error, { kind: 'network', status: 0, message: 'ECONNREFUSED' })
  })

  const refusals: [what: string, status: number | undefined, line: object, kind: string, signIn?: string][] = [
    [
      'a sign-in',
      401,
      { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=x&key=y' },
      'auth',
      'https://ollama.com/connect?name=x&key=y',
    ],
    ['a sign-in without a link', 401, { error: 'unauthorized' }, 'auth'],
    ['a link that is none', 401, { error: 'unauthorized', signin_url: 'javascript:alert(1)' }, 'auth'],
    [
      'a sign-in inside the stream',
      undefined,
      { error: 'unauthorized', signin_url: 'https://ollama.com/connect' },
      'auth',
      'https://ollama.com/connect',
    ],
    ['a subscription', 403, { error: 'this model requires a subscription, upgrade for access: https://x' }, 'quota'],
    ['a payment', 403, { error: 'payment is past due' }, 'quota'],
    ['a retired model', 410, { error: 'm was retired at 2026-07-15 00:00:00 -0700 PDT (ref: 8ce9)' }, 'not_found'],
    ['a retired model inside the stream', undefined, { error: 'm was retired at 2026-07-15' }, 'not_found'],
    ['a name that does not exist', undefined, { error: 'pull model manifest: file does not exist' }, 'not_found'],
  ]
  for (const [what, status, line, kind, signIn] of refusals) {
    it(`says that ${what} is in the way, at once`, async () => {
      const one: FakePull = { tries: [[line]], ...(status !== undefined && { status }) }
      const { url, requests } = await openUpstream(server(one))
      const { error, signInUrl } = await failure(url)
      assert.deepEqual([error.kind, signInUrl], [kind, signIn])
      assert.equal(requests.length, 1)
    })
  }

  it('stops when it is told to, and hangs up', async () => {
    const upstream = await openUpstream(() => ({ fault: 'stall-after', chunks: ['{"status":"pulling manifest"}\n'] }))
    const stop = new AbortController()
    const pulling = pull(upstream.url, stop.signal)
    await upstream.untilReceived()
    stop.abort()
    await assert.rejects(pulling, (error) => error instanceof PullError && error.error.code === 'stopped')
    await upstream.untilAborted()
  })
})
