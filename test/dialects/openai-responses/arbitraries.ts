import fc from 'fast-check'
import type { StopReason } from '../../../src/chat/events.ts'
import type { ChatRequest, Message, ThinkingPart, Tool, ToolCallPart } from '../../../src/chat/request.ts'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { decodeTools } from '../../../src/dialects/openai-responses/decode-tools.ts'

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const name = fc.stringMatching(/^[a-z]{1,8}$/)
const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{4,12}$/)

const text = word.map((value) => ({ type: 'text' as const, text: value }))
const thinking: fc.Arbitrary<ThinkingPart> = fc
  .tuple(fc.oneof(fc.constant(''), word), base64)
  .map(([value, encrypted]) => ({ type: 'thinking', text: value, encrypted }))
const image = fc
  .tuple(
    fc.oneof(
      base64.map((data) => ({ type: 'base64' as const, mediaType: 'image/png', data })),
      name.map((path) => ({ type: 'url' as const, url: `https://x.test/${path}.png` })),
    ),
    fc.constantFrom('low', 'high', 'auto', 'original'),
  )
  .map(([source, detail]) => ({ type: 'image' as const, source, detail }))
const pdf = fc.record({
  type: fc.constant('document' as const),
  source: base64.map((data) => ({ type: 'base64' as const, mediaType: 'application/pdf', data })),
  name: name.map((value) => `${value}.pdf`),
})
const linked = name.map((path) => {
  return { type: 'document' as const, source: { type: 'url' as const, url: `https://x.test/${path}.pdf` } }
})
/** A file that is no PDF: its name says what it is. */
const named = fc.record({
  type: fc.constant('document' as const),
  source: base64.map((data) => ({ type: 'base64' as const, mediaType: 'application/msword', data })),
  name: name.map((value) => `${value}.doc`),
})
const args = fc.oneof(fc.json({ maxDepth: 1 }), fc.constant('{"broken'))

const userContent = fc.array(fc.oneof(text, image, pdf, linked, named), { minLength: 1, maxLength: 4 })
/** One text, or parts with media: texts alone are joined. */
const output = fc.oneof(
  fc.tuple(text),
  fc
    .tuple(fc.array(text, { maxLength: 1 }), fc.oneof(image, pdf, linked, named))
    .map(([before, media]) => [...before, media]),
)

const schema = fc.record({
  type: fc.constant('object'),
  properties: fc.dictionary(name, fc.record({ type: fc.constant('string') })),
})

/** Tools as clients write them: functions, free text, namespaces with both in them, and tools of the server. */
const wireFunction = fc.record(
  { type: fc.constant('function'), name, description: word, parameters: schema, strict: fc.boolean() },
  { requiredKeys: ['type', 'name', 'parameters', 'strict'] },
)
const wireCustom = fc.record(
  {
    type: fc.constant('custom'),
    name,
    description: word,
    format: fc.constantFrom({ type: 'text' }, { type: 'grammar', syntax: 'lark', definition: 'start: "x"' }),
  },
  { requiredKeys: ['type', 'name'] },
)
const wireNamespace = fc.record({
  type: fc.constant('namespace'),
  name: fc.constantFrom('agents', 'mcp__files__', 'a'.repeat(60), 'web.run'),
  description: word,
  tools: fc.uniqueArray(fc.oneof(wireFunction, wireCustom), {
    minLength: 1,
    maxLength: 3,
    selector: (each) => each.name,
  }),
})
const wireServerTool = fc.constantFrom({ type: 'web_search', external_web_access: true }, { type: 'local_shell' })
export const wireTools: fc.Arbitrary<Record<string, unknown>[]> = fc.uniqueArray(
  fc.oneof(wireFunction, wireCustom, wireNamespace, wireServerTool),
  { maxLength: 4, selector: (each) => ('name' in each ? each.name : each.type) },
)

const callInputs = fc.array(fc.record({ pick: fc.nat(), name, args, input: word, result: output }), {
  minLength: 1,
  maxLength: 3,
})
type CallInputs = typeof callInputs extends fc.Arbitrary<infer T> ? T : never

type Turn = (number: number, tools: readonly Tool[]) => Message[]

/** An assistant turn with calls, of the offered tools or of others, all answered in order. */
const toolTurn = fc
  .record({ thoughts: fc.array(thinking, { maxLength: 2 }), said: fc.array(text, { maxLength: 2 }), calls: callInputs })
  .map(({ thoughts, said, calls }): Turn => {
    return (number, tools) => {
      const parts = calls.map((each, index) => toolCall(each, `id_${number}_${index}`, tools))
      const results = calls.map(({ result }, index): Message => {
        return { role: 'tool', callId: `id_${number}_${index}`, content: result }
      })
      return [{ role: 'assistant', content: [...thoughts, ...said, ...parts] }, ...results]
    }
  })

