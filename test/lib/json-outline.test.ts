import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { JsonOutline, JsonSyntaxError } from '../../src/lib/json-outline.ts'

function outline(text: string): JsonOutline {
  return new JsonOutline(Buffer.from(text))
}

function failure(action: () => unknown): JsonSyntaxError {
  try {
    action()
  } catch (error) {
    assert.ok(error instanceof JsonSyntaxError, `threw ${String(error)}`)
    return error
  }
  return assert.fail('nothing was thrown')
}

describe('invalid documents', () => {
  // Offsets are in bytes: `é` is two, `😀` is four.
  const cases: [text: string, offset: number][] = [
    ['', 0],
    ['   ', 3],
    ['null', 0],
    ['[]', 0],
    ['"a"', 0],
    ['1', 0],
    ['\uFEFF{}', 0],
    ['{', 1],
    ['}', 0],
    ['{]', 1],
    ['{}}', 2],
    ['{} {}', 3],
    ['{},', 2],
    ['{}\u00a0', 2],
    ['{,}', 1],
    ['{"a"}', 4],
    ['{"a" 1}', 5],
    ['{"a":}', 5],
    ['{"a":1', 6],
    ['{"a":1,}', 7],
    ['{"a":1,,"b":2}', 7],
    ['{"a":1 "b":2}', 7],
    ['{"a":1;"b":2}', 6],
    ['{a:1}', 1],
    ["{'a':1}", 1],
    ['{1:1}', 1],
    ['{"a":tru}', 5],
    ['{"a":True}', 5],
    ['{"a":nul', 5],
    ['{"a":undefined}', 5],
    ['{"a":NaN}', 5],
    ['{"a":Infinity}', 5],
    ['{"a":-}', 5],
    ['{"a":+1}', 5],
    ['{"a":01}', 5],
    ['{"a":1.}', 5],
    ['{"a":.5}', 5],
    ['{"a":1e}', 5],
    ['{"a":1e+}', 5],
    ['{"a":0x1}', 6],
    ['{"a":1_000}', 6],
    ['{"a":--1}', 5],
    ['{"a":[}', 6],
    ['{"a":[1,]}', 8],
    ['{"a":[1 2]}', 8],
    ['{"a":[1}', 7],
    ['{"a":{"b":1]}', 11],
    ['{"a":"b}', 5],
    ['{"a":"b\\"}', 5],
    ['{"a":"b\\', 5],
    ['{"a":/*c*/1}', 5],
    ['{"a":1}//c', 7],
    ['{"a":"\t"}', 6],
    ['{"a":"\n"}', 6],
    ['{"a":"\u0000"}', 6],
    ['{"é":"\u001f"}', 7],
    ['{"😀":"\\x"}', 9],
    ['{"a":"é\\u12g4"}', 8],
    ['{"a":"\\u12"}', 6],
    ['{"a":"\\\\\\q"}', 8],
    ['{"a":"\\"\\q"}', 8],
    ['{"a\\q":1}', 1],
    ['{"a":{"b\\q":"c"}}', 8],
    [`{"a":"${'é'.repeat(100)}\n"}`, 206],
    [`{"a":"${'é'.repeat(100)}\\'"}`, 206],
  ]
  for (const [text, offset] of cases) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))} at byte ${offset}`, () => {
      assert.ok(isNotObject(text) || !takes(() => JSON.parse(text)), 'the case itself must be wrong')
      const error = failure(() => outline(text))
      assert.equal(error.offset, offset)
      assert.ok(error.message.endsWith(`at byte ${offset}`), error.message)
    })
  }

  it('says what is wrong without repeating the document', () => {
    assert.equal(failure(() => outline('{"secret":"\\q"}')).message, 'bad escape in a string at byte 11')
  })

  it('finds a bad string of a large body when the value is parsed', () => {
    const text = `{"pad":"${' '.repeat(20_000)}","a":{"b":"${'x'.repeat(60)}\\q"}}`
    const body = outline(text)
    assert.equal(failure(() => body.value('a')).offset, text.indexOf('\\q'))
  })

  const deep: [name: string, text: string][] = [
    ['arrays', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['arrays without an end', `{"a":${'['.repeat(50_000)}`],
    ['both', `{"a":${'[{"b":'.repeat(25_000)}`],
  ]
  for (const [name, text] of deep) {
    it(`refuses 50,000 levels of ${name}`, () => assert.match(failure(() => outline(text)).message, /nested deeper/))
  }

  it('takes 256 levels, not 257', () => {
    const nested = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    assert.ok(outline(nested(256)).span('a'))
    assert.match(failure(() => outline(nested(257))).message, /nested deeper than 256/)
  })
})

describe('members', () => {
  it('has the same members and values as JSON.parse', () => {
    const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/)
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.array(space, { minLength: 1 }),
        (object, spaces) => {
          const text = spread(JSON.stringify(object), spaces)
          const expected = JSON.parse(text) as Record<string, unknown>
          const found = outline(text)
          for (const [key, value] of Object.entries(expected)) {
            assert.deepEqual(found.value(key), value)
            assert.equal(found.members.filter(({ name }) => name === key).length, 1)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('refuses what JSON.parse refuses, and takes what it takes', () => {
    const object = fc.json().map((text) => `{"a":${text}}`)
    fc.assert(
      fc.property(
        object,
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ':', '{', ']', '0', 'e', '-', ' ', '\u0001', 'é'),
        (text, at, put) => {
          const place = at % text.length
          const broken = text.slice(0, place) + put + text.slice(place + 1)
          assert.equal(
            takes(() => outline(broken)),
            takes(() => JSON.parse(broken)) && !isNotObject(broken),
            broken,
          )
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('takes a body the same way whether or not it is large', () => {
    const body = { model: 'm', pad: 'é"\\😀\n'.repeat(5000), list: [1, -2.5e-3, true, null, { a: [] }] }
    const found = outline(JSON.stringify(body))
    for (const [key, value] of Object.entries(body)) assert.deepEqual(found.value(key), value)
  })

  it('keeps every place of a repeated key, and answers with the last', () => {
    const found = outline('{"model":"a","x":1,"mod\\u0065l":"b"}')
    assert.deepEqual(
      found.members.filter(({ name }) => name === 'model').map(({ value }) => found.parse(value)),
      ['a', 'b'],
    )
    assert.equal(found.value('model'), 'b')
  })

  it('knows keys that objects inherit, and no others', () => {
    const found = outline('{"__proto__":1,"":2}')
    assert.equal(found.value('__proto__'), 1)
    assert.equal(found.value(''), 2)
    assert.equal(found.value('constructor'), undefined)
    assert.equal(found.span('toString'), undefined)
    assert.equal(found.span('toString'), undefined)
  })

  it('reads keys and values beyond ASCII', () => {
    const found = outline('{"日本":"😀","é\\n":"\\ud83d\\ude00","lone":"\\ud800"}')
    assert.equal(found.value('日本'), '😀')
    assert.equal(found.value('é\n'), '😀')
    assert.equal(found.value('lone'), '\ud800')
  })

  it('ends strings after escaped quotes and runs of backslashes, near and far', () => {
    for (const pad of [0, 40, 45, 46, 47, 48, 49, 100]) {
      for (const tail of ['\\', '\\\\', '"', '\\"', '"\\', '""\\\\"']) {
        const value = 'a'.repeat(pad) + tail
        assert.equal(outline(JSON.stringify({ a: value, b: 1 })).value('a'), value)
      }
    }
  })
})

describe('elements', () => {
  it('gives the places of an array', () => {
    const found = outline('{"a": [ 1 , "x,]" ,[2,3], {"b":[4]} ,null ] }')
    const span = found.span('a')
    assert.ok(span)
    assert.deepEqual(
      found.elements(span)?.map((at) => found.parse(at)),
      [1, 'x,]', [2, 3], { b: [4] }, null],
    )
  })

  it('gives none for an empty array, and undefined for anything else', () => {
    const found = outline('{"a":[ ],"b":{},"c":"[1]","d":1}')
    const at = (key: string): { start: number; end: number } => found.span(key) ?? assert.fail(key)
    assert.deepEqual(found.elements(at('a')), [])
    for (const key of ['b', 'c', 'd']) assert.equal(found.elements(at(key)), undefined)
  })

  it('reaches down with spans of spans', () => {
    const found = outline('{"a":[[[1,2],[3]]]}')
    const inner = found.elements(found.elements(found.span('a') ?? assert.fail())?.[0] ?? assert.fail())
    assert.deepEqual(
      inner?.map((at) => found.parse(at)),
      [[1, 2], [3]],
    )
  })
})

describe('includes', () => {
  it('looks inside the span only', () => {
    const found = outline('{"a":"image","b":"text","c":"image_url"}')
    const has = (key: string, text: string): boolean => found.includes(found.span(key) ?? assert.fail(key), text)
    assert.equal(has('a', 'image'), true)
    assert.equal(has('b', 'image'), false)
    assert.equal(has('b', 'text"'), true)
    assert.equal(has('b', 'text",'), false)
    assert.equal(has('c', 'image_url'), true)
  })
})

function takes(action: () => unknown): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}

function isNotObject(text: string): boolean {
  return !text.trimStart().startsWith('{')
}

/** Puts white space between the tokens of a JSON text. */
function spread(text: string, spaces: readonly string[]): string {
  let n = 0
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (token) => {
    const before = spaces[n++ % spaces.length] ?? ''
    return `${before}${token}${spaces[n++ % spaces.length] ?? ''}`
  })
}
