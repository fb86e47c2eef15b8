import { BadRequest } from '../dialects/types.ts'
import { isRecord } from '../lib/is-record.ts'
import type { Capability, PriceLimit } from '../profile/types.ts'
import { lower, lowerPrice } from './constraints.ts'
import type { Overrides } from './types.ts'

/** What a request says to sage itself. */
export interface Asked {
  tags: string[]
  overrides?: Overrides
}

type Part = Overrides & { tags?: readonly string[] }

const CAPABILITIES: readonly Capability[] = ['tools', 'vision', 'json', 'thinking', 'documents']
/** More than anybody needs; they bound the work that a request can cause. */
const MAX_ITEMS = 50
const MAX_LENGTH = 300

/**
 * Reads the overrides and tags of a request: headers `x-sage-*` (lower-case names), the body's field `sage` with the
 * same words (`max_price` for `x-sage-max-price`), and `metadata.tags`. Both may speak; the narrower holds.
 * Throws `BadRequest` that names the header or field.
 */
export function readAsked(
  headers: Readonly<Record<string, string>>,
  body: { sage?: unknown; metadata?: unknown },
): Asked {
  if (body.sage === undefined && body.metadata === undefined && !hasOwnHeader(headers)) return { tags: [] }
  const parts = [fromHeaders(headers), fromBody(body.sage)]
  const tags = new Set([...parts.flatMap((part) => part.tags ?? []), ...metadataTags(body.metadata)])
  const overrides = parts.reduce<Overrides>(merge, {})
  return { tags: [...tags], ...(Object.keys(overrides).length === 0 ? {} : { overrides }) }
}

/** Most requests say nothing to sage. */
function hasOwnHeader(headers: Readonly<Record<string, string>>): boolean {
  for (const name in headers) if (name.startsWith('x-sage-')) return true
  return false
}

function fromHeaders(headers: Readonly<Record<string, string>>): Part {
  const read = <T>(word: string, reader: (value: unknown, name: string) => T): T | undefined => {
    const name = `x-sage-${word}`
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined
    return value === undefined ? undefined : reader(value, name)
  }
  return readPart(read)
}

const WORDS: readonly string[] = ['policy', 'local', 'max_price', 'require', 'deny', 'tags', 'max_attempts']

function fromBody(sage: unknown): Part {
  if (sage === undefined || sage === null) return {}
  if (!isRecord(sage)) throw new BadRequest('sage must be an object', 'sage')
  const unknown = Object.keys(sage).find((word) => !WORDS.includes(word))
  if (unknown !== undefined) {
    throw new BadRequest(`sage.${unknown} is not known; there is ${WORDS.join(', ')}`, `sage.${unknown}`)
  }
  return readPart((header, reader) => {
    const word = header.replaceAll('-', '_')
    return Object.hasOwn(sage, word) ? reader(sage[word], `sage.${word}`) : undefined
  })
}

type Read = <T>(word: string, reader: (value: unknown, name: string) => T) => T | undefined

function readPart(read: Read): Part {
  const policy = read('policy', readName)
  const local = read('local', readFlag)
  const maxPrice = read('max-price', readPrice)
  const capabilities = read('require', readCapabilities)
  const deny = read('deny', readWords)
  const maxAttempts = read('max-attempts', readCount)
  const tags = read('tags', readWords)
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(local === true ? { local } : {}),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(deny === undefined ? {} : { deny }),
    ...(maxAttempts === undefined ? {} : { maxAttempts }),
    ...(tags === undefined ? {} : { tags }),
  }
}

