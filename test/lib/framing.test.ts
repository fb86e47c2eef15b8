import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createFramer, FrameTooLarge, type RawFrame } from '../../src/lib/framing.ts'

type Kind = 'sse' | 'ndjson'

function frames(kind: Kind, chunks: readonly Buffer[]): RawFrame[] {
  const framer = createFramer(kind)
  const found = chunks.flatMap((chunk) => framer.push(chunk))
  const last = framer.end()
  return last === undefined ? found : [...found, last]
}

function read(kind: Kind, text: string): { event: string; data: string }[] {
  return frames(kind, [Buffer.from(text)]).map(({ event, data }) => ({ event, data }))
}

/** Cuts bytes at the given places, which may repeat (then a chunk is empty). */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end))
}

describe('server-sent events', () => {
  const cases: { name: string; text: string; expected: { event: string; data: string }[] }[] = [
    { name: 'LF', text: 'data: a\n\ndata: b\n\n', expected: [data('a'), data('b')] },
    { name: 'CR LF', text: 'data: a\r\n\r\ndata: b\r\n\r\n', expected: [data('a'), data('b')] },
    { name: 'CR', text: 'data: a\r\rdata: b\r\r', expected: [data('a'), data('b')] },
    {
      name: 'mixed line ends',
      text: 'data: a\r\n\ndata: b\n\r\ndata: c\n\n',
      expected: [data('a'), data('b'), data('c')],
    },
    { name: 'a byte order mark', text: '\uFEFFdata: a\n\n', expected: [data('a')] },
    { name: 'an event name', text: 'event: ping\ndata: {}\n\n', expected: [{ event: 'ping', data: '{}' }] },
    {
      name: 'an event name after the data',
      text: 'data: {}\nevent: ping\n\n',
      expected: [{ event: 'ping', data: '{}' }],
    },
    { name: 'lines of data', text: 'data: a\ndata: b\ndata:\n\n', expected: [data('a\nb\n')] },
    { name: 'no space after the colon', text: 'data:a\n\n', expected: [data('a')] },
    { name: 'one of two spaces kept', text: 'data:  a\n\n', expected: [data(' a')] },
    { name: 'a field without a colon', text: 'data\n\n', expected: [data('')] },
    { name: 'id and retry', text: 'id: 7\nretry: 100\ndata: a\n\n', expected: [data('a')] },
    { name: 'an unknown field', text: 'dataset: 1\ndata: a\n\n', expected: [data('a')] },
    { name: 'a comment', text: ': keep-alive\n\ndata: a\n\n', expected: [data(''), data('a')] },
    { name: 'a comment inside an event', text: 'data: a\n: hm\ndata: b\n\n', expected: [data('a\nb')] },
    { name: 'more blank lines', text: 'data: a\n\n\n\ndata: b\n\n', expected: [data('a'), data(''), data('b')] },
    { name: 'an unterminated last event', text: 'data: a\n\ndata: b', expected: [data('a'), data('b')] },
    { name: 'a last event with one line end', text: 'data: a\r\n', expected: [data('a')] },
    { name: 'colons in the data', text: 'data: {"a":1}\n\n', expected: [data('{"a":1}')] },
    { name: 'nothing', text: '', expected: [] },
  ]
  for (const { name, text, expected } of cases) it(`reads ${name}`, () => assert.deepEqual(read('sse', text), expected))

  it('gives an event out as soon as its blank line is there', () => {
    const framer = createFramer('sse')
    assert.equal(framer.push(Buffer.from('data: a\r\n\r')).length, 0)
    assert.equal(framer.push(Buffer.from('\n'))[0]?.data, 'a')
    assert.equal(framer.end(), undefined)
  })

  it('ends a held event whose last CR was a whole line end', () => {
    const framer = createFramer('sse')
    assert.deepEqual(framer.push(Buffer.from('data: a\r\r')), [])
    const [first, second] = framer.push(Buffer.from('data: b\n\n'))
    assert.deepEqual([first?.data, second?.data], ['a', 'b'])
    assert.equal(first?.raw.toString(), 'data: a\r\r')
  })
})

