import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { ImagePart, Message } from '../../../src/chat/request.ts'
import { geminiClient } from '../../../src/dialects/gemini/index.ts'
import { humanText } from '../../../src/dialects/human-turn.ts'
import { outline } from './support.ts'

// The facts, computed the slow way: from the decoded request.

type Json = Record<string, unknown>
type Part = Message['content'][number]

interface Content {
  role?: string
  parts: Json[]
}

function wordsOf({ role, parts }: Content): string {
  return role === 'model' ? '' : humanText(parts.map(({ text: said }) => (typeof said === 'string' ? said : '')))
}

/** The last words of the person, what came after them, and wordless contents of the person right before. */
function liveContents(contents: readonly Content[]): readonly Content[] {
  const isWordless = (content: Content): boolean =>
    content.role !== 'model' && wordsOf(content) === '' && content.parts.every((part) => !('functionResponse' in part))
  let start = Math.max(
    0,
    contents.findLastIndex((content) => wordsOf(content) !== ''),
  )
  while (start > 0 && contents.slice(start - 1, start).every(isWordless)) start--
  return contents.slice(start)
}

/** The last content that is not injected text alone brings a result, and no words of the person. */
function isToolLoop(contents: readonly Content[]): boolean {
  const newest = contents.findLast(
    (content) => content.role === 'model' || wordsOf(content) !== '' || content.parts.some((part) => !('text' in part)),
  )
  if (newest === undefined || newest.role === 'model' || wordsOf(newest) !== '') return false
  return newest.parts.some((part) => 'functionResponse' in part)
}

function slowFacts(body: Json): Json {
  const contents = body['contents'] as Content[]
  const { messages, tools, toolChoice, output, thinking, maxTokens } = geminiClient.decodeRequest(body)
  const human = (message: Message): string =>
    message.role === 'user'
      ? humanText(message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])))
      : ''
  const isMedia = (part: Part): part is ImagePart => part.type === 'image' || part.type === 'document'
  const spoken = messages.filter((message) => human(message) !== '')
  const [before, last] = [spoken.at(-2), spoken.at(-1)]
  const has = (list: readonly Message[], type: string): boolean =>
    list.some((message) => message.content.some((part) => part.type === type))
  const base64 = messages
    .flatMap((message): readonly Part[] => message.content)
    .filter(isMedia)
    .reduce((sum, { source }) => sum + (source.type === 'base64' ? source.data.length : 0), 0)
  const bytes = ['contents', 'systemInstruction', 'tools']
    .filter((key) => body[key] !== undefined)
    .reduce((sum, key) => sum + Buffer.byteLength(JSON.stringify(body[key])), 0)
  return {
    turn: last === undefined ? '' : human(last),
    previousTurn: before === undefined ? '' : human(before),
    firstTurn: spoken[0] === undefined ? '' : human(spoken[0]),
    inToolLoop: isToolLoop(contents),
    vision: has(messages, 'image'),
    liveVision: has(geminiClient.decodeRequest({ contents: liveContents(contents) }).messages, 'image'),
    documents: has(messages, 'document'),
    inputTokens: Math.ceil((bytes - base64) / 4),
    tools: tools.filter((tool) => tool.type === 'function').length,
    toolForced: toolChoice?.type === 'required' || toolChoice?.type === 'tool',
    json: output === undefined ? 'none' : output.type === 'json' ? 'object' : 'schema',
    thinking: thinking === undefined ? 'unset' : thinking.mode === 'off' ? 'off' : 'on',
    maxOutputTokens: maxTokens ?? 0,
  }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    'hello',
    '{"role":"model"}',
    ',"role":"model"}',
    '"inlineData"',
    '<session_context>x</session_context>',
    'é漢😀\\"',
  ),
)
const textPart = fc.record({ text })
const mediaPart = fc.oneof(
  fc.record({
    inlineData: fc.record({
      mimeType: fc.constantFrom('image/png', 'application/pdf'),
      data: fc.base64String({ minLength: 4 }),
    }),
  }),
  fc.record({ file_data: fc.record({ mime_type: fc.constant('image/png'), file_uri: fc.webUrl() }) }),
)
const response = fc
  .record({ output: text, parts: fc.array(mediaPart, { maxLength: 1 }), role: text })
  .map(({ output, parts, role }) => ({ functionResponse: { name: 'f', response: { output, role }, parts } }))
const functionCall = text.map((value) => ({ functionCall: { name: 'f', args: { role: 'user', text: value } } }))
/** Results first, for a decoder puts them there, and it is they who tell what came last. */
const userContent = fc
  .tuple(fc.array(response, { maxLength: 2 }), fc.array(fc.oneof(textPart, mediaPart), { maxLength: 3 }))
  .map(([results, rest]) => ({ role: 'user', parts: [...results, ...rest] }))
const modelContent = fc
  .array(fc.oneof(textPart, functionCall), { minLength: 1, maxLength: 3 })
  .map((parts) => ({ role: 'model', parts: [...parts, { text: 'said' }] }))
const content = fc
  .tuple(fc.oneof({ weight: 2, arbitrary: userContent }, modelContent), fc.nat(2))
  .map(([{ role, parts }, order]): Json => {
    if (order === 0) return { role, parts }
    return order === 1 || role === 'model' ? { parts, role } : { parts }
  })

const body: fc.Arbitrary<Json> = fc
  .record(
    {
      contents: fc.array(content, { minLength: 1, maxLength: 8 }),
      systemInstruction: fc.record({ parts: fc.array(textPart, { maxLength: 2 }) }),
      tools: fc.array(
        fc.oneof(
          fc.record({
            functionDeclarations: fc.array(fc.record({ name: fc.constantFrom('f', 'g') }), { maxLength: 3 }),
          }),
          fc.constant({ googleSearch: {} }),
        ),
        { maxLength: 3 },
      ),
      toolConfig: fc.record({ functionCallingConfig: fc.record({ mode: fc.constantFrom('ANY', 'AUTO', 'NONE') }) }),
      generationConfig: fc.record(
        {
          maxOutputTokens: fc.nat(999),
          responseMimeType: fc.constantFrom('application/json', 'text/plain'),
          responseSchema: fc.constant({ type: 'OBJECT' }),
          thinkingConfig: fc.record({ thinkingBudget: fc.integer({ min: -1, max: 9 }) }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['contents'] },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)

it('agrees with a full parse', () => {
  fc.assert(
    fc.property(body, (value) => {
      const found: Json = { ...geminiClient.readFacts(outline(value)) }
      const expected = slowFacts(value)
      // A choice without a function to call forces nothing.
      if (expected['tools'] === 0) expected['toolForced'] = false
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, found[key]])), expected)
    }),
    { numRuns: 1000 },
  )
})

it('reads the same from indented JSON', () => {
  fc.assert(
    fc.property(body, (value) => {
      const { inputTokens: _, toolsBytes: __, ...plain } = geminiClient.readFacts(outline(value))
      const spread = outline(JSON.stringify(value, null, 2))
      const { inputTokens: ___, toolsBytes: ____, ...indented } = geminiClient.readFacts(spread)
      assert.deepEqual(indented, plain)
    }),
  )
})
