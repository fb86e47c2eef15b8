import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerTooLarge, readAll } from '../../src/gateway/read-body.ts'
import type { ByteSource } from '../../src/providers/transport/types.ts'

function source(...chunks: (Buffer | Error)[]): ByteSource & { left: number } {
  return {
    get left() {
      return chunks.length
    },
    next: async () => {
      const chunk = chunks.shift()
      if (chunk instanceof Error) throw chunk
      return chunk
    },
  }
}

const CASES: { name: string; chunks: string[]; max: number; expected: string }[] = [
  { name: 'nothing', chunks: [], max: 0, expected: '' },
  { name: 'one chunk', chunks: ['abc'], max: 3, expected: 'abc' },
  { name: 'several chunks', chunks: ['a', '', 'bc', 'd'], max: 4, expected: 'abcd' },
]
for (const { name, chunks, max, expected } of CASES) {
  test(`read body: ${name}`, async () => {
    assert.equal((await readAll(source(...chunks.map((text) => Buffer.from(text))), max)).toString(), expected)
  })
}

test('read body: a character cut in two is whole again', async () => {
  const bytes = Buffer.from('😀')
  assert.equal((await readAll(source(bytes.subarray(0, 1), bytes.subarray(1)), 10)).toString(), '😀')
})

test('read body: stops as soon as it is too large', async () => {
  const chunks = Array.from({ length: 10 }, () => Buffer.from('abcd'))
  const body = source(...chunks)
  await assert.rejects(readAll(body, 9), AnswerTooLarge)
  assert.equal(body.left, 7)
})

test('read body: an error of the connection is passed on', async () => {
  const broken = new Error('reset')
  await assert.rejects(readAll(source(Buffer.from('a'), broken), 10), broken)
})
