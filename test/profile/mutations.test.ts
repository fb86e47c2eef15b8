// Whatever is done to a profile: it is read, or there is an error with a place; never an exception.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isAlias, isCollection, isMap, isSeq, parseDocument, Scalar, visit } from 'yaml'
import type { Node, Pair } from 'yaml'
import { formatDiagnostics } from '../../src/diagnostics/format.ts'
import { parseProfile } from '../../src/profile/parse.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'profiles', 'valid')
const sources = ['full.yaml', 'minimal.yaml'].map((name) => readFileSync(join(FOLDER, name), 'utf8'))

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  Number.NaN,
  1e300,
  '',
  'a',
  'yes',
  '*',
  'sage/x',
  'ollama/*',
  'env:X',
  'http://[',
  '__proto__',
  '\u0000',
  '\ud800',
  'a\nb',
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  { __proto__: null, x: [] },
  ['ollama/qwen3:8b', 1],
]
const NAMES = [
  'version',
  'kind',
  'models',
  'rules',
  'x-a',
  'keys',
  'key',
  'preset',
  '',
  '7',
  '__proto__',
  'constructor',
  'when',
  '<<',
]

type Mutation = { at: number; what: 'drop' | 'rename' | 'retype' | 'double' | 'move'; value: unknown; name: string }
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(200),
  what: fc.constantFrom('drop', 'rename', 'retype', 'double', 'move'),
  value: fc.constantFrom(...VALUES),
  name: fc.constantFrom(...NAMES),
})

function mutate(source: string, mutations: readonly Mutation[]): string {
  const doc = parseDocument(source)
  for (const { at, what, value, name } of mutations) {
    const places: { list: unknown[]; index: number }[] = []
    visit(doc, (_, node) => {
      if (isMap(node) || isSeq(node)) for (const index of node.items.keys()) places.push({ list: node.items, index })
    })
    const place = places[at % places.length]
    if (place === undefined) break
    const item = place.list[place.index] as Pair | Node
    if (what === 'drop') place.list.splice(place.index, 1)
    else if (what === 'double') place.list.push(item)
    else if (what === 'move') place.list.reverse()
    else if (isCollection(item) || isAlias(item) || item instanceof Scalar)
      place.list[place.index] = doc.createNode(value)
    else if (what === 'rename') item.key = doc.createNode(name)
    else item.value = doc.createNode(value)
  }
  return doc.toString()
}

function check(text: string): void {
  const { profile, diagnostics } = parseProfile(text, 'x.yaml')
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  assert.equal(profile === undefined, errors.length > 0)
  for (const { line, column, message } of diagnostics) {
    assert.ok(line >= 1 && column >= 1)
    assert.notEqual(message, '')
  }
  for (const color of [false, true])
    assert.equal(formatDiagnostics(diagnostics, text, { color }) === '', diagnostics.length === 0)
}

describe('a damaged profile', () => {
  it('with nodes dropped, renamed, retyped, doubled or moved is read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (source, mutations) => {
          check(mutate(source, mutations))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('with characters cut out or put in is read or refused', () => {
    const edit = fc.record({
      at: fc.nat(3000),
      length: fc.nat(20),
      text: fc.constantFrom(
        '',
        ' ',
        '\n',
        '\t',
        ':',
        '- ',
        '{',
        '[',
        ']',
        '"',
        "'",
        '*',
        '&a ',
        '!x ',
        '|',
        '#',
        '? ',
        '%',
        '---\n',
        '\u0000',
        '\ud800',
        '\r',
      ),
    })
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(edit, { minLength: 1, maxLength: 4 }), (source, edits) => {
        check(
          edits.reduce((text, { at, length, text: put }) => {
            const from = at % (text.length + 1)
            return text.slice(0, from) + put + text.slice(from + length)
          }, source),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('of no sense at all is read or refused', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 300 })
    fc.assert(fc.property(fc.json(), check), { numRuns: 300 })
  })
})
