// Damages a profile: in its nodes, or in its characters.
import fc from 'fast-check'
import { isAlias, isCollection, isMap, isSeq, parseDocument, Scalar, visit } from 'yaml'
import type { Node, Pair } from 'yaml'

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

/** One change to a node of the document. */
export type Mutation = {
  at: number
  what: 'drop' | 'rename' | 'retype' | 'double' | 'move'
  value: unknown
  name: string
}
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(200),
  what: fc.constantFrom('drop', 'rename', 'retype', 'double', 'move'),
  value: fc.constantFrom(...VALUES),
  name: fc.constantFrom(...NAMES),
})

/** The text with these changes made to its nodes; what the YAML of it says may be anything. */
export function mutate(source: string, mutations: readonly Mutation[]): string {
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

/** One change to the characters. */
export interface Edit {
  at: number
  length: number
  text: string
}
export const edit: fc.Arbitrary<Edit> = fc.record({
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

/** The text with pieces cut out or put in. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { at, length, text: put }) => {
    const from = at % (text.length + 1)
    return text.slice(0, from) + put + text.slice(from + length)
  }, source)
}
