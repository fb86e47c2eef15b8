import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { ChatRequest, Message, Tool, ToolChoice } from '../../../src/chat/request.ts'
import { anthropicClient, anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import { assertAccepted } from './request-rules.ts'
import { target } from './support.ts'

const words = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /\S/.test(text))
const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/)
const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,20}$/)
const textPart = fc.record({ type: fc.constant('text' as const), text: words })
const source = fc.oneof(
  fc.record({ type: fc.constant('base64' as const), mediaType: fc.constant('image/png'), data: fc.base64String() }),
  fc.record({ type: fc.constant('url' as const), url: fc.webUrl() }),
)
const imagePart = fc.record({ type: fc.constant('image' as const), source })
const documentPart = fc.record(
  {
    type: fc.constant('document' as const),
    source: fc.oneof(
      fc.record({ type: fc.constant('text' as const), text: words }),
      fc.record({ type: fc.constant('url' as const), url: fc.webUrl() }),
      fc.record({
        type: fc.constant('base64' as const),
        mediaType: fc.constant('application/pdf'),
        data: fc.base64String(),
      }),
    ),
    name: words,
  },
  { requiredKeys: ['type', 'source'] },
)
const userPart = fc.oneof(textPart, imagePart, documentPart)
const schema = fc.record({
  type: fc.constant('object'),
  properties: fc.dictionary(name, fc.record({ type: fc.constantFrom('string', 'number') })),
  additionalProperties: fc.constant(false),
})
const signed = fc.record({
  type: fc.constant('thinking' as const),
  text: fc.string(),
  signature: fc.base64String({ minLength: 4 }),
})
const sealed = fc.record({
  type: fc.constant('thinking' as const),
  text: fc.constant(''),
  encrypted: fc.base64String({ minLength: 4 }),
})
const jsonObject = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(JSON.parse(JSON.stringify(value))))

// What both sides can carry: one leading system message, alternation, every call answered in order.

function conversation(toolName: string): fc.Arbitrary<Message[]> {
  const user = fc.record({
    role: fc.constant('user' as const),
    content: fc.array(userPart, { minLength: 1, maxLength: 3 }),
  })
  const thinking = fc.array(fc.oneof(signed, sealed), { maxLength: 2 })
  const step = fc.record({
    user,
    thinking,
    loop: fc.boolean(),
    text: words,
    results: fc.array(
      fc.record({
        content: fc.oneof(fc.tuple(textPart), fc.array(fc.oneof(imagePart, documentPart), { maxLength: 2 })),
        failed: fc.boolean(),
        args: jsonObject,
      }),
      { maxLength: 3 },
    ),
  })
  return fc
    .tuple(fc.array(step, { maxLength: 3 }), user, fc.array(textPart, { maxLength: 2 }))
    .map(([steps, last, system]) => {
      const messages: Message[] = system.length > 0 ? [{ role: 'system', content: system }] : []
      steps.forEach((each, n) => {
        // In a tool loop the assistant goes on without a word of the user.
        if (!each.loop || messages.at(-1)?.role !== 'tool') messages.push(each.user)
        messages.push({
          role: 'assistant',
          content: [
            ...each.thinking,
            { type: 'text', text: each.text },
            ...each.results.map(({ args }, k) => ({
              type: 'tool_call' as const,
              id: `toolu_${n}_${k}`,
              name: toolName,
              arguments: args,
            })),
          ],
        })
        for (const [k, { content, failed }] of each.results.entries()) {
          messages.push({ role: 'tool', callId: `toolu_${n}_${k}`, content, ...(failed && { isError: true }) })
        }
      })
      messages.push(last)
      return messages
    })
}

const thinking = fc.constantFrom<ChatRequest['thinking']>(
  undefined,
  { mode: 'off' },
  { mode: 'auto' },
  { mode: 'auto', effort: 'high' },
  { mode: 'auto', effort: 'max' },
)
/** What goes with no reasoning: of temperature and `top_p` one alone, calls by force. */
function settings(toolName: string): fc.Arbitrary<Partial<ChatRequest>> {
  const choice = fc.constantFrom<ToolChoice>({ type: 'required' }, { type: 'tool', name: toolName }, { type: 'auto' })
  return fc.oneof(
    thinking.map((wanted): Partial<ChatRequest> => (wanted === undefined ? {} : { thinking: wanted })),
    fc.record({ temperature: fc.constantFrom(0, 0.5, 1), topK: fc.nat(50) }, { requiredKeys: [] }),
    fc.record({ topP: fc.constantFrom(0.1, 0.9) }),
    fc.record({ toolChoice: choice, parallelTools: fc.constant(false as const) }),
  )
}

