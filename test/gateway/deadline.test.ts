import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deadlineOf } from '../../src/gateway/deadline.ts'

const CASES: [header: string | undefined, setting: number, expected: number][] = [
  [undefined, Infinity, Infinity],
  [undefined, 5000, 6000],
  ['600', Infinity, 1000 + 599_750],
  ['600', 5000, 6000],
  ['2', 5000, 1000 + 1800],
  ['0', 5000, 6000],
  ['-3', 5000, 6000],
  ['soon', 5000, 6000],
  ['', Infinity, Infinity],
]
for (const [header, setting, expected] of CASES) {
  test(`x-stainless-timeout ${header ?? 'absent'}, deadline_ms ${setting}: ${expected}`, () => {
    const headers = header === undefined ? {} : { 'x-stainless-timeout': header }
    assert.equal(deadlineOf(headers, { deadlineMs: setting }, 1000), expected)
  })
}
