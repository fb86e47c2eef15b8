import assert from 'node:assert/strict'
import { it } from 'node:test'
import { FACT_READERS } from '../../src/dialects/fact-readers.ts'
import { CLIENT_DIALECTS } from '../../src/dialects/index.ts'

it('reads facts as the served dialects do, each by its own reader', () => {
  const served = Object.values(CLIENT_DIALECTS).map(({ id, readFacts }) => [id, { id, readFacts }])
  assert.deepEqual(FACT_READERS, Object.fromEntries(served))
})
