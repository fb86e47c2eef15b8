// A model that was pulled after the lock was written: served without a restart, an edit or a new lock.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { runServe } from '../../src/commands/serve.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import type { FakeContext } from '../helpers/context.ts'
import { routes } from '../helpers/discovery-fakes.ts'
import { request } from '../helpers/http.ts'
import { ollamaMessage, ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import type { Upstream } from '../helpers/upstream.ts'

async function written(context: FakeContext, text: RegExp): Promise<string> {
  for (;;) {
    const found = text.exec(context.err())?.[1]
    if (found !== undefined) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** An Ollama whose lock knows one model, and which has got another since. */
async function setUp(
  t: TestContext,
  serve: string,
): Promise<{ context: FakeContext; lock(): string; ollama: Upstream }> {
  const folder = mkdtempSync(join(tmpdir(), 'sage-serve-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const models = [{ name: 'old:1b', capabilities: ['completion'], context: 8192 }]
  const ollama = await openUpstream(
    routes({
      'GET /api/tags': () => ({ json: ollamaTags(models) }),
      'POST /api/chat': ({ json }) => ({ json: ollamaMessage({ model: String(json['model']), text: 'fine' }) }),
    }),
  )
  const provider = `mine: { kind: ollama, base_url: "${ollama.url}" }`
  writeFileSync(join(folder, 'sage.yaml'), `version: 1\nserve: ${serve}\nproviders:\n  ${provider}\n`)
  const options = { cwd: folder, home: folder }
  assert.equal((await runCli(['discover'], options)).code, 0)
  models.push({ name: 'new:1b', capabilities: ['completion'], context: 8192 })
  return {
    context: fakeContext([], options),
    lock: () => readFileSync(join(folder, 'sage.lock.yaml'), 'utf8'),
    ollama,
  }
}

function ask(url: string, model: string): Promise<{ status: number; text: string }> {
  return request(`${url}/v1/chat/completions`, { body: { model, messages: [{ role: 'user', content: 'hello' }] } })
}

describe('sage serve with a lock', () => {
  it('serves a model that came later, says so, and leaves the lock alone', async (t) => {
    const { context, lock } = await setUp(t, '{ port: 0 }')
    const before = lock()
    const running = runServe(context, {})
    const url = await written(context, /listening on (\S+)\n/)
    await written(context, /(models provider=mine models=2 added=\["new:1b"\] removed=\[\] changed=\[\])\n/)
    const answer = await ask(url, 'mine/new:1b')
    assert.equal(answer.status, 200, answer.text)
    assert.match((await request(`${url}/v1/models`)).text, /mine\/new:1b/)
    assert.equal(lock(), before)
    context.send('SIGTERM')
    assert.equal(await running, 0)
  })

  it('asks nobody when the profile says so', async (t) => {
    const { context, ollama } = await setUp(t, '{ port: 0, refresh: false }')
    const asked = ollama.requests.length
    const running = runServe(context, {})
    const url = await written(context, /listening on (\S+)\n/)
    assert.equal((await ask(url, 'mine/old:1b')).status, 200)
    assert.doesNotMatch((await request(`${url}/v1/models`)).text, /new:1b/)
    assert.deepEqual(
      ollama.requests.slice(asked).map(({ path }) => path),
      ['/api/chat'],
    )
    context.send('SIGTERM')
    assert.equal(await running, 0)
  })
})
