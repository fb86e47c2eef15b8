import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { decodeThinking } from '../shared/openai-thinking.ts'
import { asPositive, asRecord, asText } from '../shared/values.ts'
import { humanText } from '../human-turn.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { countFunctions, decodeOutput, decodeToolChoice } from './decode-tools.ts'
import { ItemReader, MAX_SYSTEM, readHead } from './item-reader.ts'
import { findMedia } from './media-facts.ts'
import { checkModel } from '../shared/request-fields.ts'

/** Longest turn kept, in characters: half from its head, half from its tail. */
const MAX_TURN = 20_000

/**
 * Reads the routing facts of a Responses body. Only the fields asked for and the items that can hold them are parsed.
 * Throws `BadRequest` when `model` is not a string or `input` is neither text nor an array of objects.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const field = (name: string): unknown => outline.value(name)
  const input = outline.span('input')
  const spans = input === undefined ? undefined : outline.elements(input)
  const tools = countTools(outline)
  const toolsBytes = byteLength(outline.span('tools'))
  const output = decodeOutput(field('text'))
  const thinking = decodeThinking(field)
  const instructions = asText(field('instructions')) ?? ''
  const { dataBytes, addedTools, ...turns } =
    spans === undefined ? readText(field('input'), instructions) : readItems(outline, spans, instructions)
  const choice = tools + addedTools === 0 ? undefined : decodeToolChoice(field('tool_choice'))?.choice.type
  const bytes = byteLength(input) + byteLength(outline.span('instructions')) + toolsBytes - dataBytes
  return {
    model: checkModel(field('model')),
    stream: field('stream') === true,
    ...turns,
    tools: tools + addedTools,
    toolForced: choice === 'required' || choice === 'tool',
    toolsBytes,
    json: output === undefined ? 'none' : output.type === 'json' ? 'object' : 'schema',
    thinking: thinking === undefined ? 'unset' : thinking.mode === 'off' ? 'off' : 'on',
    inputTokens: Math.ceil(bytes / 4),
    maxOutputTokens: asPositive(field('max_output_tokens')) ?? 0,
    session: readSession(field),
  }
}

type TurnFacts = Pick<
  RequestFacts,
  'turn' | 'previousTurn' | 'firstTurn' | 'system' | 'inToolLoop' | 'vision' | 'liveVision' | 'documents'
> & {
  /** Bytes of base64 media. */
  dataBytes: number
  /** Functions that items of the conversation add. */
  addedTools: number
}

/** `input` as one text. LM Studio's warm-up sends an empty one. */
function readText(input: unknown, instructions: string): TurnFacts {
  if (input !== undefined && input !== null && typeof input !== 'string') {
    throw new BadRequest('input must be a string or an array of items', 'input')
  }
  const turn = clip(humanText([input ?? '']))
  return {
    turn,
    previousTurn: '',
    firstTurn: turn,
    system: instructions.slice(0, MAX_SYSTEM),
    inToolLoop: false,
    vision: false,
    liveVision: false,
    documents: false,
    dataBytes: 0,
    addedTools: 0,
  }
}

function readItems(outline: JsonOutline, spans: readonly Span[], instructions: string): TurnFacts {
  const wrong = spans.findIndex((span) => outline.bytes[span.start] !== 0x7b)
  if (wrong !== -1) throw new BadRequest('an input item must be an object', `input.${wrong}`)
  const items = new ItemReader(outline, spans)
  const last = items.lastHuman(items.count - 1)
  const media = findMedia(outline, spans, items)
  let addedTools = 0
  for (let index = 0; index < items.count; index++) {
    if (items.kind(index) !== 'tools') continue
    const tools = items.parse(index)['tools']
    for (const tool of Array.isArray(tools) ? tools : []) addedTools += countFunctions(tool)
  }
  return {
    turn: clip(last.text),
    previousTurn: clip(items.lastHuman(last.index - 1).text),
    firstTurn: clip(items.firstHuman()),
    system: items.system(instructions),
    inToolLoop: items.inToolLoop(),
    vision: media.images.size > 0,
    liveVision: items.isLive(media.images, last.index),
    documents: media.documents,
    dataBytes: media.dataBytes,
    addedTools,
  }
}

/** Functions among the tools. Most say so in their first member; a namespace is parsed to count what is in it. */
function countTools(outline: JsonOutline): number {
  const span = outline.span('tools')
  const elements = span === undefined ? undefined : outline.elements(span)
  let count = 0
  for (const element of elements ?? []) {
    const { type } = readHead(outline, element)
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

function byteLength(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start
}

function clip(text: string): string {
  return text.length <= MAX_TURN ? text : text.slice(0, MAX_TURN / 2) + text.slice(-MAX_TURN / 2)
}
