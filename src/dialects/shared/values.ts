// Reads values of unknown shape. A reader named `as…` answers undefined when the value is not of its type.
import { isRecord } from '../../lib/is-record.ts'

export type JsonRecord = Record<string, unknown>

export function asRecord(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined
}

export function asArray(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? (value as unknown[]) : undefined
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A string that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** The value as an object, or an empty one. */
export function toRecord(value: unknown): JsonRecord {
  return asRecord(value) ?? {}
}

/** The value as a string, or ''. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The objects of an array; everything else is left out. */
export function recordsIn(value: unknown): JsonRecord[] {
  return (asArray(value) ?? []).filter(isRecord)
}

/** A number above zero. */
export function asPositive(value: unknown): number | undefined {
  const number = asNumber(value)
  return number !== undefined && number > 0 ? number : undefined
}

/** Parses JSON text; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Tool arguments as JSON text: a string stays as it is, an object is written out, nothing is ''. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
