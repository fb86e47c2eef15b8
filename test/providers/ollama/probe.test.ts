import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { Ollama } from 'ollama'
import { probeOllama } from '../../../src/providers/ollama/probe.ts'
import { ollamaShow, ollamaTags } from '../../helpers/ollama-replies.ts'
import { refusedUrl, startUpstream, type Handler, type Upstream } from '../../helpers/upstream.ts'

const LONG = 30_000

async function start(t: TestContext, handler: Handler): Promise<Upstream> {
  const upstream = await startUpstream(handler)
  t.after(() => upstream.close())
  return upstream
}

const ollama: Handler = ({ method, path, json }) => {
  if (method === 'GET' && path === '/api/tags') {
    const tools = { name: 'qwen3:8b', capabilities: ['completion', 'tools'], context: 40_960 }
    return { json: ollamaTags([tools, { name: 'old:1b' }]) }
  }
  if (method === 'POST' && path === '/api/show' && json['model'] === 'old:1b') {
    return { json: ollamaShow({ capabilities: ['completion', 'vision'], context: 8192, parameters: 'num_ctx 4096' }) }
  }
  return { status: 404, text: '404 page not found' }
}

describe('a probe', () => {
  it('finds the models of a server, with or without a slash behind its address', async (t) => {
    const { url } = await start(t, ollama)
    const expected = [
      { id: 'qwen3:8b', capabilities: ['tools', 'json'], context: 40_960, remote: false },
      { id: 'old:1b', capabilities: ['vision', 'json'], context: 4096, remote: false },
    ]
    assert.deepEqual(await probeOllama(url, LONG), expected)
    assert.deepEqual(await probeOllama(`${url}/`, LONG), expected)
  })

  it('keeps the path of the address', async (t) => {
    const upstream = await start(t, () => ({ json: ollamaTags([]) }))
    assert.deepEqual(await probeOllama(`${upstream.url}/ollama/`, LONG), [])
    assert.equal(upstream.requests[0]?.path, '/ollama/api/tags')
  })

  it('sees what the official client sees', async (t) => {
    const { url } = await start(t, ollama)
    const client = new Ollama({ host: url })
    const { models } = await client.list()
    const shown = await client.show({ model: 'old:1b' })
    const found = await probeOllama(url, LONG)
    assert.deepEqual(
      found?.map((model) => model.id),
      models.map((model) => model.name),
    )
    assert.deepEqual(shown.capabilities, ['completion', 'vision'])
    assert.equal((shown.model_info as unknown as Record<string, unknown>)['llama.context_length'], 8192)
    assert.equal(shown.parameters, 'num_ctx 4096')
  })

  it('finds nothing where nobody listens', async () => {
    assert.equal(await probeOllama(await refusedUrl(), LONG), undefined)
  })

  it('finds nothing at an address that is none', async () => {
    assert.equal(await probeOllama('localhost', LONG), undefined)
  })

  const others: [name: string, handler: Handler][] = [
    ['another server', () => ({ status: 404, json: { error: 'not found' } })],
    ['a list with an error status', () => ({ status: 500, json: ollamaTags([]) })],
    ['a web page', () => ({ text: '<html></html>' })],
    ['other JSON', () => ({ json: { data: [] } })],
    ['a reset', () => ({ fault: 'reset' })],
    ['half an answer', () => ({ fault: 'fin-after', chunks: ['{"models":['] })],
    ['not HTTP', () => ({ raw: 'SSH-2.0-x\r\n' })],
    ['an endless answer', () => ({ chunks: [' '.repeat(17 * 1024 * 1024), '{"models":[]}'] })],
  ]
  for (const [name, handler] of others) {
    it(`finds nothing in ${name}`, async (t) => {
      assert.equal(await probeOllama((await start(t, handler)).url, LONG), undefined)
    })
  }

  const silent: [name: string, handler: Handler][] = [
    ['says nothing', () => ({ fault: 'hang' })],
    ['sends headers only', () => ({ fault: 'hang-after-headers' })],
    ['stops in the middle', () => ({ fault: 'stall-after', chunks: ['{"models":['] })],
  ]
  for (const [name, handler] of silent) {
    it(`gives up on a server that ${name}, and leaves`, async (t) => {
      const upstream = await start(t, handler)
      assert.equal(await probeOllama(upstream.url, 500), undefined)
      await upstream.untilAborted()
    })
  }

  it('keeps the names when the facts do not arrive in time', async (t) => {
    const { url } = await start(t, (request, n) =>
      request.path === '/api/show' ? { fault: 'hang' } : ollama(request, n),
    )
    assert.deepEqual(await probeOllama(url, 1500), [
      { id: 'qwen3:8b', capabilities: ['tools', 'json'], context: 40_960, remote: false },
      { id: 'old:1b', remote: false },
    ])
  })
})
