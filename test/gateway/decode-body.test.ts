import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { decodeBody } from '../../src/gateway/decode-body.ts'
import { AnswerTooLarge, MAX_ANSWER_BYTES, readAll } from '../../src/gateway/read-body.ts'
import { TransportError } from '../../src/providers/transport/types.ts'
import type { ByteSource } from '../../src/providers/transport/types.ts'

const TEXT = 'how are you? 😀 '.repeat(1000)

/** The bytes in pieces of `size`, then the error if there is one. */
function source(bytes: Buffer, size: number, error?: Error): ByteSource {
  let at = 0
  return {
    next: () => {
      if (at >= bytes.length) return error === undefined ? Promise.resolve(undefined) : Promise.reject(error)
      at += size
      return Promise.resolve(bytes.subarray(at - size, at))
    },
  }
}

async function read(bytes: Buffer, encoding: string, size: number = 7, error?: Error): Promise<string> {
  const decoded = decodeBody(source(bytes, size, error), encoding)
  assert.ok(decoded !== undefined)
  return (await readAll(decoded, MAX_ANSWER_BYTES)).toString('utf8')
}

test('every known encoding, in any pieces', async () => {
  for (const size of [1, 7, 1_000_000]) {
    assert.equal(await read(gzipSync(TEXT), 'gzip', size), TEXT)
    assert.equal(await read(gzipSync(TEXT), ' X-GZIP', size), TEXT)
    assert.equal(await read(deflateSync(TEXT), 'deflate', size), TEXT)
    assert.equal(await read(brotliCompressSync(TEXT), 'br', size), TEXT)
    assert.equal(await read(Buffer.from(TEXT), 'identity', size), TEXT)
    assert.equal(await read(Buffer.from(TEXT), 'None', size), TEXT)
  }
})

test('encodings that nobody should send', () => {
  for (const encoding of ['gzip, gzip', 'compress', 'zstd', '__proto__', 'constructor']) {
    assert.equal(decodeBody(source(Buffer.from('x'), 1), encoding), undefined, encoding)
  }
})

test('bytes that are not what they say, or end early', async () => {
  await assert.rejects(read(Buffer.from(TEXT), 'gzip'), { code: 'BAD_ENCODING' })
  await assert.rejects(read(gzipSync(TEXT).subarray(0, 60), 'gzip'), { code: 'BAD_ENCODING' })
})

test('a connection that breaks keeps its own error', async () => {
  const broken = new TransportError('gone', 'ECONNRESET', false)
  await assert.rejects(read(gzipSync(TEXT).subarray(0, 60), 'gzip', 7, broken), broken)
})

test('a small body that hides a huge one is not read to its end', async () => {
  const decoded = decodeBody(source(gzipSync(Buffer.alloc(MAX_ANSWER_BYTES + 1)), 1000), 'gzip')
  assert.ok(decoded !== undefined)
  await assert.rejects(readAll(decoded, Infinity), AnswerTooLarge)
})
