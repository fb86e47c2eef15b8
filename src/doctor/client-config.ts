import { parse } from 'yaml'
import { isRecord } from '../lib/is-record.ts'
import type { ClientFile } from './data/clients.ts'

/** The texts that the keys lead to in a client's file; undefined when the file cannot be understood. */
export function readBaseUrls(text: string, { format, keys }: ClientFile): string[] | undefined {
  const value = format === 'toml' ? parseToml(text) : parseYaml(format === 'json' ? withoutComments(text) : text)
  return value === undefined ? undefined : find(value, keys)
}

function find(value: unknown, [key, ...rest]: readonly string[]): string[] {
  if (key === undefined) return typeof value === 'string' && value !== '' ? [value] : []
  if (key === '*' && Array.isArray(value)) return value.flatMap((each: unknown) => find(each, rest))
  if (!isRecord(value)) return []
  const next = key === '*' ? Object.values(value) : Object.hasOwn(value, key) ? [value[key]] : []
  return next.flatMap((each) => find(each, rest))
}

/** JSON is YAML, commas at the end of lists too. */
function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' }) ?? {}
  } catch {
    return undefined
  }
}

/** Comments of JSON5 and JSONC, outside of strings. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (part) => (part.startsWith('"') ? part : ' '))
}

/** The part of TOML that says where a server is: tables, and keys with strings. Everything else is passed over. */
function parseToml(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  let table = root
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[{1,2}\s*([^\]]+?)\s*\]/.exec(line)?.[1]
    if (header !== undefined) {
      table = root
      for (const part of header.match(/"[^"]*"|'[^']*'|[\w-]+/g) ?? []) {
        const name = part.replace(/^["']|["']$/g, '')
        const next = table[name]
        const inner: Record<string, unknown> = isRecord(next) ? next : {}
        table[name] = inner
        table = inner
      }
      continue
    }
    const [, name, quoted, literal, bare] =
      /^\s*(?:export\s+)?["']?([\w-]+)["']?\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(line) ?? []
    const value = quoted ?? literal ?? bare
    if (name !== undefined && value !== undefined) table[name] = value
  }
  return root
}
