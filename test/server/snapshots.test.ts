// One reference behind which everything is swapped: requests keep what they began with.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStream, request } from '../helpers/http.ts'
import { chatCompletion, chatError, chatStream } from '../helpers/openai-chat-replies.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Reply, Upstream } from '../helpers/upstream.ts'

const KEYS = { KEY: 'sk-first-0123456789', OTHER: 'sk-other-0123456789' }

function yaml(providers: Record<string, string>, extra: string = ''): string {
  const lines = Object.entries(providers).map(([name, members]) => `  ${name}: { kind: openai-compatible, ${members} }`)
  return ['version: 1', 'providers:', ...lines, extra].join('\n')
}

function at(upstream: Upstream, more: string = 'key: env:KEY'): string {
  return `base_url: "${upstream.url}/v1", local: false, models: [m], ${more}`
}

const fine = (text: string) => (): Reply => ({ json: chatCompletion({ model: 'm', text }) })
const BODY = { model: 'auto', messages: [{ role: 'user', content: 'hello' }] }

function ask(url: string, headers: Record<string, string> = {}, body: object = BODY): ReturnType<typeof request> {
  return request(`${url}/v1/chat/completions`, { body, headers })
}

async function healthz(url: string): Promise<Record<string, unknown>> {
  return (await request(`${url}/healthz`)).json() as Record<string, unknown>
}

describe('a swap', () => {
  it('counts for requests that begin after it; one under way finishes with what it began with', async () => {
    let finish: () => void = () => undefined
    const held = new Promise<void>((resolve) => (finish = resolve))
    const old = await openUpstream(async ({ json }) => {
      if (json['stream'] === true) return { chunks: chatStream({ model: 'm', text: 'from the old one' }), delayMs: 40 }
      await held
      return { status: 500, json: chatError(500, 'server_error', 'down') }
    })
    const second = await openUpstream(fine('from the second'))
    const fresh = await openUpstream(fine('from the new one'))
    const both = yaml({ a: at(old), b: at(second) })
    const router = await openRouter(both, { env: KEYS })

    const stream = await openStream(`${router.url}/v1/chat/completions`, { body: { ...BODY, stream: true } })
    const waiting = ask(router.url)
    await old.untilReceived(2)
    router.reloadYaml(yaml({ c: at(fresh) }))
    assert.match((await ask(router.url)).text, /from the new one/)
    finish()
    // Its second target is no longer in the profile either.
    assert.match((await waiting).text, /from the second/)
    const text = (await stream.rest()).toString()
    assert.match(text, /\[DONE\]/)
    assert.deepEqual((await healthz(router.url))['open'], {})
  })

  it('takes the connections of a provider that is gone down with the last request, and keeps the others', async () => {
    const kept = await openUpstream(fine('kept'))
    const gone = await openUpstream(fine('gone'))
    const router = await openRouter(yaml({ a: at(gone), b: at(kept) }), { env: KEYS })
    await ask(router.url)
    await ask(router.url, {}, { ...BODY, model: 'b/m' })
    const connections = (upstream: Upstream): Promise<number> => upstream.connections()
    assert.deepEqual([await connections(gone), await connections(kept)], [1, 1])
    router.reloadYaml(yaml({ b: at(kept), c: at(kept, 'key: env:OTHER') }))
    for (let n = 0; n < 3000 && (await connections(gone)) > 0; n++) await sleep(10)
    await ask(router.url)
    assert.deepEqual([await connections(gone), await connections(kept)], [0, 1])
  })

  it('keeps the health of what has not changed, and forgets the rest', async () => {
    const retired = await openUpstream(() => ({
      status: 404,
      json: chatError(404, 'model_not_found', 'no such model'),
    }))
    const limited = await openUpstream(() => ({ status: 401, json: chatError(401, 'invalid_api_key', 'no') }))
    const good = await openUpstream(fine('good'))
    const three = { a: at(retired), b: at(limited), c: at(good) }
    const router = await openRouter(yaml(three), { env: KEYS })
    for (let n = 0; n < 4; n++) {
      // Sessions of their own, or all but the first would go where that one was answered.
      await ask(router.url, {}, { ...BODY, messages: [{ role: 'user', content: `question ${n}` }] })
    }
    const before = await healthz(router.url)
    assert.deepEqual(
      [Object.keys(before['open'] as object), Object.keys(before['resting'] as object)],
      [['a/m'], ['b']],
    )
    router.reloadYaml(yaml(three, 'time_zone: UTC'))
    const same = await healthz(router.url)
    assert.deepEqual([Object.keys(same['open'] as object), Object.keys(same['resting'] as object)], [['a/m'], ['b']])
    // Another key for b, another setting for a.
    router.reloadYaml(yaml({ ...three, a: at(retired, 'key: env:KEY, timeouts: { idle_ms: 1000 }') }), {
      ...KEYS,
      KEY: 'sk-second-0123456789',
    })
    const after = await healthz(router.url)
    assert.deepEqual([after['open'], after['resting']], [{}, {}])
  })

  it('learns nothing of a new key from a request that still has the old one', async () => {
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    const upstream = await openUpstream(async ({ headers }) => {
      if (headers.authorization === 'Bearer sk-second-0123456789') return fine('let in')()
      await held
      return { status: 401, json: chatError(401, 'invalid_api_key', 'no') }
    })
    const profile = yaml({ a: at(upstream) })
    const router = await openRouter(profile, { env: KEYS })
    const refused = ask(router.url)
    await upstream.untilReceived()
    router.reloadYaml(profile, { ...KEYS, KEY: 'sk-second-0123456789' })
    answer()
    assert.notEqual((await refused).status, 200)
    assert.deepEqual((await healthz(router.url))['resting'], {})
    assert.match((await ask(router.url)).text, /let in/)
  })

  it('takes another token at once, and a missing key disables its provider', async () => {
    const good = await openUpstream(fine('good'))
    const profile = yaml({ a: at(good) }, 'serve: { token: env:TOKEN }')
    const router = await openRouter(profile, { env: { ...KEYS, TOKEN: 'first-token-0123456789' } })
    const first = { authorization: 'Bearer first-token-0123456789' }
    const second = { authorization: 'Bearer second-token-0123456789' }
    assert.equal((await ask(router.url, first)).status, 200)
    router.reloadYaml(profile, { TOKEN: 'second-token-0123456789' })
    assert.equal((await ask(router.url, first)).status, 401)
    const without = await ask(router.url, second)
    assert.equal(without.status, 503, without.text)
    router.reloadYaml(profile, { ...KEYS, TOKEN: 'second-token-0123456789' })
    assert.equal((await ask(router.url, second)).status, 200)
  })

  it('shows what is wrong with the files on disk as degraded, and serves on', async () => {
    const router = await openRouter(yaml({ a: at(await openUpstream(fine('good'))) }), { env: KEYS })
    router.setPending({
      problem: { file: 'sage.yaml', code: 'SAGE1004', message: 'sage.yaml:1:1: unclosed' },
      restart: ['serve.port'],
    })
    const body = await healthz(router.url)
    assert.deepEqual(
      [body['status'], body['problem'], body['restart_for']],
      ['degraded', { file: 'sage.yaml', code: 'SAGE1004', message: 'sage.yaml:1:1: unclosed' }, ['serve.port']],
    )
    assert.equal((await ask(router.url)).status, 200)
    router.setPending({})
    assert.equal((await healthz(router.url))['status'], 'ok')
  })
})
