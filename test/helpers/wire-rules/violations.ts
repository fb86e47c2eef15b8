// Collects what a provider would refuse in a request.
import { at, type Json } from '../grid-json.ts'

/** What is wrong with a request, in the order it was found: `path: reason`. */
export class Violations {
  readonly list: string[] = []

  add(path: string, reason: string): void {
    this.list.push(`${path}: ${reason}`)
  }

  /** Adds the reason when the condition does not hold. Gives the condition back. */
  need(holds: boolean, path: string, reason: string): boolean {
    if (!holds) this.add(path, reason)
    return holds
  }

  /** Every member must be among the known ones. */
  known(value: unknown, path: string, members: readonly string[]): void {
    for (const name of Object.keys(asObject(value) ?? {})) {
      if (!members.includes(name)) this.add(path === '' ? name : `${path}.${name}`, 'unknown field')
    }
  }

  /** A number within bounds, where there is one. */
  range(value: unknown, path: string, least: number, most: number): void {
    if (value === undefined || value === null) return
    if (typeof value !== 'number' || value < least || value > most) this.add(path, `must be ${least} to ${most}`)
  }
}

/** A value that should be a word, for a comparison or a message. */
export function wordOf(value: unknown, otherwise = ''): string {
  if (value === undefined || value === null) return otherwise
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The value as an object; undefined when it is none. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** The array at a path, whatever its entries are; undefined when there is none. */
export function arrayAt(value: unknown, ...path: (string | number)[]): unknown[] | undefined {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as unknown[]) : undefined
}

/** Standard base64 with its padding: what strict decoders take. */
export function isBase64(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
}

/** Values that come more than once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}
