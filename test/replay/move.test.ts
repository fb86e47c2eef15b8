// A tool loop that has to move to another model of its vendor, which refuses the first one's proofs and its habits.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { startRouter } from '../helpers/router.ts'
import { clientOf } from './client.ts'
import { compareAnswers } from './compare.ts'
import { readRecordings } from './recording.ts'
import { headersOf, toReply } from './replay.ts'
import { startStrictProvider } from './strict-provider.ts'

const RECORDINGS = readRecordings(join(import.meta.dirname, 'fixtures'))
const MOVES: readonly [recording: string, kind: AnyKind, from: string, to: string][] = [
  ['claude-code', 'anthropic', 'claude-opus-4-8', 'claude-haiku-4-5'],
  ['claude-code', 'anthropic', 'claude-haiku-4-5', 'claude-sonnet-5-5'],
  ['anthropic-sdk', 'anthropic', 'claude-sonnet-4-5', 'claude-haiku-4-5'],
  ['gemini-cli', 'gemini', 'gemini-3-pro-preview', 'gemini-3-flash-preview'],
  ['pi-google', 'gemini', 'gemini-2.5-pro', 'gemini-3-pro-preview'],
  ['codex', 'openai', 'gpt-5.5', 'gpt-4.1'],
  ['codex', 'openai', 'gpt-5.2', 'gpt-5.5'],
]

for (const [name, kind, from, to] of MOVES) {
  test(`${name} goes on from ${from} to ${to}`, async () => {
    const [first, second] = RECORDINGS.find((each) => each.name === name)?.exchanges ?? []
    assert.ok(first !== undefined && second !== undefined)
    const [left, right] = [await startStrictProvider(kind), await startStrictProvider(kind)]
    const entry = (each: string, url: string, model: string): string => {
      const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
      const base = kind === 'openai' ? `${url}/v1` : url
      return `  ${each}: { kind: ${kind}, base_url: "${base}", key: env:TEST_KEY, models: { ${model}: { ${facts} } } }`
    }
    const router = await startRouter(
      [
        'version: 1',
        'providers:',
        entry('left', left.url, from),
        entry('right', right.url, to),
        'policies: { auto: { rules: [ { name: all, when: {}, prefer: [left/*, right/*] } ] } }',
      ].join('\n'),
      { env: { TEST_KEY: 'upstream-key' } },
    )
    try {
      for (const [exchange, provider] of [
        [first, left],
        [second, right],
      ] as const) {
        const client = clientOf(exchange)
        assert.ok(client !== undefined)
        const recorded = client.read(exchange.response.body)
        provider.script(toReply(recorded))
        const headers = headersOf(exchange)
        const answer = await request(router.url + exchange.path, { headers, body: exchange.body })
        assert.deepEqual(provider.refusals(), [])
        assert.equal(answer.status, 200, answer.text)
        assert.deepEqual(compareAnswers(recorded, client.read(answer.text)), [])
        left.breakDown()
      }
      assert.equal(right.requests.length, 1)
    } finally {
      await router.close()
      await left.close()
      await right.close()
    }
  })
}
