import fc from 'fast-check'
import type { StopReason, StreamEvent } from '../../../src/chat/events.ts'
import type { ChatRequest, ImagePart, Message, ToolCallPart } from '../../../src/chat/request.ts'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { IMAGES } from './support.ts'

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
/** Text with what a reader of facts may stumble over. */
const speech = fc.oneof(
  word,
  fc.constantFrom('"images"', '"role":"tool"', '<system-reminder>x</system-reminder>', ' ', '\\"', '{"role":"user"}'),
)
const name = fc.stringMatching(/^[a-z]{1,8}$/)
/** JSON that is the same after parsing and writing it. */
const argumentsText = fc.dictionary(name, fc.oneof(fc.boolean(), fc.nat(), word)).map((value) => JSON.stringify(value))

const text = speech.map((value) => ({ type: 'text' as const, text: value }))
const image = fc
  .tuple(
    fc.constantFrom<'png' | 'jpeg' | 'gif' | 'webp'>('png', 'jpeg', 'gif', 'webp'),
    fc.stringMatching(/^(?:[A-Za-z0-9]{4}){0,3}$/),
  )
  .map(([kind, more]): ImagePart => {
    const data = IMAGES[kind].replaceAll('=', 'A') + more
    return { type: 'image', source: { type: 'base64', mediaType: `image/${kind}`, data } }
  })

/** Ids as the client has them, or none, as older ones do; results name their call or stand in its order. */
const toolTurn = fc
  .record({
    thinking: fc.array(word, { maxLength: 1 }),
    said: fc.array(text, { maxLength: 1 }),
    calls: fc.array(fc.record({ name, args: argumentsText, result: text, shot: fc.array(image, { maxLength: 1 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ thinking, said, calls }) => (number: number): Message[] => {
    const parts = calls.map((call, index): ToolCallPart => {
      return { type: 'tool_call', id: `id_${number}_${index}`, name: call.name, arguments: call.args }
    })
    const results = calls.map((call, index): Message => {
      const content = [call.result, ...call.shot]
      return { role: 'tool', callId: `id_${number}_${index}`, name: call.name, content }
    })
    const thoughts = thinking.map((value) => ({ type: 'thinking' as const, text: value }))
    return [{ role: 'assistant', content: [...thoughts, ...said, ...parts] }, ...results]
  })

const turns = fc.oneof(
  text.map((part) => (): Message[] => [{ role: 'system', content: [part] }]),
  fc.tuple(fc.array(image, { maxLength: 2 }), text).map(([images, part]) => (): Message[] => [
    { role: 'user', content: [...images, part] },
  ]),
  image.map((part) => (): Message[] => [{ role: 'user', content: [part] }]),
  text.map((part) => (): Message[] => [{ role: 'assistant', content: [part] }]),
  toolTurn,
)

const schema = fc.record({
  type: fc.constant('object'),
  properties: fc.dictionary(name, fc.record({ type: fc.constant('string') })),
})
const tool = fc.record(
  { type: fc.constant('function' as const), name, description: word, schema },
  { requiredKeys: ['type', 'name', 'schema'] },
)

/** Requests all of which Ollama can carry, for a model that takes levels of reasoning. */
export const requests: fc.Arbitrary<ChatRequest> = fc
  .record(
    {
      model: name,
      messages: fc.array(turns, { maxLength: 6 }).map((list) => list.flatMap((turn, number) => turn(number))),
      tools: fc.array(tool, { maxLength: 3 }),
      stream: fc.boolean(),
      maxTokens: fc.integer({ min: 1, max: 99_999 }),
      temperature: fc.constantFrom(0, 0.5, 1),
      topP: fc.constantFrom(0.1, 1),
      topK: fc.nat(),
      stop: fc.array(word, { minLength: 1, maxLength: 3 }),
      seed: fc.nat(),
      presencePenalty: fc.constantFrom(-1, 0, 1),
      frequencyPenalty: fc.constantFrom(-1, 0, 1),
      output: fc.oneof(
        fc.constant({ type: 'json' as const }),
        schema.map((value) => ({ type: 'json_schema' as const, schema: value })),
      ),
      thinking: fc.constantFrom('low', 'medium', 'high').map((effort) => ({ mode: 'on' as const, effort })),
    },
    { requiredKeys: ['model', 'messages', 'tools', 'stream'] },
  )
  // fast-check makes some records without a prototype; those are never deeply equal to plain ones.
  .map((request) => structuredClone(request) as ChatRequest)

/** What other models take: reasoning or none. */
export const plainThinking: fc.Arbitrary<NonNullable<ChatRequest['thinking']>> = fc.constantFrom(
  { mode: 'on' as const },
  { mode: 'off' as const },
)

const reply = fc.oneof(
  word.map((value) => ({ type: 'text' as const, text: value })),
  word.map((value) => ({ type: 'thinking' as const, text: value })),
)

/** Answers that say something, their finish fitting their calls. */
export const responses: fc.Arbitrary<ChatResponse> = fc
  .record({
    content: fc.array(reply, { minLength: 1, maxLength: 4 }),
    calls: fc.array(fc.record({ name, args: fc.oneof(argumentsText, fc.constant('{"broken')) }), { maxLength: 3 }),
    usage: fc.record({ input: fc.nat(), output: fc.nat() }),
    isCut: fc.boolean(),
  })
  .map(({ content, calls, usage, isCut }): ChatResponse => {
    const parts = calls.map((call, index): ToolCallPart => {
      return { type: 'tool_call', id: `id_${index}`, name: call.name, arguments: call.args }
    })
    const finish: StopReason = isCut ? 'length' : parts.length > 0 ? 'tool_calls' : 'stop'
    return { content: [...content, ...parts], finish, usage: { ...usage } }
  })

/** The events of an answer, their texts cut into pieces and the pieces of the calls interleaved. */
export function shredded(events: readonly StreamEvent[], size: number): StreamEvent[] {
  const pieces = events.flatMap((event): StreamEvent[] => {
    if (event.type === 'text') return cut(event.text, size).map((piece) => ({ ...event, text: piece }))
    if (event.type === 'thinking') return cut(event.text, size).map((piece) => ({ ...event, text: piece }))
    if (event.type !== 'tool_call_delta') return [event]
    return cut(event.arguments, size).map((piece) => ({ ...event, arguments: piece }))
  })
  const isDelta = (event: StreamEvent): boolean => event.type === 'tool_call_delta'
  const starts = pieces.filter((event) => event.type !== 'usage' && event.type !== 'finish' && !isDelta(event))
  const ends = pieces.filter((event) => event.type === 'usage' || event.type === 'finish')
  const queues = new Map<number, StreamEvent[]>()
  for (const event of pieces) {
    if (event.type === 'tool_call_delta') queues.set(event.index, [...(queues.get(event.index) ?? []), event])
  }
  const rounds = Math.max(0, ...[...queues.values()].map((queue) => queue.length))
  const deltas = Array.from({ length: rounds }, (_, round) =>
    [...queues.values()].toReversed().flatMap((queue) => queue[round] ?? []),
  ).flat()
  return [...starts, ...deltas, ...ends]
}

/** Cuts between characters, never inside a surrogate pair. */
function cut(value: string, size: number): string[] {
  return value.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? []
}
