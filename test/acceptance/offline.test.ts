// A20: serve and explain call nobody but the providers of the profile, and those not before there is a request.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { PROVIDER_KINDS, answerAs, providerYaml } from '../helpers/fake-provider.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import { sage, startSage } from '../helpers/sage.ts'

const RECORDER = pathToFileURL(join(import.meta.dirname, '..', 'helpers', 'record-connections.mjs')).href
const NODE_OPTIONS = `--import=${RECORDER}`

/** Ports connected to and names looked up, without repeats. */
function recorded(stderr: string): string[] {
  return [...new Set(Array.from(stderr.matchAll(/^RECORD (.*)$/gm), ([, what = '']) => what))].sort()
}

async function withProfile(yaml: string, use: (file: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sage-test-'))
  try {
    const file = join(folder, 'sage.yaml')
    writeFileSync(file, yaml)
    await use(file)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

describe('A20', () => {
  test('A20: serve connects to the providers it was asked for and to nobody else', async () => {
    const upstreams = await Promise.all(
      PROVIDER_KINDS.map((kind) => openUpstream((received) => answerAs(kind, received, { text: 'fine' }))),
    )
    const providers = PROVIDER_KINDS.map((kind, i) => providerYaml(`p${i}`, kind, upstreams[i]?.url ?? ''))
    await withProfile(`version: 1\nproviders:\n${providers.join('')}`, async (file) => {
      const env = { NODE_OPTIONS, TEST_KEY: 'upstream-key' }
      const serving = await startSage(['serve', '--profile', file, '--port', '0'], { env })
      try {
        assert.deepEqual(recorded(serving.output.stderr), [], 'nothing is called before there is a request')
        for (const client of TEST_CLIENTS) {
          for (let i = 0; i < PROVIDER_KINDS.length; i++) {
            const answer = await ask(serving.url, client, { model: `p${i}/m` })
            assert.equal(client.readText(answer.text), 'fine', answer.text)
          }
        }
      } finally {
        await serving.stop()
      }
      const ports = upstreams.map(({ port }) => `connect ${port}`).sort()
      assert.deepEqual(recorded(serving.output.stderr), ports)
    })
  })

  test('A20: without a profile only the local Ollama is asked', async () => {
    const ollama = await openUpstream((received) =>
      received.path === '/api/tags'
        ? { json: ollamaTags([{ name: 'llama3.2:3b', capabilities: ['completion', 'tools'], context: 131_072 }]) }
        : answerAs('ollama', received, { text: 'fine' }),
    )
    const env = { NODE_OPTIONS, OLLAMA_HOST: ollama.url }
    const serving = await startSage(['serve', '--port', '0'], { env })
    try {
      for (const client of TEST_CLIENTS) {
        assert.equal(client.readText((await ask(serving.url, client)).text), 'fine')
      }
    } finally {
      await serving.stop()
    }
    assert.deepEqual(recorded(serving.output.stderr), [`connect ${ollama.port}`])
  })

  test('A20: explain with a profile connects to nobody', async () => {
    const yaml = [
      'version: 1\nproviders:\n',
      '  a: { kind: anthropic, key: env:TEST_KEY }\n',
      '  b: { kind: openai-compatible, base_url: "https://api.example.invalid/v1", models: [m] }\n',
    ].join('')
    await withProfile(yaml, async (file) => {
      const result = await sage('explain', '--profile', file, 'hello')
        .env({ NODE_OPTIONS, TEST_KEY: 'key-of-the-test' })
        .run()
      assert.equal(result.code, 0, result.stderr)
      assert.deepEqual(recorded(result.stderr), [])
    })
  })

  test('A20: the recorder sees connections and lookups', async () => {
    const yaml = 'version: 1\nproviders: { o: { kind: ollama, base_url: "http://localhost:9" } }\n'
    await withProfile(yaml, async (file) => {
      const result = await sage('explain', '--profile', file, 'hello').env({ NODE_OPTIONS }).run()
      assert.deepEqual(recorded(result.stderr).slice(0, 2), ['connect 9', 'lookup localhost'])
    })
  })
})
