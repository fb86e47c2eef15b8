const NAMES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
}

/** A JSON Schema type in words. */
export function typeName(type: string): string {
  return NAMES[type] ?? type
}

/** What a value is, in words, said against what was expected. */
export function foundName(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) || !Number.isFinite(value) ? `${value}` : 'a fraction'
  return typeof value === 'boolean' ? `${value}` : typeName(typeOf(value))
}

/**
 * What to write instead, when it can be told. YAML 1.2 reads `yes` and `on` as text, and so many people's habit from
 * YAML 1.1 as a mistake.
 */
export function typeHint(expected: readonly string[], value: unknown, written: string): string | undefined {
  if (value === null) return 'write a value, or remove the key'
  if (expected.includes('boolean')) {
    if (typeof value === 'string' && /^(?:yes|on|y|true)$/i.test(value)) return 'use true'
    if (typeof value === 'string' && /^(?:no|off|n|false)$/i.test(value)) return 'use false'
  }
  if (expected.includes('number') || expected.includes('integer')) {
    const digits = typeof value === 'string' ? value.replaceAll(/[_,' ]/g, '') : ''
    if (/^\d+$/.test(digits)) return digits === value ? 'remove the quotes' : `write ${digits}`
    if (Number.isFinite(value)) return 'write it without a fraction'
  }
  if (expected.includes('string') && ['number', 'boolean'].includes(typeof value) && written.length < 40) {
    return `put it in quotes: "${written}"`
  }
  if (expected.includes('array') && typeof value === 'string') return 'put it in brackets: [ … ]'
  if (expected.includes('object') && typeof value === 'string')
    return 'write it as `key: value`, with a space after the colon'
  return undefined
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
