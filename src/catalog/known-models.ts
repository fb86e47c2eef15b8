import type { Capability, Price } from '../profile/types.ts'
import { isChatModelId } from './chat-model.ts'
import { DEFAULT_MODELS, type Tier } from './data/defaults.ts'
import { FAMILIES, RESTRICTIONS } from './data/families.ts'
import { PREFILL } from './data/prefill.ts'
import { LIST_PRICES, type ListPriceRow } from './data/list-prices.generated.ts'
import { PRICES } from './data/prices.ts'
import type { Model } from './types.ts'

/** Facts of the built-in table; absent means that the table does not know. */
export type KnownFacts = Pick<Model, 'context' | 'output' | 'price'> & {
  capabilities: Partial<Record<Capability, boolean>>
}

const LETTERS: Readonly<Record<string, Capability>> = {
  t: 'tools',
  v: 'vision',
  j: 'json',
  k: 'thinking',
  d: 'documents',
}

const FAMILY_PATTERNS = FAMILIES.map((row) => ({ row, pattern: boundedPattern(row[0]) }))
const PREFILL_PATTERNS = PREFILL.map((row) => ({ row, pattern: boundedPattern(row.model) }))
const RESTRICTION_PATTERNS = RESTRICTIONS.map((row) => ({ row, pattern: boundedPattern(row[1]) }))

/**
 * What the built-in table knows of a model; undefined for unknown models and for those that do not chat. `where` is the
 * provider's preset, or its kind: prices and restrictions hold there only. `hasResponses`: requests that Chat Completions
 * refuses can go to Responses.
 */
export function knownFacts(id: string, where?: string, hasResponses: boolean = false): KnownFacts | undefined {
  if (!isChatModelId(id)) return undefined
  const name = bareName(id)
  const row = FAMILY_PATTERNS.find(({ pattern }) => pattern.test(name))?.row
  const listed = listedFacts(id, where)
  if (!row && !listed) return undefined
  const [, capabilities = '', context = listed?.[4] ?? undefined, output] = row ?? ['']
  const restriction = hasResponses ? undefined : restrictionOf(name, where)
  const price = knownPrice(id, where, listed)
  return {
    capabilities: { ...readLetters(capabilities), ...readLetters(restriction ?? '') },
    ...(context !== undefined && { context }),
    ...(output !== undefined && { output }),
    ...(price && { price }),
  }
}

/**
 * Whether a model goes on with an assistant turn that ends the conversation; undefined when nobody knows. `where` is the
 * provider's preset, or its kind; `reasons` whether the model reasons.
 */
export function knownPrefill(id: string, where: string, reasons: boolean | undefined): boolean | undefined {
  const name = bareName(id)
  const row = PREFILL_PATTERNS.find(
    ({ row: { where: at, ownNames }, pattern }) =>
      at === where && pattern.test(name) && (ownNames !== true || !id.includes('/')),
  )?.row
  return row?.plainOnly === true && reasons !== false ? undefined : row?.continues
}

function restrictionOf(name: string, where: string | undefined): string | undefined {
  return RESTRICTION_PATTERNS.find(({ row: [at], pattern }) => at === where && pattern.test(name))?.row[2]
}

const NEW_AT_OPENAI = boundedPattern('gpt-5\\.[4-9]|gpt-6(?:\\.\\d)?')

/** OpenAI's models that refuse function tools, or those with a reasoning effort, in Chat Completions (see RESTRICTIONS). */
export function refusesChatTools(id: string): boolean {
  return NEW_AT_OPENAI.test(bareName(id))
}

/** Ids of good chat models of a preset or kind, the everyday model first; empty for the unknown and the self-hosted. */
export function defaultModels(where: string): string[] {
  return Object.keys(defaultTiers(where))
}

/** The same models with how they compare with each other. */
export function defaultTiers(where: string): Readonly<Record<string, Tier>> {
  return (Object.hasOwn(DEFAULT_MODELS, where) ? DEFAULT_MODELS[where] : undefined) ?? {}
}

/** The table kept by hand is newer than the list, which alone knows what cached input costs. */
function knownPrice(id: string, where: string | undefined, listed: ListPriceRow | undefined): Price | undefined {
  const own = where === undefined ? undefined : longestMatch(PRICES, where, id)
  const [, input, output] = own ?? listed ?? []
  if (input === undefined || output === undefined) return undefined
  const cacheRead = listed?.[1] === input ? listed[3] : null
  return { input, output, ...(cacheRead !== null && { cache_read: cacheRead }) }
}

function listedFacts(id: string, where: string | undefined): ListPriceRow | undefined {
  return where === undefined ? undefined : longestMatch(LIST_PRICES, where, id)
}

/** The row of a table whose name is the longest that covers the id. */
function longestMatch<Row extends readonly [string, ...unknown[]]>(
  table: Readonly<Record<string, readonly Row[]>>,
  where: string,
  id: string,
): Row | undefined {
  if (!Object.hasOwn(table, where)) return undefined
  const name = id.toLowerCase()
  const matches = (table[where] ?? []).filter(([prefix]) => coversName(prefix, name))
  return matches.toSorted((a, b) => b[0].length - a[0].length)[0]
}

/** `gpt-5` covers `gpt-5` and `gpt-5-2025-08-07`, not `gpt-5.4` and not `gpt-5-mini`. */
function coversName(prefix: string, name: string): boolean {
  if (!name.startsWith(prefix)) return false
  return /^(?:$|@|-latest$|-\d{4,8}(?:$|-))/.test(name.slice(prefix.length))
}

function boundedPattern(source: string): RegExp {
  return new RegExp(`^(?:${source})(?=$|[-:@_])`)
}

/** Lower case, without the vendor's prefix. */
function bareName(id: string): string {
  return id.toLowerCase().split('/').at(-1) ?? ''
}

function readLetters(letters: string): Partial<Record<Capability, boolean>> {
  const known = [...letters].flatMap((letter) => {
    const capability = LETTERS[letter.toLowerCase()]
    return capability ? [[capability, letter === letter.toLowerCase()] as const] : []
  })
  return Object.fromEntries(known)
}
