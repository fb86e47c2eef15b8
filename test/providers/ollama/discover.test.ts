import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { discoverOllama, type DiscoveredModel, type JsonFetch } from '../../../src/providers/ollama/discover.ts'
import { ollamaShow, ollamaTags, type FakeModel, type FakeShow } from '../../helpers/ollama-replies.ts'

/** A server with these models; a model without an entry in `shows` has no /api/show. */
function server(
  models: readonly FakeModel[],
  shows: Record<string, FakeShow> = {},
): { get: JsonFetch; shown: string[] } {
  const shown: string[] = []
  const get: JsonFetch = async (method, path, body) => {
    if (method === 'GET' && path === '/api/tags') return ollamaTags(models)
    assert.deepEqual([method, path], ['POST', '/api/show'])
    const { model } = body as { model: string }
    shown.push(model)
    const show = shows[model]
    if (show === undefined) throw new Error('HTTP 500')
    return ollamaShow(show)
  }
  return { get, shown }
}

async function one(model: FakeModel, show?: FakeShow): Promise<DiscoveredModel | undefined> {
  const [found] = await discoverOllama(server([model], show && { [model.name]: show }).get)
  return found
}

describe('a server that lists facts', () => {
  it('is asked once', async () => {
    const { get, shown } = server([
      { name: 'qwen3:8b', capabilities: ['completion', 'tools', 'thinking'], context: 40_960 },
      { name: 'gemma3:4b', capabilities: ['completion', 'vision'], context: 131_072 },
      { name: 'nomic-embed-text:latest', capabilities: ['embedding'], context: 2048 },
      {
        name: 'gpt-oss:120b-cloud',
        capabilities: ['completion', 'tools'],
        context: 131_072,
        remoteModel: 'gpt-oss:120b',
      },
      { name: 'mine:latest', capabilities: ['completion'], context: 1024, remoteModel: 'glm-5' },
      { name: 'both:1b', capabilities: ['completion', 'embedding', 'insert'], context: 8192 },
    ])
    assert.deepEqual(await discoverOllama(get), [
      { id: 'qwen3:8b', capabilities: ['tools', 'thinking', 'json'], context: 40_960, remote: false },
      { id: 'gemma3:4b', capabilities: ['vision', 'json'], context: 131_072, remote: false },
      { id: 'gpt-oss:120b-cloud', capabilities: ['tools'], context: 131_072, remote: true },
      { id: 'mine:latest', capabilities: [], context: 1024, remote: true },
      { id: 'both:1b', capabilities: ['json'], context: 8192, remote: false },
    ])
    assert.deepEqual(shown, [])
  })

  it('may have no models', async () => {
    assert.deepEqual(await discoverOllama(server([]).get), [])
    assert.deepEqual(await discoverOllama(() => Promise.resolve({ models: null })), [])
  })
})

describe('a server that lists names only', () => {
  it('is asked about each model', async () => {
    const show: FakeShow = { capabilities: ['completion', 'tools'], context: 131_072 }
    assert.deepEqual(await one({ name: 'llama3.2:3b' }, show), {
      id: 'llama3.2:3b',
      capabilities: ['tools', 'json'],
      context: 131_072,
      remote: false,
    })
  })

  it('is asked for what the list lacks', async () => {
    const capabilities = ['completion']
    assert.deepEqual(await one({ name: 'a:1b', capabilities }, { capabilities, context: 4096 }), {
      id: 'a:1b',
      capabilities: ['json'],
      context: 4096,
      remote: false,
    })
    assert.deepEqual(await one({ name: 'a:1b', context: 8192 }, { capabilities }), {
      id: 'a:1b',
      capabilities: ['json'],
      context: 8192,
      remote: false,
    })
  })

  it('says that a model is remote', async () => {
    assert.equal((await one({ name: 'mine' }, { remoteModel: 'glm-5' }))?.remote, true)
    assert.equal((await one({ name: 'glm-5:cloud' }))?.remote, true)
  })

  const limits: [parameters: string, expected: number | undefined, context?: number][] = [
    ['num_ctx                        8192', 8192, 131_072],
    ['stop "<|end|>"\nnum_ctx 8192\ntemperature 0.6', 8192, 131_072],
    ['num_ctx 262144', 131_072, 131_072],
    ['num_ctx 8192', 8192],
    ['stop "num_ctx 12"', 131_072, 131_072],
    ['', undefined],
  ]
  for (const [parameters, expected, context] of limits) {
    it(`has a window of ${expected} by ${JSON.stringify(parameters)} and ${context}`, async () => {
      const show = { capabilities: ['completion'], parameters, ...(context !== undefined && { context }) }
      assert.equal((await one({ name: 'a:1b' }, show))?.context, expected)
      if (context !== undefined) assert.equal((await one({ name: 'a:1b', context }, show))?.context, expected)
    })
  }

  it('leaves out an embedding model that is known by its pooling', async () => {
    const show = { family: 'nomic-bert', context: 2048, modelInfo: { 'nomic-bert.pooling_type': 1 } }
    assert.equal(await one({ name: 'nomic-embed-text' }, show), undefined)
    assert.deepEqual(await one({ name: 'llama2' }, { context: 4096 }), { id: 'llama2', context: 4096, remote: false })
  })

  it('lets one model fail alone', async () => {
    const models = [{ name: 'a:1b' }, { name: 'b:1b' }, { name: 'c:1b' }]
    const show: FakeShow = { capabilities: ['completion'], context: 4096 }
    const known = { capabilities: ['json'], context: 4096, remote: false }
    assert.deepEqual(await discoverOllama(server(models, { 'a:1b': show, 'c:1b': show }).get), [
      { id: 'a:1b', ...known },
      { id: 'b:1b', remote: false },
      { id: 'c:1b', ...known },
    ])
  })

  it('is asked four things at once, no more', async () => {
    const models = Array.from({ length: 11 }, (_, i) => ({ name: `m${i}` }))
    let open = 0
    let most = 0
    const found = await discoverOllama(async (method) => {
      if (method === 'GET') return ollamaTags(models)
      most = Math.max(most, ++open)
      await new Promise((resolve) => setImmediate(resolve))
      open--
      return ollamaShow({ capabilities: ['completion'], context: 4096 })
    })
    assert.equal(most, 4)
    assert.deepEqual(
      found.map((model) => model.id),
      models.map((model) => model.name),
    )
  })
})

describe('a server that is something else', () => {
  for (const body of [undefined, null, 'hello', [], {}, { data: [] }]) {
    it(`which answers ${JSON.stringify(body)} is refused`, async () => {
      await assert.rejects(discoverOllama(() => Promise.resolve(body)))
    })
  }

  it('does no harm with odd entries', async () => {
    const models = [null, 7, {}, { name: '' }, { name: 'ok', details: 'x', capabilities: [1, 'completion'] }]
    const found = await discoverOllama((method) => Promise.resolve(method === 'GET' ? { models } : 'nonsense'))
    assert.deepEqual(found, [{ id: 'ok', capabilities: ['json'], remote: false }])
  })
})
