import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { retryAfterMs } from '../../src/gateway/retry-after.ts'

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0)
const HOUR = 3_600_000

const CASES: { name: string; headers: Record<string, string>; ms: number | undefined }[] = [
  { name: 'seconds', headers: { 'retry-after': '7' }, ms: 7000 },
  { name: 'fraction of a second', headers: { 'retry-after': '0.5' }, ms: 500 },
  { name: 'zero', headers: { 'retry-after': '0' }, ms: 0 },
  { name: 'HTTP date', headers: { 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, ms: 30_000 },
  { name: 'date in the past', headers: { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, ms: undefined },
  { name: 'milliseconds win', headers: { 'retry-after-ms': '250', 'retry-after': '9' }, ms: 250 },
  { name: 'garbage', headers: { 'retry-after': 'soon' }, ms: undefined },
  { name: 'negative', headers: { 'retry-after': '-5' }, ms: undefined },
  { name: 'absurd', headers: { 'retry-after': '1000000000' }, ms: HOUR },
  { name: 'nothing', headers: {}, ms: undefined },
  {
    name: 'OpenAI reset of a used-up budget',
    headers: { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' },
    ms: 360_000,
  },
  {
    name: 'OpenAI reset in milliseconds',
    headers: { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '350ms' },
    ms: 350,
  },
  {
    name: 'reset of a budget that is not used up',
    headers: { 'x-ratelimit-remaining-tokens': '10', 'x-ratelimit-reset-tokens': '6m0s' },
    ms: undefined,
  },
  {
    name: 'Anthropic reset as RFC 3339',
    headers: {
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-01-01T12:01:00Z',
    },
    ms: 60_000,
  },
  {
    name: 'the longest of two used-up budgets',
    headers: {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '2s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '1m1.5s',
    },
    ms: 61_500,
  },
  {
    name: 'garbage reset',
    headers: { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '-1' },
    ms: undefined,
  },
]

for (const { name, headers, ms } of CASES) {
  test(`retry-after: ${name}`, () => {
    assert.equal(retryAfterMs(headers, NOW), ms)
  })
}

test('retry-after: any header text gives nothing or a wait between 0 and an hour', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      const ms = retryAfterMs({ 'retry-after': one, 'retry-after-ms': two }, NOW)
      assert.ok(ms === undefined || (ms >= 0 && ms <= HOUR))
    }),
  )
})
