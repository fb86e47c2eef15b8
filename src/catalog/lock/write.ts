import { Document, Pair, Scalar, YAMLMap } from 'yaml'
import { FACT_NAMES } from './types.ts'
import type { Fact, FactName, Lock, LockedModel } from './types.ts'

/** Where editors find the schema. */
const SCHEMA = 'https://sage-router.dev/schemas/lock.schema.json'

const HEADER = `# yaml-language-server: $schema=${SCHEMA}
#
# What the providers of the profile offer. Written by \`sage discover\`, made for review: see \`sage help lock\`.
# A fact has a line of its own: its value, who said so, and the day on which it was first seen like this.
`

/** The text of a lock file: the same lock always gives the same text. Names are in code point order, a fact is a line. */
export function lockText(lock: Lock): string {
  const providers = inOrder(lock.providers).map(([name, { kind, baseUrl, models }]): Member => {
    const listed = inOrder(models).map(([id, model]): Member => [id, modelNode(model)])
    return [
      name,
      mapNode([
        ['kind', kind],
        ['base_url', baseUrl],
        ['models', mapNode(listed)],
      ]),
    ]
  })
  const document = new Document(
    mapNode([
      ['version', 1],
      ['providers', mapNode(providers)],
    ]),
  )
  return HEADER + document.toString({ lineWidth: 0 })
}

type Member = readonly [name: string, value: unknown]

function modelNode(model: LockedModel): YAMLMap {
  const facts = FACT_NAMES.flatMap((name): Member[] => {
    const fact = model[name]
    return fact === undefined ? [] : [[name, factNode(name, fact)]]
  })
  return mapNode([['since', model.since], ...facts])
}

/** The parts of a price and of the capabilities stand beside `from` and `date`. */
function factNode(name: FactName, { value, from, date }: Fact<unknown>): YAMLMap {
  const parts: Member[] = name === 'price' || name === 'capabilities' ? Object.entries(value ?? {}) : [['value', value]]
  const node = mapNode([...parts, ['from', from], ['date', date]])
  node.flow = true
  return node
}

function mapNode(members: readonly Member[]): YAMLMap {
  const node = new YAMLMap()
  for (const [name, value] of members) {
    node.items.push(new Pair(new Scalar(name), value instanceof YAMLMap ? value : new Scalar(value)))
  }
  return node
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
