import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { byteLength, estimateTokens, settingFacts } from '../shared/facts.ts'
import { findMarked } from '../shared/find-marked.ts'
import { decodeThinking } from '../shared/openai-thinking.ts'
import { checkModel } from '../shared/request-fields.ts'
import { readPrompt, readTurns } from '../shared/turn-facts.ts'
import { asArray, asPositive, asRecord, asText, toRecord } from '../shared/values.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { countFunctions, decodeOutput, decodeToolChoice } from './decode-tools.ts'
import { readHead } from './item-head.ts'
import { itemKind } from './item-kind.ts'
import { itemTurns } from './turn-format.ts'

/**
 * Reads the routing facts of a Responses body. Only the fields asked for and the items that can hold them are parsed.
 * Throws `BadRequest` when `model` is not a string or `input` is neither text nor an array of objects.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const field = (name: string): unknown => outline.value(name)
  const input = outline.span('input')
  const spans = input === undefined ? undefined : outline.elements(input)
  const tools = countTools(outline) + (spans === undefined ? 0 : countAddedTools(outline, spans))
  const toolsBytes = byteLength(outline.span('tools'))
  const instructions = asText(field('instructions')) ?? ''
  const { base64, ...turns } =
    spans === undefined
      ? { ...readPrompt(readInput(field('input')), instructions), base64: 0 }
      : readTurns(outline, spans, itemTurns, instructions)
  const choice = tools === 0 ? undefined : decodeToolChoice(field('tool_choice'))?.choice
  const bytes = byteLength(input) + byteLength(outline.span('instructions')) + toolsBytes
  return {
    model: checkModel(field('model')),
    stream: field('stream') === true,
    tools,
    toolsBytes,
    ...settingFacts(decodeOutput(field('text')), decodeThinking(field), choice),
    inputTokens: estimateTokens(bytes - base64),
    maxOutputTokens: asPositive(field('max_output_tokens')) ?? 0,
    session: readSession(field),
    ...turns,
  }
}

/** `input` as one text. LM Studio's warm-up sends an empty one. */
function readInput(input: unknown): string {
  if (input === undefined || input === null) return ''
  if (typeof input !== 'string') throw new BadRequest('input must be a string or an array of items', 'input')
  return input
}

/** Functions that items of the conversation add. */
function countAddedTools(outline: JsonOutline, items: readonly Span[]): number {
  let count = 0
  for (const index of findMarked(outline.bytes, items, ['_tools"'])) {
    const span = items[index]
    const item = span === undefined ? {} : toRecord(outline.parse(span))
    if (itemKind(item['type'], item['role']) !== 'tools') continue
    for (const tool of asArray(item['tools']) ?? []) count += countFunctions(tool)
  }
  return count
}

/** Functions among the tools. Most say so in their first member; a namespace is parsed to count what is in it. */
function countTools(outline: JsonOutline): number {
  const span = outline.span('tools')
  const elements = span === undefined ? undefined : outline.elements(span)
  let count = 0
  for (const element of elements ?? []) {
    const { type } = readHead(outline.bytes, element)
    if (type === 'function' || type === 'custom') count++
    else if (type === undefined || type === 'namespace') count += countFunctions(outline.parse(element))
  }
  return count
}

/** Codex names its session in the cache key and in `client_metadata`. */
function readSession(field: (name: string) => unknown): string {
  const metadata = asRecord(field('client_metadata'))
  const conversation = field('conversation')
  return (
    asText(field('prompt_cache_key')) ??
    asText(metadata?.['session_id']) ??
    asText(metadata?.['thread_id']) ??
    asText(conversation) ??
    asText(asRecord(conversation)?.['id']) ??
    asText(field('user')) ??
    ''
  )
}