const SEARCH: Tool = {
  type: 'native',
  dialect: 'anthropic-messages',
  name: 'web_search',
  raw: { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
}

const carried: fc.Arbitrary<ChatRequest> = name.chain((toolName) =>
  fc
    .record(
      {
        model: fc.constant('claude-up'),
        messages: conversation(toolName),
        tools: fc
          .tuple(
            fc.constantFrom({}, { strict: true }, { description: 'x' }),
            fc.array(fc.constant(SEARCH), { maxLength: 1 }),
          )
          .map(([more, natives]): Tool[] => [
            { type: 'function', name: toolName, schema: { type: 'object', properties: {} }, ...more },
            ...natives,
          ]),
        stream: fc.boolean(),
        maxTokens: fc.integer({ min: 1, max: 100_000 }),
        toolChoice: fc.constantFrom<ToolChoice>({ type: 'auto' }, { type: 'none' }),
        stop: fc.array(words, { minLength: 1, maxLength: 3 }),
        output: fc.record({ type: fc.constant('json_schema' as const), schema }),
        settings: settings(toolName),
        user: id,
      },
      { requiredKeys: ['model', 'messages', 'tools', 'stream', 'maxTokens', 'settings'] },
    )
    .map(({ settings: more, ...rest }): ChatRequest => ({ ...rest, ...more })),
)

it('decodes what it encoded', () => {
  fc.assert(
    fc.property(carried, (request) => {
      const { body, dropped } = anthropicProvider.encodeRequest(request, target())
      assertAccepted(body, undefined)
      const wire = JSON.parse(JSON.stringify(body)) as Record<string, unknown>
      assert.deepEqual(anthropicClient.decodeRequest(wire), JSON.parse(JSON.stringify(request)))
      assert.deepEqual(dropped, [])
    }),
    { numRuns: 300 },
  )
})

// Anything at all: odd ids, roles in any order, orphans, empty parts.

const anyId = fc.constantFrom('a', 'b', 'functions.f:0', '', 'ü')
const anyName = fc.constantFrom('f', 'mcp.f', 'mcp_f', '', 'x'.repeat(200))
const anyText = fc.record({ type: fc.constant('text' as const), text: fc.constantFrom('', ' ', '\n', 'a', 'b ') })
const anyUser = fc.array(fc.oneof(anyText, imagePart), { maxLength: 2 })
const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant('user' as const), content: anyUser }),
  fc.record({ role: fc.constant('system' as const), content: fc.array(anyText, { maxLength: 2 }) }),
  fc.record({ role: fc.constant('tool' as const), callId: anyId, content: anyUser }),
  fc.record({
    role: fc.constant('assistant' as const),
    content: fc.array(
      fc.oneof(
        anyText,
        signed,
        sealed,
        fc.record({ type: fc.constant('thinking' as const), text: fc.string() }),
        fc.record({
          type: fc.constant('tool_call' as const),
          id: anyId,
          name: anyName,
          arguments: fc.constantFrom('', '{}', '[]', '{"a":1}', '{"a'),
        }),
      ),
      { maxLength: 4 },
    ),
  }),
)
const anyRequest = fc.record(
  {
    model: fc.constant('m'),
    messages: fc.array(anyMessage, { maxLength: 8 }),
    tools: fc.array(fc.record({ type: fc.constant('function' as const), name: anyName }), { maxLength: 4 }),
    stream: fc.boolean(),
    maxTokens: fc.integer({ min: 1, max: 100_000 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    topP: fc.double({ min: 0, max: 1, noNaN: true }),
    topK: fc.nat(50),
    toolChoice: fc.constantFrom<ToolChoice>({ type: 'required' }, { type: 'tool', name: 'mcp.f' }, { type: 'none' }),
    parallelTools: fc.boolean(),
    thinking: fc.record(
      {
        mode: fc.constantFrom('on' as const, 'auto' as const, 'off' as const),
        effort: fc.constantFrom('none' as const, 'minimal' as const, 'high' as const, 'max' as const),
        budgetTokens: fc.integer({ min: 1, max: 100_000 }),
      },
      { requiredKeys: ['mode'] },
    ),
  },
  { requiredKeys: ['model', 'messages', 'tools', 'stream'] },
)

it('writes only bodies that the API accepts', () => {
  const limit = fc.option(fc.integer({ min: 500, max: 64_000 }), { nil: undefined })
  fc.assert(
    fc.property(anyRequest, limit, (request, output) => {
      const { body } = anthropicProvider.encodeRequest(request, target(output === undefined ? {} : { output }))
      assertAccepted(body, output)
    }),
    { numRuns: 2000 },
  )
})
