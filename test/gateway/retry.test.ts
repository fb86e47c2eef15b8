import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { UpstreamError } from '../../src/chat/error.ts'
import { retryWaitMs } from '../../src/gateway/retry.ts'
import type { RetryCase } from '../../src/gateway/retry.ts'

const USUAL: RetryCase = { longestMs: 2000, isLast: false, isSilent: false, chance: 0 }
const limited = (retryAfterMs?: number): UpstreamError => ({
  kind: 'rate_limit',
  status: 429,
  message: '',
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})
const reset = (code: string): UpstreamError => ({ kind: 'network', status: 0, message: '', code })

describe('retryWaitMs', () => {
  const cases: [what: string, error: UpstreamError, more: Partial<RetryCase>, least: number, most: number][] = [
    ['a short wait', limited(1000), {}, 1010, 1250],
    ['no wait at all', limited(0), {}, 10, 10],
    ['a wait as long as allowed', limited(2000), {}, 2010, 2250],
    ['no wait named, nobody else left', limited(), { isLast: true }, 500, 1000],
    ['the same with little patience', limited(), { isLast: true, longestMs: 100 }, 50, 100],
    ['a 500', { kind: 'server', status: 500, message: '' }, {}, 150, 300],
    ['a reset', reset('ECONNRESET'), { isSilent: true }, 150, 300],
    ['a closed socket', reset('UND_ERR_SOCKET'), { isSilent: true }, 150, 300],
  ]
  for (const [what, error, more, least, most] of cases) {
    test(`${what}: between ${least} and ${most} ms`, () => {
      const waits = [0, 0.999999].map((chance) => retryWaitMs(error, { ...USUAL, ...more, chance }) ?? NaN)
      assert.deepEqual(
        waits.map(Math.round).sort((a, b) => a - b),
        [least, most],
      )
    })
  }

  const never: [what: string, error: UpstreamError, more: Partial<RetryCase>][] = [
    ['a long wait', limited(2001), {}],
    ['a long wait, nobody else left', limited(2001), { isLast: true }],
    ['no wait named, and others to ask', limited(), {}],
    ['no patience', limited(10), { longestMs: 0, isLast: true }],
    ['a 503', { kind: 'overloaded', status: 503, message: '' }, { isLast: true }],
    ['a 502', { kind: 'server', status: 502, message: '' }, { isLast: true }],
    ['an error event in a stream', { kind: 'server', status: 200, message: '' }, { isLast: true }],
    ['a refused connection', reset('ECONNREFUSED'), { isSilent: true, isLast: true }],
    ['a reset inside an answer', reset('ECONNRESET'), { isLast: true }],
    ['a timeout', { kind: 'timeout', status: 0, message: '' }, { isSilent: true, isLast: true }],
    ['no money', { kind: 'quota', status: 429, message: '', retryAfterMs: 10 }, { isLast: true }],
    ['a bad key', { kind: 'auth', status: 401, message: '' }, { isLast: true }],
    ["the client's mistake", { kind: 'bad_request', status: 400, message: '' }, { isLast: true }],
  ]
  for (const [what, error, more] of never) {
    test(`${what}: never`, () => assert.equal(retryWaitMs(error, { ...USUAL, ...more }), undefined))
  }
})
