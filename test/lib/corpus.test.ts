// Nasty JSON and nasty streams, from test/corpus.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createFramer } from '../../src/lib/framing.ts'
import type { RawFrame } from '../../src/lib/framing.ts'
import { JsonOutline, JsonSyntaxError } from '../../src/lib/json-outline.ts'
import { readCorpus } from '../helpers/corpus.ts'

describe('JSON that is none', () => {
  for (const { name, bytes } of readCorpus('json', 'refused')) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => new JsonOutline(bytes),
        (error) => error instanceof JsonSyntaxError && error.offset >= 0 && error.offset <= bytes.length,
      )
    })
  }
})

describe('odd JSON', () => {
  for (const { name, bytes } of readCorpus('json', 'taken')) {
    it(`takes ${name}`, () => {
      const outline = new JsonOutline(bytes)
      const parsed = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
      for (const key of Object.keys(parsed)) assert.deepEqual(outline.value(key), parsed[key])
      assert.equal(new Set(outline.members.map((member) => member.name)).size, Object.keys(parsed).length)
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
    })
  }
})

/** Data of the events in each stream; '' is a frame without any. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  'blank-lines': ['', ''],
  'byte-order-mark': ['a'],
  'byte-order-mark-inside': ['a', 'b'],
  'carriage-returns': ['a', 'b'],
  'chunk-sizes-left-in': ['a', ''],
  'colon-first': [''],
  'comment-alone': [''],
  'data-without-colon': [''],
  'done-twice': ['[DONE]', '[DONE]'],
  'event-after-data': ['{}'],
  'invalid-utf8': ['\uFFFD\uFFFD'],
  'line-separators': ['a\u2028b\u0085c'],
  'long-comment': ['', 'a'],
  'many-data-lines': ['a\n\nb'],
  'mixed-line-ends': ['a', 'b'],
  'ndjson-in-sse': [''],
  'no-space': ['a'],
  nul: ['a\0b'],
  'space-before-colon': [''],
  'two-events-of-one-name': ['x'],
  unfinished: ['a', 'b'],
  'unfinished-comment': [''],
  'upper-case': [''],
}

function frames(reads: readonly Buffer[]): RawFrame[] {
  const framer = createFramer('sse')
  const found = reads.flatMap((read) => framer.push(read))
  const last = framer.end()
  return last === undefined ? found : [...found, last]
}

describe('odd event streams', () => {
  const files = readCorpus('sse')
  it('says what is in each', () =>
    assert.deepEqual(
      files.map(({ name }) => name),
      Object.keys(EVENTS),
    ))
  for (const { name, bytes } of files) {
    it(`reads ${name}, whole and byte by byte`, () => {
      const whole = frames([bytes])
      assert.deepEqual(
        whole.map(({ data }) => data),
        EVENTS[name],
      )
      assert.deepEqual(frames(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))), whole)
      assert.deepEqual(Buffer.concat(whole.map(({ raw }) => raw)), bytes)
    })
  }
})
