import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { anthropicClient } from '../../../src/dialects/anthropic-messages/index.ts'
import { humanText } from '../../../src/dialects/human-turn.ts'
import { outline } from './support.ts'

// The facts, computed the slow way: everything parsed, nothing skipped.

type Block = { type: string; text?: string; content?: string | Block[]; source?: { type: string; data?: string } }
type Message = { role: string; content: string | Block[] }
type Body = { messages: Message[]; system?: unknown; tools?: unknown }

function slowFacts(body: Body): Record<string, unknown> {
  const blocks = (message: Message): Block[] =>
    typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content
  const inner = (block: Block): Block[] =>
    block.type === 'tool_result' && Array.isArray(block.content) ? block.content : [block]
  const media = (message: Message, type: string): Block[] =>
    blocks(message)
      .flatMap(inner)
      .filter((block) => block.type === type)
  const human = (message: Message): string =>
    message.role === 'user'
      ? humanText(
          blocks(message)
            .filter((block) => block.type === 'text')
            .map((block) => block.text ?? ''),
        )
      : ''
  const spoken = body.messages.filter((message) => human(message) !== '')
  const [before, last] = [spoken.at(-2), spoken.at(-1)]
  const isWordless = (message: Message): boolean =>
    message.role === 'user' && human(message) === '' && blocks(message).every(({ type }) => type !== 'tool_result')
  let start = last === undefined ? 0 : body.messages.lastIndexOf(last)
  while (start > 0 && body.messages.slice(start - 1, start).every(isWordless)) start--
  const live = body.messages.slice(start)
  const base64 = body.messages
    .flatMap((message) => [...media(message, 'image'), ...media(message, 'document')])
    .reduce((sum, block) => sum + (block.source?.type === 'base64' ? (block.source.data ?? '').length : 0), 0)
  const newest = body.messages.findLast(
    (message) =>
      message.role !== 'system' &&
      !(
        message.role === 'user' &&
        human(message) === '' &&
        blocks(message).every((block) => !['tool_result', 'image', 'document'].includes(block.type))
      ),
  )
  const bytes = [body.messages, body.system, body.tools]
    .filter((value) => value !== undefined)
    .reduce((sum: number, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0)
  return {
    turn: last === undefined ? '' : human(last),
    previousTurn: before === undefined ? '' : human(before),
    firstTurn: spoken[0] === undefined ? '' : human(spoken[0]),
    inToolLoop:
      newest?.role === 'user' && human(newest) === '' && blocks(newest).some((block) => block.type === 'tool_result'),
    vision: body.messages.some((message) => media(message, 'image').length > 0),
    liveVision: live.some((message) => media(message, 'image').length > 0),
    documents: body.messages.some((message) => media(message, 'document').length > 0),
    inputTokens: Math.ceil((bytes - base64) / 4),
  }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'hello', '"text"', '"image"', 'tool_result', '<system-reminder>x</system-reminder>', 'é漢😀\\"'),
)
const textBlock = fc.record({ type: fc.constant('text'), text })
const mediaBlock = fc.record({
  type: fc.constantFrom('image', 'document'),
  source: fc.oneof(
    fc.record({ type: fc.constant('base64'), media_type: fc.constant('x/y'), data: fc.base64String() }),
    fc.record({ type: fc.constant('url'), url: fc.webUrl() }),
  ),
})
const toolResult = fc.record({
  type: fc.constant('tool_result'),
  tool_use_id: fc.constantFrom('a', 'image', 'text'),
  content: fc.oneof(text, fc.array(fc.oneof(textBlock, mediaBlock), { maxLength: 2 })),
})
const toolUse = fc.record({
  type: fc.constant('tool_use'),
  id: fc.constant('a'),
  name: fc.constant('f'),
  input: fc.record({ type: fc.constantFrom('image', 'document', 'text'), text }),
})
const userMessage = fc.record({
  role: fc.constant('user'),
  content: fc.oneof(text, fc.array(fc.oneof(textBlock, mediaBlock, toolResult), { maxLength: 4 })),
})
const otherMessage = fc.record({
  role: fc.constantFrom('assistant', 'system'),
  content: fc.oneof(text, fc.array(fc.oneof(textBlock, toolUse), { maxLength: 3 })),
})
const message = fc
  .tuple(fc.oneof({ weight: 2, arbitrary: userMessage }, otherMessage), fc.boolean())
  .map(([value, swap]) => (swap ? { content: value.content, role: value.role } : value))

const body = fc.record(
  {
    messages: fc.array(message, { minLength: 1, maxLength: 8 }),
    system: fc.oneof(text, fc.array(textBlock, { maxLength: 3 })),
    tools: fc.array(fc.record({ name: fc.string() }), { maxLength: 3 }),
  },
  { requiredKeys: ['messages'] },
)

it('agrees with a full parse', () => {
  fc.assert(
    fc.property(body, (value) => {
      const found: Record<string, unknown> = { ...anthropicClient.readFacts(outline(value)) }
      const expected = slowFacts(value)
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]])), expected)
    }),
    { numRuns: 1000 },
  )
})

it('reads the same from indented JSON', () => {
  fc.assert(
    fc.property(body, (value) => {
      const { inputTokens: _, toolsBytes: __, ...plain } = anthropicClient.readFacts(outline(value))
      const {
        inputTokens: ___,
        toolsBytes: ____,
        ...indented
      } = anthropicClient.readFacts(outline(JSON.stringify(value, null, 2)))
      assert.deepEqual(indented, plain)
    }),
  )
})