function readName(value: unknown, name: string): string {
  const text = typeof value === 'string' ? value.trim().replace(/^sage\//, '') : ''
  if (text === '' || text.length > MAX_LENGTH) throw new BadRequest(`${name}: the name of a policy is expected`, name)
  return text
}

function readFlag(value: unknown, name: string): boolean {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (word === true || word === 'true' || word === '1') return true
  if (word === false || word === 'false' || word === '0') return false
  throw new BadRequest(`${name}: true or false is expected`, name)
}

/** `5` for both sides, `1/5` for input and output, or a tier's name; in a body also `{input, output}`. */
function readPrice(value: unknown, name: string): PriceLimit | string {
  if (typeof value === 'string' && /^[a-z][a-z0-9_-]*$/.test(value.trim())) return value.trim()
  const sides =
    typeof value === 'string' ? value.split('/') : isRecord(value) ? [value['input'], value['output']] : [value]
  const [input, output = sides.length === 1 ? input : undefined] = sides.map(toPrice)
  const isKnown = !isRecord(value) || Object.keys(value).every((side) => side === 'input' || side === 'output')
  const isWrong = sides.some((side) => side !== undefined && toPrice(side) === undefined)
  if (sides.length > 2 || isWrong || !isKnown || (input === undefined && output === undefined)) {
    throw new BadRequest(
      `${name}: USD per million tokens is expected, such as 5 or 1/5 (input/output), or a tier`,
      name,
    )
  }
  return { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) }
}

function toPrice(side: unknown): number | undefined {
  const price = typeof side === 'string' && /^\s*\d+(?:\.\d+)?\s*$/.test(side) ? Number(side) : side
  return typeof price === 'number' && Number.isFinite(price) && price >= 0 ? price : undefined
}

function readCapabilities(value: unknown, name: string): Capability[] {
  return readWords(value, name).map((word) => {
    const found = CAPABILITIES.find((capability) => capability === word.toLowerCase())
    if (found === undefined) throw new BadRequest(`${name}: ${word} is none of ${CAPABILITIES.join(', ')}`, name)
    return found
  })
}

function readCount(value: unknown, name: string): number {
  const count = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1) return count
  throw new BadRequest(`${name}: a whole number from 1 on is expected`, name)
}

/** A list with commas, or an array of strings. */
function readWords(value: unknown, name: string): string[] {
  const items: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [undefined]
  const words = items.map((item) => (typeof item === 'string' ? item.trim() : ''))
  const isWrong = words.some((word) => word === '' || word.length > MAX_LENGTH || /\s/.test(word))
  if (isWrong || words.length > MAX_ITEMS) throw new BadRequest(`${name}: a list of words is expected`, name)
  return words
}

/** Metadata is the client's own and may hold anything: what is no list of words is left alone. */
function metadataTags(metadata: unknown): string[] {
  if (!isRecord(metadata) || metadata['tags'] === undefined) return []
  try {
    return readWords(metadata['tags'], 'metadata.tags')
  } catch {
    return []
  }
}

/** What both ask for. */
function merge(a: Overrides, { policy, local, maxPrice, capabilities, deny, maxAttempts }: Part): Overrides {
  if (a.policy !== undefined && policy !== undefined && a.policy !== policy) {
    throw new BadRequest(`x-sage-policy and sage.policy differ: ${a.policy} and ${policy}`, 'x-sage-policy')
  }
  const most = lowerOf(a.maxPrice, maxPrice)
  const attempts = lower(a.maxAttempts, maxAttempts)
  const merged: Overrides = { ...a }
  if (policy !== undefined) merged.policy = policy
  if (local === true) merged.local = true
  if (most !== undefined) merged.maxPrice = most
  if (capabilities !== undefined) merged.capabilities = [...new Set([...(a.capabilities ?? []), ...capabilities])]
  if (deny !== undefined) merged.deny = [...(a.deny ?? []), ...deny]
  if (attempts !== undefined) merged.maxAttempts = attempts
  return merged
}

function lowerOf(
  a: PriceLimit | string | undefined,
  b: PriceLimit | string | undefined,
): PriceLimit | string | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b
  if (typeof a !== 'string' && typeof b !== 'string') return lowerPrice(a, b)
  throw new BadRequest('x-sage-max-price and sage.max_price differ, and one of them is a tier', 'x-sage-max-price')
}
