import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadReply } from '../../../src/dialects/ollama-chat/load.ts'
import { CREATED, outlineOf, type Json } from './support.ts'

describe('a request without messages', () => {
  const table: [body: Json, reason: string][] = [
    [{ messages: [] }, 'load'],
    [{}, 'load'],
    [{ messages: null, stream: true }, 'load'],
    [{ messages: [], keep_alive: 0 }, 'unload'],
    [{ messages: [], keep_alive: '0' }, 'unload'],
    [{ messages: [], keep_alive: '0s' }, 'unload'],
    [{ messages: [], keep_alive: '0.0m' }, 'unload'],
    [{ messages: [], keep_alive: '10m' }, 'load'],
    [{ messages: [], keep_alive: -1 }, 'load'],
  ]
  for (const [body, reason] of table) {
    it(`${JSON.stringify(body)} is answered with ${reason}`, () => {
      assert.deepEqual(loadReply(outlineOf({ model: 'sage/auto', ...body }), CREATED), {
        model: 'sage/auto',
        created_at: '2026-01-01T00:00:00.000Z',
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: reason,
      })
    })
  }
})

it('a request that says something is no load', () => {
  const bodies = [{ messages: [{ role: 'user', content: '' }] }, { messages: 'hi' }, { messages: {} }]
  assert.deepEqual(
    bodies.map((body) => loadReply(outlineOf(body), CREATED)),
    [undefined, undefined, undefined],
  )
})
