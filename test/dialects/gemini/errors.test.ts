import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { ErrorKind } from '../../../src/chat/error.ts'
import { geminiClient, geminiProvider } from '../../../src/dialects/gemini/index.ts'

interface Fixture {
  who: string
  status: number
  body: unknown
  kind: ErrorKind
  message?: string
  code?: string
  retryAfterMs?: number
}

const fixtures = JSON.parse(
  readFileSync(new URL('../../fixtures/dialects/gemini/errors.json', import.meta.url), 'utf8'),
) as Fixture[]

describe('decodeError', () => {
  for (const { who, status, body, kind, message, code, retryAfterMs } of fixtures) {
    it(who, () => {
      const error = geminiProvider.decodeError(status, typeof body === 'string' ? body : JSON.stringify(body))
      assert.equal(error.kind, kind, error.message)
      assert.equal(error.status, status)
      assert.notEqual(error.message, '')
      if (message !== undefined) assert.equal(error.message, message)
      if (code !== undefined) assert.equal(error.code, code)
      assert.equal(error.retryAfterMs, retryAfterMs)
    })
  }

  it('keeps long messages short and deep nesting out', () => {
    const long = { error: { code: 500, message: 'x'.repeat(10_000), status: 'INTERNAL' } }
    assert.equal(geminiProvider.decodeError(500, JSON.stringify(long)).message.length, 2000)
    let deep: unknown = { message: 'deep' }
    for (let level = 0; level < 30; level++) deep = { error: deep }
    assert.equal(geminiProvider.decodeError(500, JSON.stringify(deep)).kind, 'server')
  })
})

describe('encodeError', () => {
  const table: [number, string][] = [
    [400, 'INVALID_ARGUMENT'],
    [401, 'UNAUTHENTICATED'],
    [402, 'RESOURCE_EXHAUSTED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [413, 'INVALID_ARGUMENT'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [502, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
    [504, 'DEADLINE_EXCEEDED'],
    [529, 'UNAVAILABLE'],
  ]
  for (const [status, word] of table) {
    it(`${status} is ${word}`, () => {
      assert.deepEqual(geminiClient.encodeError({ status, message: 'no luck', code: 'no_candidate' }), {
        error: {
          code: status,
          message: 'no luck',
          status: word,
          details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'NO_CANDIDATE', domain: 'sage' }],
        },
      })
    })
  }

  it('is understood by our own decoder, in a stream too', () => {
    const error = { status: 503, message: 'all are busy', code: 'no_candidate' }
    const wire = geminiClient.encodeStreamError(error)
    assert.match(wire, /^data: \{.*\}\r\n\r\n$/s)
    const events = geminiProvider.createStreamDecoder().push({ event: '', data: wire.slice('data: '.length).trim() })
    assert.deepEqual(events, [
      { type: 'error', error: { kind: 'overloaded', status: 200, message: 'all are busy', code: 'UNAVAILABLE' } },
    ])
  })
})
