// P-07: nothing of a secret that is eight characters long is left, in however many encodings it was wrapped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createRedactor } from '../../src/secrets/redact.ts'
import { Secret } from '../../src/secrets/secret.ts'
import { runsOf } from '../helpers/runs.ts'

const WRAPPERS: Readonly<Record<string, (text: string) => string>> = {
  json: (text) => JSON.stringify({ error: { message: text } }),
  url: (text) => `https://host.test/v1?key=${encodeURIComponent(text)}&x=1`,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  basic: (text) => `Basic ${Buffer.from(`user:${text}`).toString('base64')}`,
  hex: (text) => Buffer.from(text).toString('hex'),
  'with escaped slashes': (text) => text.replaceAll('/', '\\/'),
}

/** Everything that one can read in a text by decoding parts of it, tried by brute force. */
function readings(text: string, depth: number): string[] {
  const found = [text]
  if (depth === 0) return found
  const plain = text.replaceAll('\\', '')
  for (const [run] of plain.matchAll(/[A-Za-z0-9+/_-]{11,}/g)) {
    for (const from of [0, 1, 2, 3])
      found.push(...readings(Buffer.from(run.slice(from), 'base64').toString('latin1'), depth - 1))
    for (const from of [0, 1])
      found.push(...readings(Buffer.from(run.slice(from), 'hex').toString('latin1'), depth - 1))
  }
  const unescaped = plain.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
  if (unescaped !== plain) found.push(...readings(unescaped, depth - 1))
  return found
}

const letter = fc.constantFrom(...'abcdefghijkXYZ0189-_'.split(''))
const secret = fc.string({ unit: letter, minLength: 16, maxLength: 48 })
const around = fc.string({ unit: fc.constantFrom('a', 'Z', '7', ' ', '"', ':', '/', '=', 'é', '\n'), maxLength: 12 })
const layers = fc.array(
  fc.record({ wrapper: fc.constantFrom(...Object.keys(WRAPPERS)), before: around, after: around }),
  {
    maxLength: 3,
  },
)

test('P-07: no part of a secret can be read out of a redacted text', () => {
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), fc.nat(), layers, (values, pick, wrapped) => {
      const value = values[pick % values.length] ?? ''
      const text = wrapped.reduce(
        (inner, { wrapper, before, after }) => WRAPPERS[wrapper]?.(before + inner + after) ?? '',
        `<${value}>`,
      )
      const redact = createRedactor(values.map((each) => new Secret(each, 'env:KEY')))
      const windows = Array.from({ length: value.length - 7 }, (_, at) => value.slice(at, at + 8))
      for (const reading of readings(redact(text), 3)) {
        assert.equal(
          windows.find((window) => reading.includes(window)),
          undefined,
          `${redact(text)} → ${reading}`,
        )
      }
    }),
    runsOf('P-07', 800, 10_000),
  )
})

test('P-07: text without a secret stays as it is', () => {
  const redact = createRedactor([new Secret('sk-abcdefgh12345678', 'env:KEY')])
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.base64String(), fc.uuid(), fc.json())), (texts) => {
      const text = texts.join(' ')
      assert.equal(redact(text), text)
    }),
    runsOf('P-07', 300, 2000),
  )
})
