import { asArray, asRecord, type JsonRecord } from '../shared/values.ts'

// Google's JSON takes every field in camelCase and in snake_case, and one object where a list of them belongs.

/** A field by its camelCase name, in either spelling; undefined when it is absent or null. */
export function field(record: JsonRecord | undefined, name: string): unknown {
  return record?.[name] ?? record?.[snakeCase(name)] ?? undefined
}

/** The snake_case spelling of a camelCase name. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The objects of a list; one object alone is a list of one, everything else is left out. */
export function recordsOf(value: unknown): JsonRecord[] {
  return (asArray(value) ?? [value]).flatMap((entry): JsonRecord[] => {
    const record = asRecord(entry)
    return record === undefined ? [] : [record]
  })
}
