import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ERROR_BODY_MS, readError } from '../../src/gateway/read-error.ts'
import { MAX_ERROR_BYTES } from '../../src/gateway/read-body.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'
import type { Script } from '../helpers/scripted-send.ts'

const CALL = { origin: 'http://a', path: '/', method: 'GET', headers: {}, connectMs: 1 } as const
const gzip = { 'content-encoding': 'gzip' }

const CASES: readonly { name: string; script: Script; text: string; isWhole: boolean }[] = [
  { name: 'a body that ends', script: { chunks: ['no', ' way'].map(Buffer.from) }, text: 'no way', isWhole: true },
  { name: 'a body that breaks', script: { chunks: [Buffer.from('no')], after: 'reset' }, text: 'no', isWhole: false },
  {
    name: 'a body that never ends',
    script: { chunks: [Buffer.from('no')], after: 'hang' },
    text: 'no',
    isWhole: false,
  },
  { name: 'no byte of a body', script: { after: 'hang' }, text: '', isWhole: false },
  { name: 'gzip', script: { headers: gzip, chunks: [gzipSync('no')] }, text: 'no', isWhole: true },
  { name: 'no gzip', script: { headers: gzip, chunks: [Buffer.from('no')] }, text: '', isWhole: false },
  { name: 'an unknown encoding', script: { headers: { 'content-encoding': 'zip' } }, text: '', isWhole: false },
  {
    name: 'a body that is too large',
    script: { chunks: [Buffer.from('no'), Buffer.alloc(MAX_ERROR_BYTES)] },
    text: 'no',
    isWhole: false,
  },
]

for (const { name, script, text, isWhole } of CASES) {
  test(`the body of an error: ${name}`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const exchange = scriptedSend(() => ({ status: 500, ...script }))(CALL)
    const reading = readError(await exchange.answer, exchange.cancel)
    if (script.after === 'hang') t.mock.timers.tick(ERROR_BODY_MS)
    const { bytes, isWhole: isRead } = await reading
    assert.deepEqual([bytes.toString(), isRead], [text, isWhole])
  })
}
