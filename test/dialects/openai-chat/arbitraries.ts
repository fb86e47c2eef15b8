import fc from 'fast-check'
import type { StopReason } from '../../../src/chat/events.ts'
import type { ChatRequest, Message, ToolCallPart } from '../../../src/chat/request.ts'
import type { ChatResponse } from '../../../src/chat/response.ts'

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const name = fc.stringMatching(/^[a-z]{1,8}$/)
const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{4,12}$/)

const text = word.map((value) => ({ type: 'text' as const, text: value }))
const thinking = word.map((value) => ({ type: 'thinking' as const, text: value }))
const image = fc.record(
  {
    type: fc.constant('image' as const),
    source: fc.oneof(
      base64.map((data) => ({ type: 'base64' as const, mediaType: 'image/png', data })),
      name.map((path) => ({ type: 'url' as const, url: `https://x.test/${path}.png` })),
    ),
    detail: fc.constantFrom('low', 'high', 'auto'),
  },
  { requiredKeys: ['type', 'source'] },
)
const pdf = fc.record({
  type: fc.constant('document' as const),
  source: base64.map((data) => ({ type: 'base64' as const, mediaType: 'application/pdf', data })),
  name: name.map((value) => `${value}.pdf`),
})
const args = fc.oneof(fc.json({ maxDepth: 1 }), fc.constant('{"broken'))
/** Some calls have a proof: Gemini's. */
const proof = fc.oneof(
  fc.constant({}),
  base64.map((signature) => ({ signature })),
)

/** Content that is one text, or parts with at least one picture or file: texts alone are joined. */
const userContent = fc.oneof(
  fc.tuple(text),
  fc
    .tuple(fc.array(text, { maxLength: 2 }), fc.oneof(image, pdf), fc.array(fc.oneof(text, image), { maxLength: 2 }))
    .map(([before, media, after]) => [...before, media, ...after]),
)

/** An assistant turn with calls, all answered in order. Ids are made unique by `number`. */
const toolTurn = fc
  .record({
    thinking: fc.option(thinking, { nil: undefined }),
    text: fc.option(text, { nil: undefined }),
    calls: fc.array(fc.record({ name, args, result: word, proof }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ thinking: thought, text: said, calls }) => (number: number): Message[] => {
    const parts = calls.map((call, index): ToolCallPart => {
      return { type: 'tool_call', id: `id_${number}_${index}`, name: call.name, arguments: call.args, ...call.proof }
    })
    const content = [...(thought === undefined ? [] : [thought]), ...(said === undefined ? [] : [said]), ...parts]
    const results = calls.map((call, index): Message => {
      return { role: 'tool', callId: `id_${number}_${index}`, content: [{ type: 'text', text: call.result }] }
    })
    return [{ role: 'assistant', content }, ...results]
  })

const turns = fc.oneof(
  text.map((part) => (): Message[] => [{ role: 'system', content: [part] }]),
  userContent.map((content) => (): Message[] => [{ role: 'user', content }]),
  fc.tuple(fc.array(thinking, { maxLength: 1 }), text).map(([thought, said]) => (): Message[] => [
    { role: 'assistant', content: [...thought, said] },
  ]),
  toolTurn,
)

const messages = fc
  .array(turns, { minLength: 1, maxLength: 5 })
  .map((list) => list.flatMap((turn, number) => turn(number)))

const schema = fc.record({
  type: fc.constant('object'),
  properties: fc.dictionary(name, fc.record({ type: fc.constant('string') })),
})

const tool = fc.record(
  { type: fc.constant('function' as const), name, description: word, schema, strict: fc.boolean() },
  { requiredKeys: ['type', 'name', 'schema'] },
)

/** Free-text tools, which only this dialect writes so. */
const custom = name.map((each) => {
  const raw = { type: 'custom', custom: { name: each, format: { type: 'text' } } }
  return { type: 'native' as const, dialect: 'openai-chat', name: each, raw }
})

const effort = fc.constantFrom('minimal', 'low', 'medium', 'high', 'xhigh', 'max')
const thinkingRequest = fc.oneof(
  effort.map((value) => ({ mode: 'on' as const, effort: value })),
  fc.constant({ mode: 'off' as const, effort: 'none' as const }),
)
const output = fc.oneof(
  fc.constant({ type: 'json' as const }),
  fc.record({ type: fc.constant('json_schema' as const), name, schema, strict: fc.boolean() }),
)

/** Requests all of which Chat Completions can carry. */
export const requests: fc.Arbitrary<ChatRequest> = fc
  .record(
    {
      model: name,
      messages,
      tools: fc.uniqueArray(fc.oneof(tool, custom), { maxLength: 3, selector: (each) => each.name }),
      stream: fc.boolean(),
      maxTokens: fc.integer({ min: 1, max: 99_999 }),
      temperature: fc.constantFrom(0, 0.5, 1),
      topP: fc.constantFrom(0.1, 1),
      stop: fc.array(word, { minLength: 1, maxLength: 4 }),
      seed: fc.nat(),
      presencePenalty: fc.constantFrom(-1, 0, 1),
      frequencyPenalty: fc.constantFrom(-1, 0, 1),
      output,
      thinking: thinkingRequest,
      user: word,
    },
    { requiredKeys: ['model', 'messages', 'tools', 'stream'] },
  )
  // Every stream is asked for its usage, whatever the client asked for.
  .map((request): ChatRequest => (request.stream ? { ...request, includeUsage: true } : request))
  .chain((request) => {
    const [first] = request.tools
    if (first === undefined) return fc.constant(request)
    const toolChoice = fc.constantFrom<NonNullable<ChatRequest['toolChoice']>>(
      { type: 'auto' },
      { type: 'none' },
      { type: 'required' },
      { type: 'tool', name: first.name },
    )
    return fc.record({ toolChoice, parallelTools: fc.boolean() }).map((choice) => ({ ...request, ...choice }))
  })
  // fast-check makes some records without a prototype; those are never deeply equal to plain ones.
  .map((request) => structuredClone(request))

/** Answers whose finish fits their calls. */
export const responses: fc.Arbitrary<ChatResponse> = fc
  .record({
    thinking: fc.array(thinking, { maxLength: 2 }),
    texts: fc.array(text, { maxLength: 3 }),
    calls: fc.array(fc.record({ name, args, proof }), { maxLength: 3 }),
    usage: fc.record({ input: fc.nat(), output: fc.nat(), cacheRead: fc.nat(), reasoning: fc.constant(0) }),
    cut: fc.constantFrom<StopReason | undefined>(undefined, undefined, 'length', 'refusal'),
  })
  .map(({ thinking: thoughts, texts, calls, usage, cut }): ChatResponse => {
    const parts = calls.map((call, index): ToolCallPart => {
      return { type: 'tool_call', id: `id_${index}`, name: call.name, arguments: call.args, ...call.proof }
    })
    return {
      content: [...thoughts, ...texts, ...parts],
      finish: cut ?? (parts.length > 0 ? 'tool_calls' : 'stop'),
      usage: { ...usage },
    }
  })
