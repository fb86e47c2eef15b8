import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ErrorKind } from '../../src/chat/error.ts'
import { classify } from '../../src/gateway/classify.ts'

/** next, health, key, gone, clientFault, status: what each kind of error means. */
const TABLE: Record<ErrorKind, [string, boolean, string | undefined, boolean, boolean, number]> = {
  rate_limit: ['any', false, 'rate_limit', false, false, 429],
  quota: ['any', false, 'quota', false, false, 402],
  auth: ['any', false, 'auth', false, false, 502],
  not_found: ['any', false, undefined, true, false, 404],
  context_length: ['larger', false, undefined, false, true, 400],
  unsupported: ['any', false, undefined, false, true, 400],
  bad_request: ['none', false, undefined, false, true, 400],
  refusal: ['none', false, undefined, false, true, 400],
  overloaded: ['any', true, undefined, false, false, 503],
  server: ['any', true, undefined, false, false, 502],
  timeout: ['any', true, undefined, false, false, 504],
  network: ['any', true, undefined, false, false, 502],
  bad_answer: ['any', true, undefined, false, false, 502],
}

for (const [kind, row] of Object.entries(TABLE) as [ErrorKind, (typeof TABLE)[ErrorKind]][]) {
  test(`classify: ${kind}`, () => {
    const verdict = classify({ kind, status: 0, message: '' })
    const { next, health, key, gone, clientFault, status } = verdict
    assert.deepEqual([next, health, key, gone, clientFault, status], row)
  })
}