function toolCall(each: CallInputs[number], id: string, tools: readonly Tool[]): ToolCallPart {
  const offered = tools.filter(({ type }) => type === 'function')
  const tool = each.pick % 2 === 0 ? undefined : offered[each.pick % Math.max(1, offered.length)]
  const isCustom = tool?.type === 'function' && 'origin' in tool && JSON.stringify(tool.origin).includes('"custom"')
  const text = isCustom ? JSON.stringify({ input: each.input }) : each.args
  return { type: 'tool_call', id, name: tool?.name ?? `other_${each.name}`, arguments: text }
}

const turns: fc.Arbitrary<Turn> = fc.oneof(
  text.map((part): Turn => () => [{ role: 'system', content: [part] }]),
  userContent.map((content): Turn => () => [{ role: 'user', content }]),
  fc.tuple(fc.array(thinking, { maxLength: 1 }), text, text).map(([thought, said, asked]): Turn => () => [
    { role: 'assistant', content: [...thought, said] },
    { role: 'user', content: [asked] },
  ]),
  // A user turn keeps two assistant turns apart.
  fc.tuple(toolTurn, text).map(([turn, asked]): Turn => (number, tools) => [
    ...turn(number, tools),
    { role: 'user', content: [asked] },
  ]),
)

const effort = fc.constantFrom('minimal', 'low', 'medium', 'high', 'xhigh', 'max')
const thinkingRequest = fc.oneof(
  effort.map((value) => ({ mode: 'on' as const, effort: value })),
  fc.constant({ mode: 'off' as const, effort: 'none' as const }),
)
const format = fc.oneof(
  fc.constant({ type: 'json' as const }),
  fc.record({ type: fc.constant('json_schema' as const), name, schema, strict: fc.boolean() }),
)

/** Requests all of which Responses can carry. */
export const requests: fc.Arbitrary<ChatRequest> = fc
  .tuple(
    fc.record(
      {
        model: name,
        stream: fc.boolean(),
        maxTokens: fc.integer({ min: 16, max: 99_999 }),
        temperature: fc.constantFrom(0, 0.5, 1),
        topP: fc.constantFrom(0.1, 1),
        output: format,
        thinking: thinkingRequest,
        user: word,
      },
      { requiredKeys: ['model', 'stream'] },
    ),
    fc.array(turns, { minLength: 1, maxLength: 5 }),
    fc.tuple(wireTools, toolTurn),
    fc.record({ kind: fc.constantFrom('auto', 'none', 'required', 'tool'), pick: fc.nat(), parallel: fc.boolean() }),
  )
  .map(([fields, list, [written, lastTurn], choice]): ChatRequest => {
    const tools = decodeTools(written)
    const messages = [...list, lastTurn].flatMap((turn, number) => turn(number, tools))
    const request: ChatRequest = { ...fields, messages, tools }
    const tool = tools[choice.pick % Math.max(1, tools.length)]
    if (tool === undefined) return request
    request.parallelTools = choice.parallel
    request.toolChoice = choice.kind === 'tool' ? { type: 'tool', name: tool.name } : { type: choice.kind as 'auto' }
    return request
  })
  // fast-check makes some records without a prototype; those are never deeply equal to plain ones.
  .map((request) => structuredClone(request))

const proofs = fc.oneof(
  base64.map((encrypted) => ({ encrypted })),
  base64.map((signature) => ({ signature })),
)

/** Answers in normal form: no two neighbours that a stream would join, and a finish that fits the calls. */
export const responses: fc.Arbitrary<ChatResponse> = fc
  .record({
    parts: fc.array(
      fc.oneof(
        text,
        fc
          .tuple(fc.oneof(fc.constant(''), word), proofs)
          .map(([value, proof]) => ({ type: 'thinking' as const, text: value, ...proof })),
        word.map((value) => ({ type: 'thinking' as const, text: value })),
        fc.tuple(name, args).map(([value, json]) => {
          return { type: 'tool_call' as const, id: '', name: value, arguments: json }
        }),
      ),
      { maxLength: 7 },
    ),
    usage: fc.record({ input: fc.nat(), output: fc.nat(), cacheRead: fc.nat(), reasoning: fc.nat() }),
    cut: fc.constantFrom<StopReason | undefined>(undefined, undefined, 'length', 'refusal'),
  })
  .map(({ parts, usage, cut }): ChatResponse => {
    const content = normal(parts).map((part, at) => (part.type === 'tool_call' ? { ...part, id: `id_${at}` } : part))
    const calls = content.some(({ type }) => type === 'tool_call')
    return { id: 'resp_d1', model: 'acme/large', content, finish: cut ?? (calls ? 'tool_calls' : 'stop'), usage }
  })
  .map((response) => structuredClone(response))

function normal(parts: ChatResponse['content']): ChatResponse['content'] {
  const kept: ChatResponse['content'] = []
  for (const part of parts) {
    const before = kept.at(-1)
    const isOpen = before?.type === 'thinking' && before.signature === undefined && before.encrypted === undefined
    if ((isOpen && part.type === 'thinking') || (before?.type === 'text' && part.type === 'text')) continue
    kept.push(part)
  }
  return kept
}
