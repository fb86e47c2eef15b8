// Gemini, from the client's side: whole, streamed as events, and streamed as one growing array.
import assert from 'node:assert/strict'
import { at, list, messageOf, readSse, textAt, type Json } from './grid-json.ts'
import { MODEL, PARAMETERS, type GridAnswer, type GridAsk, type GridClient, type GridResult } from './grid-types.ts'

const METHODS = {
  whole: ':generateContent',
  streamed: ':streamGenerateContent?alt=sse',
  'streamed as an array': ':streamGenerateContent',
} as const

export function geminiClient(mode: keyof typeof METHODS): GridClient {
  const parse = (wire: string): Json[] => {
    if (mode === 'streamed') return readSse(wire) as Json[]
    return [JSON.parse(wire) as Json | Json[]].flat()
  }
  return {
    name: `gemini, ${mode}`,
    dialect: 'gemini',
    stream: mode !== 'whole',
    path: `/v1beta/models/${MODEL}${METHODS[mode]}`,
    headers: { 'x-goog-api-key': 'client' },
    imagesInResults: true,
    body,
    next: (sent, answer, results) => ({
      ...sent,
      contents: [
        ...list(sent, 'contents'),
        { role: 'model', parts: answer.echo },
        { role: 'user', parts: answer.calls.map(({ id, name }, n) => functionResponse(id, name, results[n])) },
      ],
    }),
    read: (wire) => finish(parse(wire)),
    readError: (wire) => readError(JSON.parse(wire) as Json),
    readCut: (wire) => {
      const chunks = parse(wire)
      assert.ok(!wire.includes('"finishReason"'), 'no finish may stand beside an error')
      return readError(chunks.at(-1) ?? {})
    },
  }
}

function body({ text, system, tools, think, schema, maxTokens = 4000 }: GridAsk): Json {
  return {
    contents: [{ role: 'user', parts: [{ text }] }],
    ...(system !== undefined && { systemInstruction: { parts: [{ text: system }] } }),
    ...(tools && {
      tools: [{ functionDeclarations: tools.map((name) => ({ name, parametersJsonSchema: PARAMETERS })) }],
    }),
    generationConfig: {
      maxOutputTokens: maxTokens,
      ...(think === true && { thinkingConfig: { includeThoughts: true, thinkingBudget: 2000 } }),
      ...(schema && { responseMimeType: 'application/json', responseJsonSchema: schema }),
    },
  }
}

function functionResponse(id: string, name: string, result: GridResult | undefined): Json {
  return {
    functionResponse: {
      ...(id !== '' && { id }),
      name,
      response: { output: result?.text },
      ...(result?.image !== undefined && { parts: [{ inlineData: { mimeType: 'image/png', data: result.image } }] }),
    },
  }
}

function finish(chunks: Json[]): GridAnswer {
  const ends = chunks.filter((chunk) => at(chunk, 'candidates', 0, 'finishReason') !== undefined)
  assert.equal(ends.length, 1, 'one finishReason')
  assert.equal(ends[0], chunks.at(-1), 'nothing may follow the finish')
  const parts = chunks.flatMap((chunk) => list(chunk, 'candidates', 0, 'content', 'parts'))
  const calls = parts.flatMap((part) => (part['functionCall'] === undefined ? [] : [part['functionCall']]))
  const text = (thought: boolean): string =>
    parts.map((part) => ((part['thought'] === true) === thought ? textAt(part, 'text') : '')).join('')
  return {
    text: text(false),
    thinking: text(true),
    calls: calls.map((call) => ({ id: textAt(call, 'id'), name: textAt(call, 'name'), arguments: at(call, 'args') })),
    stop: textAt(ends[0], 'candidates', 0, 'finishReason'),
    usage: at(ends[0], 'usageMetadata'),
    echo: parts,
  }
}

function readError(body: Json): string {
  const error = body['error']
  assert.equal(typeof at(error, 'code'), 'number')
  assert.match(textAt(error, 'status'), /^[A-Z_]+$/)
  return messageOf(error)
}
