import assert from 'node:assert/strict'

// What the official client relies on in an answer (@google/genai's GenerateContentResponse), checked strictly: every
// field known, of its type, and nothing in a part that does not belong together.

type Json = Record<string, unknown>

export interface WirePart {
  text?: string
  thought?: boolean
  thoughtSignature?: string
  functionCall?: { id?: string; name: string; args: Json }
}

export interface WireChunk {
  candidates: { content: { role: string; parts: WirePart[] }; finishReason?: string; index: number }[]
  usageMetadata?: Record<string, number>
  modelVersion: string
  responseId: string
}

const FINISHES = ['STOP', 'MAX_TOKENS', 'SAFETY']
const COUNTS = [
  'promptTokenCount',
  'candidatesTokenCount',
  'totalTokenCount',
  'cachedContentTokenCount',
  'thoughtsTokenCount',
]

/** Checks one chunk or whole answer; `isLast` when the finish and the counts belong into it. */
export function assertChunk(value: unknown, isLast: boolean): WireChunk {
  const chunk = value as WireChunk
  assertKeys(chunk, ['candidates', 'modelVersion', 'responseId'], ['usageMetadata'])
  assert.equal(typeof chunk.modelVersion, 'string')
  assert.equal(typeof chunk.responseId, 'string')
  assert.equal(chunk.candidates.length, 1)
  for (const candidate of chunk.candidates) {
    assertKeys(candidate, ['content', 'index'], ['finishReason'])
    assertKeys(candidate.content, ['parts', 'role'], [])
    assert.equal(candidate.index, 0)
    assert.equal(candidate.content.role, 'model')
    assert.ok(candidate.content.parts.length > 0, 'no parts')
    for (const part of candidate.content.parts) assertPart(part)
    assert.equal(candidate.finishReason !== undefined, isLast, 'finish in the last chunk only')
    if (isLast) assert.ok(FINISHES.includes(candidate.finishReason ?? ''))
  }
  assert.equal(chunk.usageMetadata !== undefined, isLast)
  for (const [name, count] of Object.entries(chunk.usageMetadata ?? {})) {
    assert.ok(COUNTS.includes(name), name)
    assert.ok(Number.isInteger(count) && count >= 0, name)
  }
  const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = chunk.usageMetadata ?? {}
  if (isLast) {
    assert.equal(chunk.usageMetadata?.['totalTokenCount'], promptTokenCount + candidatesTokenCount + thoughtsTokenCount)
  }
  return chunk
}

function assertPart(part: WirePart): void {
  if (part.functionCall === undefined) {
    assertKeys(part, ['text'], ['thought', 'thoughtSignature'])
    assert.equal(typeof part.text, 'string')
    assert.ok(part.thought === undefined || part.thought)
  } else {
    assertKeys(part, ['functionCall'], ['thoughtSignature'])
    assertKeys(part.functionCall, ['name', 'args'], ['id'])
    assert.ok(typeof part.functionCall.args === 'object' && !Array.isArray(part.functionCall.args))
  }
  if (part.thoughtSignature !== undefined) assert.notEqual(part.thoughtSignature, '')
}

/** Parses the wire text of a stream. Throws when it is not `data:` frames, or a complete stream breaks the rules. */
export function parseStream(wire: string): WireChunk[] {
  assert.ok(wire.endsWith('\r\n\r\n'))
  const frames = wire.slice(0, -4).split('\r\n\r\n')
  const chunks = frames.map((frame, at) => {
    assert.match(frame, /^data: \{[^\r\n]*\}$/)
    return assertChunk(JSON.parse(frame.slice('data: '.length)), at === frames.length - 1)
  })
  assertSigned(chunks)
  return chunks
}

/** The first call of an answer has a signature: the client sends it back to whatever model comes next. */
export function assertSigned(chunks: readonly WireChunk[]): void {
  const parts = chunks.flatMap((chunk) => chunk.candidates.flatMap((candidate) => candidate.content.parts))
  const first = parts.find((part) => part.functionCall !== undefined)
  if (first !== undefined) assert.ok(first.thoughtSignature, 'the first call is not signed')
}

function assertKeys(value: object, required: readonly string[], optional: readonly string[]): void {
  for (const key of required) assert.ok(key in value, `${key} is missing`)
  for (const key of Object.keys(value)) assert.ok([...required, ...optional].includes(key), `unknown field ${key}`)
}
