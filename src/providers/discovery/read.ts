// Small readers for what providers send: anything of another type is absent.
import { isRecord } from '../../lib/is-record.ts'

/** The first of the values that is a number of tokens. */
export function readTokens(...values: unknown[]): number | undefined {
  return values.find(
    (value): value is number => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < 1e9,
  )
}

/** USD per token, as text or number, made USD per million tokens; undefined for what is no price (OpenRouter's "-1"). */
export function readTokenPrice(value: unknown): number | undefined {
  const price = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof price !== 'number' || !(price >= 0) || price > 1) return undefined
  // away with what binary fractions add
  return Number((price * 1e6).toFixed(6))
}

export function readRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

export function readRecords(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** The texts of a list; undefined when it is no list. */
export function readTexts(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A fact with its source; nothing when the provider did not give it. */
export function said<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
  from: string,
): { [Key in Name]?: { value: Value; from: string } } {
  return value === undefined ? {} : ({ [name]: { value, from } } as { [Key in Name]: { value: Value; from: string } })
}
