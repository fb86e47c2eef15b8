// Error bodies that no documentation tells of, from test/corpus: every dialect makes something of each.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ErrorKind } from '../../src/chat/error.ts'
import { PROVIDER_DIALECTS } from '../../src/dialects/index.ts'
import { readCorpus } from '../helpers/corpus.ts'

/** Kind by status, where the body says nothing better. */
const BY_STATUS: Readonly<Record<number, readonly ErrorKind[]>> = {
  // The body may be about a limit or a feature.
  400: ['bad_request', 'rate_limit', 'unsupported', 'context_length'],
  401: ['auth'],
  402: ['quota'],
  403: ['auth'],
  404: ['not_found'],
  413: ['context_length', 'bad_request'],
  422: ['bad_request'],
  429: ['rate_limit', 'quota'],
  500: ['server'],
  502: ['server', 'overloaded'],
  503: ['overloaded', 'server'],
  529: ['overloaded'],
}

for (const [id, dialect] of Object.entries(PROVIDER_DIALECTS)) {
  describe(`${id}: odd error bodies`, () => {
    for (const { name, bytes } of readCorpus('errors')) {
      it(name, () => {
        const status = Number(name.slice(0, 3))
        const error = dialect.decodeError(status, bytes.toString('utf8'))
        assert.ok(BY_STATUS[status]?.includes(error.kind), error.kind)
        assert.equal(error.status, status)
        assert.ok(error.message.length > 0 && error.message.length < 20_000, error.message.slice(0, 200))
        assert.doesNotMatch(error.message, /<html|<!doctype|\[object Object\]/i)
        const wait = error.retryAfterMs
        assert.ok(wait === undefined || wait > 0, `${wait}`)
      })
    }
  })
}