describe('NDJSON', () => {
  const cases: { name: string; text: string; expected: { event: string; data: string }[] }[] = [
    { name: 'lines', text: '{"a":1}\n{"b":2}\n', expected: [data('{"a":1}'), data('{"b":2}')] },
    { name: 'CR LF', text: '{"a":1}\r\n{"b":2}\r\n', expected: [data('{"a":1}'), data('{"b":2}')] },
    { name: 'blank lines', text: '\n{}\n\r\n', expected: [data(''), data('{}'), data('')] },
    { name: 'an unterminated last line', text: '{"a":1}\n{"b"', expected: [data('{"a":1}'), data('{"b"')] },
    { name: 'nothing', text: '', expected: [] },
  ]
  for (const { name, text, expected } of cases)
    it(`reads ${name}`, () => assert.deepEqual(read('ndjson', text), expected))
})

describe('any split of the bytes', () => {
  const piece = fc.constantFrom(
    'data: ',
    'data:',
    'event: x',
    ': c',
    'a',
    'é',
    '日本',
    '😀',
    '\uFEFF',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '{}',
  )
  for (const kind of ['sse', 'ndjson'] as const) {
    it(`gives the same ${kind} frames and keeps every byte`, () => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(200), { maxLength: 30 }), (pieces, places) => {
          const bytes = Buffer.from(pieces.join(''))
          const whole = frames(kind, [bytes])
          assert.deepEqual(frames(kind, cut(bytes, places)), whole)
          assert.deepEqual(Buffer.concat(whole.map((frame) => frame.raw)), bytes)
        }),
        { numRuns: 2000 },
      )
    })

    it(`gives the same ${kind} frames byte by byte`, () => {
      const bytes = Buffer.from('data: é\r\n\r\ndata: 😀\n\n: c\r\rdata: 日本\n')
      const single = [...bytes].map((byte) => Buffer.from([byte]))
      assert.deepEqual(frames(kind, single), frames(kind, [bytes]))
    })
  }
})

describe('large frames', () => {
  it('refuses a frame over the limit while it arrives', () => {
    for (const kind of ['sse', 'ndjson'] as const) {
      const framer = createFramer(kind, 10)
      framer.push(Buffer.from('12345'))
      assert.throws(() => framer.push(Buffer.from('678901')), FrameTooLarge)
    }
  })

  it('refuses a frame over the limit that arrives whole, or ends with its last chunk', () => {
    assert.throws(() => createFramer('ndjson', 10).push(Buffer.from('1234567890\n')), FrameTooLarge)
    const framer = createFramer('ndjson', 10)
    framer.push(Buffer.from('1234567890'))
    assert.throws(() => framer.push(Buffer.from('\n')), FrameTooLarge)
  })

  it('takes frames of exactly the limit', () => {
    assert.equal(createFramer('ndjson', 10).push(Buffer.from('123456789\n123456789\n')).length, 2)
  })

  const KB = 1024
  const line = Buffer.concat([Buffer.alloc(8 * KB * KB, 0x61), Buffer.from('\n\n')])
  const lines = Buffer.from(`${`data: ${'a'.repeat(94)}\n`.repeat((8 * KB * KB) / 100)}\n`)
  const crLines = Buffer.from(lines.toString('latin1').replaceAll('\n', '\r\n'))
  const large: { name: string; kind: Kind; bytes: Buffer }[] = [
    { name: 'one NDJSON line', kind: 'ndjson', bytes: line.subarray(0, -1) },
    { name: 'one SSE line', kind: 'sse', bytes: line },
    { name: 'one SSE event of many lines', kind: 'sse', bytes: lines },
    { name: 'one SSE event of many CR LF lines', kind: 'sse', bytes: crLines },
  ]
  for (const { name, kind, bytes } of large) {
    it(`copies the bytes of ${name} at most twice`, (t) => {
      const concat = Buffer.concat
      let copied = 0
      t.mock.method(Buffer, 'concat', (list: readonly Uint8Array[]) => {
        const joined = concat(list)
        copied += joined.length
        return joined
      })
      const framer = createFramer(kind)
      const found: RawFrame[] = []
      for (let at = 0; at < bytes.length; at += 64 * KB) found.push(...framer.push(bytes.subarray(at, at + 64 * KB)))
      assert.equal(found.length, 1)
      assert.equal(found[0]?.raw.length, bytes.length)
      assert.ok(copied <= 2 * bytes.length + 64 * KB, `copied ${copied} of ${bytes.length} bytes`)
    })
  }
})

function data(text: string): { event: string; data: string } {
  return { event: '', data: text }
}
