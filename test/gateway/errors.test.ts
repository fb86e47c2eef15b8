import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ErrorKind } from '../../src/chat/error.ts'
import { classify } from '../../src/gateway/classify.ts'
import { exhaustedError } from '../../src/gateway/errors.ts'
import type { ErrorAnswer } from '../../src/gateway/errors.ts'
import type { Failure } from '../../src/gateway/failover-types.ts'
import type { AttemptRecord } from '../../src/gateway/types.ts'

const redact = (text: string): string => text.replaceAll('SECRET', '[redacted]')

function failure(kind: ErrorKind, status: number, message: string, retryAfterMs?: number): Failure {
  const error = { kind, status, message, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  return { target: { provider: 'a', model: 'm' }, error, verdict: classify(error), isSilent: false }
}

function attempts(count: number): AttemptRecord[] {
  const names = ['a', 'b', 'c'].slice(0, count)
  return names.map((provider) => ({
    provider,
    model: 'm',
    outcome: 'server',
    status: 500,
    message: 'SECRET boom',
    ms: 1,
  }))
}

const CASES: { name: string; answer: ErrorAnswer; expected: ErrorAnswer }[] = [
  {
    name: 'nobody could be asked',
    answer: exhaustedError(undefined, [], redact, 4200),
    expected: {
      status: 503,
      code: 'no_candidate',
      message: 'no candidate could be tried just now: every one is resting after failures',
      headers: { 'x-should-retry': 'false', 'retry-after': '1' },
    },
  },
  {
    name: 'one attempt failed',
    answer: exhaustedError(failure('server', 500, 'SECRET boom'), attempts(1), redact, 0),
    expected: {
      status: 502,
      code: 'upstream_failed',
      message: 'a/m failed: [redacted] boom',
      headers: { 'x-should-retry': 'false', 'retry-after': '1' },
    },
  },
  {
    name: 'two attempts failed',
    answer: exhaustedError(failure('server', 500, 'boom'), attempts(2), redact, 0),
    expected: {
      status: 502,
      code: 'upstream_failed',
      message: 'all 2 attempts failed: a/m: server (500) [redacted] boom; b/m: server (500) [redacted] boom',
      headers: { 'x-should-retry': 'false', 'retry-after': '1' },
    },
  },
  {
    name: 'the client’s mistake keeps the provider’s status and words',
    answer: exhaustedError(failure('bad_request', 422, 'no SECRET field'), attempts(1), redact, 0),
    expected: {
      status: 422,
      code: 'bad_request',
      message: 'no [redacted] field',
      headers: { 'x-should-retry': 'false' },
    },
  },
  {
    name: 'a client’s mistake told inside a 200 has the status of its kind',
    answer: exhaustedError(failure('context_length', 200, 'too long'), attempts(1), redact, 0),
    expected: {
      status: 400,
      code: 'context_length_exceeded',
      message: 'too long',
      headers: { 'x-should-retry': 'false' },
    },
  },
  {
    name: 'a rate limit says when',
    answer: exhaustedError(failure('rate_limit', 429, 'slow', 6500), attempts(1), redact, 0),
    expected: {
      status: 429,
      code: 'rate_limited',
      message: 'a/m failed: slow',
      headers: { 'x-should-retry': 'false', 'retry-after': '7' },
    },
  },
  {
    name: 'a wait of nothing is a second',
    answer: exhaustedError(failure('overloaded', 529, 'busy', 0), attempts(1), redact, 0),
    expected: {
      status: 503,
      code: 'overloaded',
      message: 'a/m failed: busy',
      headers: { 'x-should-retry': 'false', 'retry-after': '1' },
    },
  },
]
for (const { name, answer, expected } of CASES) {
  test(`errors: ${name}`, () => {
    assert.deepEqual(answer, expected)
  })
}

test('errors: no provider’s trouble is told as the client’s', () => {
  const kinds: ErrorKind[] = ['auth', 'server', 'timeout', 'network', 'bad_answer', 'overloaded']
  for (const kind of kinds) {
    const { status } = exhaustedError(failure(kind, 401, 'x'), attempts(1), redact, 0)
    assert.ok(status >= 500, kind)
  }
})
