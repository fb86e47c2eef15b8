import { createHash } from 'node:crypto'
import type { FunctionTool, Tool } from '../../chat/request.ts'
import { type JsonRecord, asRecord, asText, parseJson } from '../shared/values.ts'

// Other dialects know neither tools that take free text nor namespaces of tools. Both are offered to them as plain
// functions; what the function stands for is kept beside it, so that the answer can be written in the client's words.

/** The tool of this dialect that a function tool stands for. */
export interface ToolOrigin {
  type: 'function' | 'custom'
  /** Name without the namespace. */
  name: string
  namespace?: { name: string; description?: string }
  /** The tool as the client wrote it. */
  raw: JsonRecord
}

export interface StandInTool extends FunctionTool {
  origin: ToolOrigin
}

function isStandIn(tool: Tool): tool is StandInTool {
  return tool.type === 'function' && 'origin' in tool
}

/** What a tool stands for; undefined for plain functions and native tools. */
export function originOf(tool: Tool): ToolOrigin | undefined {
  return isStandIn(tool) ? tool.origin : undefined
}

/** Origins by the name under which models know the tool. */
export function originsOf(tools: readonly Tool[]): Map<string, ToolOrigin> {
  return new Map(tools.flatMap((tool): [string, ToolOrigin][] => (isStandIn(tool) ? [[tool.name, tool.origin]] : [])))
}

/** Longest function name that OpenAI Chat and Gemini take, in characters. */
const MAX_NAME = 64
const HASH_LENGTH = 8

/**
 * Name of a tool outside its namespace: `namespace__name`. The same pair always gives the same name; one that is too
 * long, or has characters that functions may not have, ends in a hash of the pair.
 */
export function flatName(namespace: string | undefined, name: string): string {
  if (namespace === undefined) return name
  const joined = namespace.endsWith('__') ? `${namespace}${name}` : `${namespace}__${name}`
  const clean = joined.replaceAll(/[^A-Za-z0-9_-]/g, '_')
  if (clean === joined && joined.length <= MAX_NAME) return joined
  const hash = createHash('sha256').update(`${namespace}\0${name}`).digest('hex').slice(0, HASH_LENGTH)
  return `${clean.slice(0, MAX_NAME - HASH_LENGTH - 1)}_${hash}`
}

/** Arguments of a call of a free-text tool: an object with the text. */
export function argumentsOfInput(input: unknown): string {
  return JSON.stringify({ input: typeof input === 'string' ? input : '' })
}

/** Free text in the arguments of a call. Models that name the field otherwise, or send bare text, are understood. */
export function inputOfArguments(text: string): string {
  const value = parseJson(text)
  if (typeof value === 'string') return value
  const record = asRecord(value)
  if (record === undefined) return text
  if (typeof record['input'] === 'string') return record['input']
  const values = Object.values(record)
  if (values.length === 0) return ''
  return (values.length === 1 ? asText(values[0]) : undefined) ?? text
}
