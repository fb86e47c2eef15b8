import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { ChatRequest, Message, ThinkingPart, Tool, ToolChoice } from '../../../src/chat/request.ts'
import { geminiClient, geminiProvider } from '../../../src/dialects/gemini/index.ts'
import { assertAccepted } from './request-rules.ts'
import { target } from './support.ts'

const words = fc.string({ unit: 'grapheme', minLength: 1 })
const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,20}$/)
const textPart = fc.record({ type: fc.constant('text' as const), text: words })
const imagePart = fc
  .base64String({ minLength: 4 })
  .map((data) => ({ type: 'image' as const, source: { type: 'base64' as const, mediaType: 'image/png', data } }))
const mediaTypes = fc.constantFrom('application/pdf', 'text/csv', 'audio/wav', 'video/mp4')
const filePart = fc.tuple(mediaTypes, fc.base64String({ minLength: 4 })).map(([mediaType, data]) => ({
  type: 'document' as const,
  source: { type: 'base64' as const, mediaType, data },
}))
const userPart = fc.oneof(textPart, imagePart, filePart)
const schema = fc.record({
  type: fc.constant('object'),
  properties: fc.dictionary(name, fc.record({ type: fc.constantFrom('string', 'number') })),
  additionalProperties: fc.constant(false),
})
const jsonObject = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(JSON.parse(JSON.stringify(value))))

// What both sides can carry: leading system messages as one, alternation, every call answered in order with one text.

function conversation(toolName: string): fc.Arbitrary<Message[]> {
  const user = fc.record({
    role: fc.constant('user' as const),
    content: fc.array(userPart, { minLength: 1, maxLength: 3 }),
  })
  const step = fc.record({
    user,
    loop: fc.boolean(),
    text: words,
    /** Of the text: it comes back as reasoning without words. */
    proof: fc.option(words, { nil: undefined }),
    results: fc.array(
      fc.record({
        text: words,
        failed: fc.boolean(),
        args: jsonObject,
        signature: fc.option(words, { nil: undefined }),
      }),
      { maxLength: 3 },
    ),
  })
  return fc
    .tuple(fc.array(step, { maxLength: 3 }), user, fc.array(textPart, { maxLength: 2 }))
    .map(([steps, last, system]) => {
      const messages: Message[] = system.length > 0 ? [{ role: 'system', content: system }] : []
      steps.forEach((each, n) => {
        // In a tool loop the model goes on without a word of the user.
        if (!each.loop || messages.at(-1)?.role !== 'tool') messages.push(each.user)
        messages.push({
          role: 'assistant',
          content: [
            { type: 'text', text: each.text },
            ...proofOf(each.proof, each.results),
            ...each.results.map(({ args, signature }, k) => ({
              type: 'tool_call' as const,
              id: `id_${n}_${k}`,
              name: toolName,
              arguments: args,
              ...(signature !== undefined && { signature }),
            })),
          ],
        })
        each.results.forEach(({ text, failed }, k) => {
          const content = [{ type: 'text' as const, text }]
          messages.push({
            role: 'tool',
            callId: `id_${n}_${k}`,
            name: toolName,
            content,
            ...(failed && { isError: true }),
          })
        })
      })
      messages.push(last)
      return messages
    })
}

/** Before a call without one, a proof without words would be the call's. */
function proofOf(signature: string | undefined, calls: readonly { signature?: string | undefined }[]): ThinkingPart[] {
  const isCalls = calls.length > 0 && calls[0]?.signature === undefined
  return signature === undefined || isCalls ? [] : [{ type: 'thinking', text: '', signature }]
}

const SEARCH: Tool = { type: 'native', dialect: 'gemini', name: 'googleSearch', raw: { googleSearch: {} } }

const carried: fc.Arbitrary<ChatRequest> = name.chain((toolName) =>
  fc
    .record(
      {
        model: fc.constant('gemini-3-flash'),
        messages: conversation(toolName),
        tools: fc
          .array(fc.constant(SEARCH), { maxLength: 1 })
          .map((natives): Tool[] => [
            { type: 'function', name: toolName, description: 'x', schema: { type: 'object', properties: {} } },
            ...natives,
          ]),
        stream: fc.boolean(),
        maxTokens: fc.integer({ min: 1, max: 100_000 }),
        temperature: fc.constantFrom(0, 0.5, 2),
        topP: fc.constantFrom(0.1, 1),
        topK: fc.nat(99),
        seed: fc.integer(),
        presencePenalty: fc.constantFrom(-1, 0, 1),
        frequencyPenalty: fc.constantFrom(-1, 0, 1),
        toolChoice: fc.constantFrom<ToolChoice>(
          { type: 'auto' },
          { type: 'none' },
          { type: 'required' },
          { type: 'tool', name: toolName },
        ),
        stop: fc.array(words, { minLength: 1, maxLength: 5 }),
        output: fc.oneof(
          fc.constant({ type: 'json' as const }),
          fc.record({ type: fc.constant('json_schema' as const), schema }),
        ),
        thinking: fc.constantFrom<NonNullable<ChatRequest['thinking']>>(
          { mode: 'auto' },
          { mode: 'on', effort: 'minimal' },
          { mode: 'on', effort: 'high' },
        ),
      },
      { requiredKeys: ['model', 'messages', 'tools', 'stream'] },
    )
    // fast-check makes some records without a prototype; those are never deeply equal to plain ones.
    .map((request) => structuredClone(request)),
)

