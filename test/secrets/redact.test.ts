import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createRedactor, REDACTED } from '../../src/secrets/redact.ts'
import { Secret } from '../../src/secrets/secret.ts'

function redactor(...values: string[]): (text: string) => string {
  return createRedactor(values.map((value) => new Secret(value, 'env:KEY')))
}

/** Ways to write a value into a log. */
const ENCODINGS: Readonly<Record<string, (value: string) => string>> = {
  raw: (value) => value,
  json: (value) => JSON.stringify(value),
  'json in json': (value) => JSON.stringify(JSON.stringify({ value })),
  'json with escaped slashes': (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  url: (value) => encodeURIComponent(value),
  'url in lower case': (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
  base64: (value) => Buffer.from(value).toString('base64'),
  base64url: (value) => Buffer.from(value).toString('base64url'),
  'basic authentication': (value) => Buffer.from(`user:${value}`).toString('base64'),
  'base64 in the middle': (value) => Buffer.from(`ab${value}cd`).toString('base64'),
  hex: (value) => Buffer.from(value).toString('hex'),
}

describe('the redactor', () => {
  for (const [name, encode] of Object.entries(ENCODINGS)) {
    it(`finds a key written as ${name}`, () => {
      const value = 'sk-Ab/9+z"ü€\\=42 x?>~'
      const written = encode(value)
      const redacted = redactor(value)(`before ${written} between ${written} after`)
      assert.ok(redacted.startsWith('before ') && redacted.endsWith(' after') && redacted.includes(' between '))
      assert.equal(redacted.split(REDACTED).length, 3)
      assert.ok(redacted.length < 60 + 2 * 12, redacted)
    })
  }

  it('leaves other text alone, and secrets too short to be told from it', () => {
    assert.equal(redactor('12345678', 'abc')('abc 1234567 8'), 'abc 1234567 8')
    assert.equal(redactor()('anything'), 'anything')
  })

  it('finds secrets that overlap or hold one another', () => {
    assert.equal(redactor('abcdefgh1234', '1234ijklmnop')('x abcdefgh1234ijklmnop y'), `x ${REDACTED} y`)
    assert.equal(redactor('abcdefgh', 'abcdefghijkl')('abcdefghijkl abcdefgh'), `${REDACTED} ${REDACTED}`)
    assert.equal(redactor('abababab')('ababababab'), REDACTED)
  })

  it('lets no secret through, however it is written and wherever it stands', () => {
    // the placeholder's own letters could make up a secret again
    const secret = fc
      .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
      .filter((value) => !/[[\]]/.test(value) && value.length >= 8)
    const piece = fc.record({ pick: fc.nat(), encoding: fc.constantFrom(...Object.keys(ENCODINGS)), text: fc.string() })
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(piece, { maxLength: 8 }),
        (values, pieces) => {
          const text = pieces
            .map(
              ({ pick, encoding, text: around }) => around + ENCODINGS[encoding]?.(values[pick % values.length] ?? ''),
            )
            .join('')
          const redacted = redactor(...values)(text)
          for (const value of values) {
            for (const [name, encode] of Object.entries(ENCODINGS)) {
              if (/basic|middle/.test(name)) continue
              const written = encode(value)
              assert.ok(!redacted.includes(written), `${name} of ${JSON.stringify(value)}`)
            }
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('leaves nothing of a plain key that is eight characters long', () => {
    const key = fc.string({ unit: fc.constantFrom(...'abcdefXYZ0189-_'.split('')), minLength: 16, maxLength: 60 })
    fc.assert(
      fc.property(key, fc.constantFrom('raw', 'json', 'url', 'hex', 'base64', 'base64url'), (value, encoding) => {
        const written = ENCODINGS[encoding]?.(value) ?? ''
        const redacted = redactor(value)(`<<${written}>>`)
        const windows = Array.from({ length: written.length - 7 }, (_, at) => written.slice(at, at + 8))
        assert.equal(
          windows.find((window) => redacted.includes(window)),
          undefined,
        )
      }),
      { numRuns: 2000 },
    )
  })
})
