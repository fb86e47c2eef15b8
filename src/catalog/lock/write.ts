import { writeName } from './names.ts'
import { FACT_NAMES } from './types.ts'
import type { Fact, FactName, Lock, LockedModel } from './types.ts'

/** Where editors find the schema. */
const SCHEMA = 'https://sage-router.dev/schemas/lock.schema.json'

const HEADER = `# yaml-language-server: $schema=${SCHEMA}
#
# What the providers of the profile offer. Written by \`sage discover\`, made for review: see \`sage help lock\`.
# A fact has a line of its own: its value, who said so, and the day on which it was first seen like this.
version: 1
`

/**
 * The text of a lock file, in YAML: the same lock always gives the same text. Names are in code point order, a fact is a
 * line. Written by hand, as `readLines` reads it: a thousand models are then a matter of milliseconds.
 */
export function lockText(lock: Lock): string {
  const providers = inOrder(lock.providers).flatMap(([name, { kind, baseUrl, models }]) => [
    `  ${writeName(name)}:`,
    `    kind: ${writeName(kind)}`,
    `    base_url: ${writeUrl(baseUrl)}`,
    ...(models.size === 0 ? ['    models: {}'] : ['    models:', ...inOrder(models).flatMap(modelLines)]),
  ])
  const lines = providers.length === 0 ? ['providers: {}'] : ['providers:', ...providers]
  return `${HEADER}${lines.join('\n')}\n`
}

function modelLines([id, model]: readonly [string, LockedModel]): string[] {
  const facts = FACT_NAMES.flatMap((name) => {
    const fact = model[name]
    return fact === undefined ? [] : [`        ${name}: ${factText(name, fact)}`]
  })
  return [`      ${writeName(id)}:`, `        since: ${model.since}`, ...facts]
}

/** The parts of a price and of the capabilities stand beside `from` and `date`. */
function factText(name: FactName, { value, from, date }: Fact<unknown>): string {
  const parts: [string, unknown][] =
    name === 'price' || name === 'capabilities' ? Object.entries(value ?? {}) : [['value', value]]
  const members = [
    ...parts.map(([key, part]) => `${key}: ${String(part)}`),
    `from: ${writeSource(from)}`,
    `date: ${date}`,
  ]
  return `{ ${members.join(', ')} }`
}

/** A path of an API as it stands; a comma in it would end the member. */
function writeSource(from: string): string {
  return /^\/[\w./-]*$/.test(from) ? from : writeName(from)
}

function writeUrl(url: string): string {
  return /^https?:\/\/[\w.:/-]*[\w/]$/.test(url) ? url : JSON.stringify(url)
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