it('decodes what it encoded', () => {
  fc.assert(
    fc.property(carried, (request) => {
      const { body, dropped } = geminiProvider.encodeRequest(request, target())
      assertAccepted(body, target().model)
      const wire = JSON.parse(JSON.stringify(body)) as Record<string, unknown>
      const hints = { model: request.model, stream: request.stream }
      assert.deepEqual(geminiClient.decodeRequest(wire, hints), request)
      assert.deepEqual(dropped, [])
    }),
    { numRuns: 300 },
  )
})

// Anything at all: odd ids and names, roles in any order, orphans, empty parts, every generation of models.

const anyId = fc.constantFrom('a', 'b', 'functions.f:0', '', 'ü')
const anyName = fc.constantFrom('f', 'mcp.f', 'mcp f', 'mcp_f', '', '1', 'x'.repeat(200))
const anyText = fc.record({ type: fc.constant('text' as const), text: fc.constantFrom('', ' ', '\n', 'a') })
const anyUrl = fc.constant({
  type: 'image' as const,
  source: { type: 'url' as const, url: 'https://x.test/a' },
})
const zip = fc.constant({
  type: 'document' as const,
  source: { type: 'base64' as const, mediaType: 'application/zip', data: 'AAAA' },
})
const anyUser = fc.array(fc.oneof(anyText, imagePart, anyUrl, zip), { maxLength: 2 })
const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant('user' as const), content: anyUser }),
  fc.record({ role: fc.constant('system' as const), content: fc.array(anyText, { maxLength: 2 }) }),
  fc.record({ role: fc.constant('tool' as const), callId: anyId, content: anyUser }),
  fc.record({
    role: fc.constant('assistant' as const),
    content: fc.array(
      fc.oneof(
        anyText,
        fc.record({ type: fc.constant('thinking' as const), text: fc.string(), signature: words }),
        fc.record(
          {
            type: fc.constant('tool_call' as const),
            id: anyId,
            name: anyName,
            arguments: fc.constantFrom('', '{}', '[]', '{"a":1}', '{"a'),
            signature: words,
          },
          { requiredKeys: ['type', 'id', 'name', 'arguments'] },
        ),
      ),
      { maxLength: 4 },
    ),
  }),
)
const anySchema = fc.constantFrom(
  undefined,
  {},
  { $schema: 'x', type: 'object', properties: { a: { $ref: '#/$defs/b', title: 't' } } },
)
const anyTool: fc.Arbitrary<Tool> = fc.oneof(
  fc
    .tuple(anyName, anySchema)
    .map(([each, value]): Tool => ({ type: 'function', name: each, ...(value !== undefined && { schema: value }) })),
  fc
    .constantFrom('gemini', 'anthropic-messages')
    .map((dialect): Tool => ({ type: 'native', dialect, name: 'search', raw: { googleSearch: {} } })),
)
const anyRequest: fc.Arbitrary<ChatRequest> = fc.record(
  {
    model: fc.constant('m'),
    messages: fc.array(anyMessage, { maxLength: 8 }),
    tools: fc.array(anyTool, { maxLength: 4 }),
    stream: fc.boolean(),
    maxTokens: fc.integer({ min: 1, max: 100_000 }),
    temperature: fc.double({ min: -1, max: 4, noNaN: true }),
    seed: fc.oneof(fc.maxSafeInteger(), fc.constant(0.5)),
    stop: fc.array(fc.constantFrom('', 'a'), { maxLength: 8 }),
    toolChoice: fc.constantFrom<ToolChoice>({ type: 'required' }, { type: 'tool', name: 'mcp f' }, { type: 'none' }),
    output: fc.constantFrom<NonNullable<ChatRequest['output']>>(
      { type: 'json' },
      { type: 'json_schema', schema: { type: 'object' } },
    ),
    thinking: fc.record(
      {
        mode: fc.constantFrom('on' as const, 'auto' as const, 'off' as const),
        effort: fc.constantFrom('none' as const, 'minimal' as const, 'medium' as const, 'max' as const),
        budgetTokens: fc.integer({ min: 1, max: 100_000 }),
      },
      { requiredKeys: ['mode'] },
    ),
  },
  { requiredKeys: ['model', 'messages', 'tools', 'stream'] },
)
const anyModel = fc.constantFrom(
  'gemini-3-pro-preview',
  'gemini-3.1-pro-preview',
  'gemini-3-flash-preview',
  'gemini-3.8-flash',
  'gemini-flash-latest',
  'gemini-2.5-pro',
  'gemini-2.5-flash',
  'gemini-2.5-flash-lite',
  'gemini-2.0-flash',
  'gemma-3-27b-it',
)

it('writes only bodies that the API accepts', () => {
  fc.assert(
    fc.property(anyRequest, anyModel, (request, model) => {
      assertAccepted(geminiProvider.encodeRequest(request, target({ model })).body, model)
    }),
    { numRuns: 3000 },
  )
})
