import { isRecord } from '../../src/lib/is-record.ts'

const COMMAND = /^(?:commands?|cmd|script)$/i
const FILE = /^(?:file_?path|path|file|target_file)$/i

/**
 * Arguments that make a tool with this schema show the file at `path`: what it requires, and its command or file.
 * Paths are absolute: some clients work in a folder of their own.
 */
export function fillArguments(schema: Record<string, unknown>, path: string): Record<string, unknown> {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const names = Object.keys(properties).filter((name) => required.includes(name) || COMMAND.test(name))
  return Object.fromEntries(names.map((name) => [name, valueFor(name, properties[name], path)]))
}

function valueFor(name: string, schema: unknown, path: string): unknown {
  const { type, enum: choices, minimum } = isRecord(schema) ? schema : {}
  if (Array.isArray(choices)) return choices[0]
  if (COMMAND.test(name)) return type === 'array' ? arrayOf(name, path) : `cat ${path}`
  if (FILE.test(name)) return path
  switch (type) {
    case 'boolean':
      return false
    case 'integer':
    case 'number':
      return typeof minimum === 'number' ? minimum : 1
    case 'array':
      return []
    case 'object':
      return {}
    default:
      return 'Read the note'
  }
}

/** `commands` is a list of commands, `command` one command in words. */
function arrayOf(name: string, path: string): string[] {
  return name.endsWith('s') ? [`cat ${path}`] : ['cat', path]
}
