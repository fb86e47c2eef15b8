import { JsonOutline, type Span } from '../../lib/json-outline.ts'
import { byteLength, estimateTokens, settingFacts } from '../shared/facts.ts'
import { openingOf, readTurns } from '../shared/turn-facts.ts'
import { asRecord } from '../shared/values.ts'
import { BadRequest, type RequestFacts, type RouteHints } from '../types.ts'
import { decodeOutput, decodeThinking, readMaxTokens } from './decode-config.ts'
import { systemTexts } from './decode-contents.ts'
import { readModel } from './decode-request.ts'
import { decodeToolChoice } from './decode-tools.ts'
import { snakeCase } from './fields.ts'
import { contentTurns } from './turn-format.ts'

/**
 * Reads the routing facts of a generateContent or countTokens body. Only small members and the contents that matter are
 * parsed. Model and stream come from `hints`. Throws `BadRequest` when the contents are not what they must be.
 */
export function readFacts(given: JsonOutline, hints: RouteHints = {}): RequestFacts {
  const outline = inner(given)
  const contents = outline.span('contents')
  const spans = contents === undefined ? undefined : listSpans(outline, contents)
  if (contents === undefined || spans === undefined || spans.length === 0) {
    throw new BadRequest('contents must be a list with at least one content', 'contents')
  }
  const { base64, ...turns } = readTurns(outline, spans, contentTurns)
  const config = asRecord(member(outline, 'generationConfig'))
  const tools = outline.span('tools')
  const functions = tools === undefined ? 0 : countFunctions(outline, tools)
  const choice = functions === 0 ? undefined : decodeToolChoice(member(outline, 'toolConfig'))
  const system = span(outline, 'systemInstruction')
  const bytes = byteLength(system) + byteLength(contents) + byteLength(tools) - base64
  return {
    model: readModel(hints.model ?? outline.value('model'), hints),
    stream: hints.stream === true,
    ...turns,
    system: system === undefined ? '' : openingOf(systemTexts(outline.parse(system))),
    tools: functions,
    toolsBytes: byteLength(tools),
    ...settingFacts(decodeOutput(config), decodeThinking(config), choice),
    inputTokens: estimateTokens(bytes),
    maxOutputTokens: readMaxTokens(config) ?? 0,
    session: '',
  }
}

/** countTokens may carry the whole request in a member of its own. */
function inner(outline: JsonOutline): JsonOutline {
  const request = span(outline, 'generateContentRequest')
  return request === undefined || outline.bytes[request.start] !== 0x7b ? outline : sub(outline, request)
}

function sub(outline: JsonOutline, { start, end }: Span): JsonOutline {
  return new JsonOutline(outline.bytes.subarray(start, end))
}

function span(outline: JsonOutline, name: string): Span | undefined {
  return outline.span(name) ?? outline.span(snakeCase(name))
}

function member(outline: JsonOutline, name: string): unknown {
  const place = span(outline, name)
  return place === undefined ? undefined : outline.parse(place)
}

/** Elements of a list; an object alone is a list of one. Undefined for everything else. */
function listSpans(outline: JsonOutline, place: Span): Span[] | undefined {
  return outline.elements(place) ?? (outline.bytes[place.start] === 0x7b ? [place] : undefined)
}

function countFunctions(outline: JsonOutline, tools: Span): number {
  let count = 0
  for (const place of listSpans(outline, tools) ?? []) {
    if (outline.bytes[place.start] !== 0x7b) continue
    const tool = sub(outline, place)
    const declarations = span(tool, 'functionDeclarations')
    if (declarations !== undefined) count += listSpans(tool, declarations)?.length ?? 0
  }
  return count
}
