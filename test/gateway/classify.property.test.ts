// P-04: every error answer of a provider, however odd, is of one class and says what is to be done.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PROVIDER_DIALECTS } from '../../src/dialects/index.ts'
import { classify } from '../../src/gateway/classify.ts'
import { retryAfterMs } from '../../src/gateway/retry-after.ts'
import { runsOf } from '../helpers/runs.ts'

const NEXT = new Set(['any', 'larger', 'none'])
const HOUR = 3_600_000

/** Words that error tables look for, and words that look like them. */
const word = fc.constantFrom(
  'context_length_exceeded',
  'insufficient_quota',
  'rate_limit_exceeded',
  'invalid_api_key',
  'overloaded_error',
  'RESOURCE_EXHAUSTED',
  'does not support tools',
  'prompt is too long: 9 tokens > 8 maximum',
  'try again in 1m2.5s',
  'try again in 99999999999999999999s',
  'model not found',
  '__proto__',
  'constructor',
  'toString',
  '',
)
const leaf = fc.oneof(word, word, fc.string({ unit: 'binary', maxLength: 40 }), fc.jsonValue({ maxDepth: 1 }))
const name = fc.constantFrom(
  'error',
  'type',
  'code',
  'message',
  'status',
  'param',
  'details',
  'detail',
  'errors',
  'retry_after',
  'retryDelay',
  '@type',
  'title',
  'request_id',
  '__proto__',
)
const { shaped } = fc.letrec<{ shaped: unknown }>((tie) => ({
  shaped: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.dictionary(name, tie('shaped'), { maxKeys: 5 }),
    fc.array(tie('shaped'), { maxLength: 3 }),
    // Gemini puts JSON into messages.
    tie('shaped').map((value) => ({ error: { message: JSON.stringify(value) } })),
  ),
}))

const body = fc.oneof(
  { weight: 6, arbitrary: shaped.map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constantFrom('', '<html>502</html>', '[', '{"error":', 'null', '[[]]', '\uFEFF{}') },
)
const status = fc.oneof(
  fc.integer({ min: 100, max: 999 }),
  fc.constantFrom(400, 401, 402, 403, 404, 413, 429, 500, 529),
)

test('P-04: decoding and classifying an error is total', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(PROVIDER_DIALECTS)), status, body, (dialect, code, text) => {
      const error = dialect.decodeError(code, text)
      assert.equal(typeof error.message, 'string')
      assert.equal(error.status, code)
      const wait = error.retryAfterMs
      assert.ok(wait === undefined || (Number.isFinite(wait) && wait >= 0), `wait ${wait}`)
      const verdict = classify(error)
      assert.ok(verdict !== undefined, `no verdict for ${error.kind}`)
      assert.ok(NEXT.has(verdict.next))
      assert.ok(verdict.status >= 400 && verdict.status <= 599)
      assert.match(verdict.code, /^[a-z_]+$/)
      // What is the client's own fault speaks against nobody else.
      assert.ok(!verdict.clientFault || (!verdict.health && verdict.key === undefined && !verdict.gone))
    }),
    runsOf('P-04', 4000, 50_000),
  )
})

const header = fc.constantFrom(
  'retry-after',
  'retry-after-ms',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-tokens',
  'anthropic-ratelimit-tokens-remaining',
  'anthropic-ratelimit-tokens-reset',
  'constructor',
)
const value = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1',
    '1e9',
    '1e400',
    'Infinity',
    'NaN',
    '6m0s',
    '1h2m3.5s',
    '350ms',
    '2026-01-01T12:01:00Z',
  ),
  fc.integer().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.string({ maxLength: 20 }),
)

test('P-10: the wait in any headers is nothing, or between 0 and an hour', () => {
  fc.assert(
    fc.property(fc.dictionary(header, value), fc.nat(2 ** 31), (headers, seconds) => {
      const wait = retryAfterMs(headers, seconds * 1000)
      assert.ok(wait === undefined || (wait >= 0 && wait <= HOUR), `${wait}`)
    }),
    runsOf('P-10', 4000, 10_000),
  )
})

test('P-10: who asks for a longer wait is not left alone for a shorter time', () => {
  const both = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
  const now = Date.UTC(2026, 0, 1)
  const forms: Record<string, (seconds: number) => Record<string, string>> = {
    seconds: (seconds) => ({ 'retry-after': String(seconds) }),
    milliseconds: (seconds) => ({ 'retry-after-ms': String(seconds * 1000) }),
    date: (seconds) => ({ 'retry-after': new Date(now + seconds * 1000).toUTCString() }),
    duration: (seconds) => ({
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': `${Math.floor(seconds / 60)}m${seconds % 60}s`,
    }),
    instant: (seconds) => ({
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': new Date(now + seconds * 1000).toISOString(),
    }),
  }
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(forms)), both, (form, [one, other]) => {
      const wait = (seconds: number): number => retryAfterMs(forms[form]?.(seconds) ?? {}, now) ?? assert.fail(form)
      assert.equal(Math.sign(wait(one) - wait(other)), Math.sign(Math.min(one, 3600) - Math.min(other, 3600)))
      // The same moment is nearer when time has passed.
      if (form === 'date' || form === 'instant') {
        const later = retryAfterMs(forms[form]?.(one) ?? {}, now + 1000)
        assert.ok((later ?? 0) <= wait(one))
      }
    }),
    runsOf('P-10', 1000, 10_000),
  )
})
