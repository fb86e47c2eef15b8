// Ollama's /api/chat, from the client's side.
import assert from 'node:assert/strict'
import { list, messageOf, textAt, type Json } from './grid-json.ts'
import { MODEL, PARAMETERS, type GridAnswer, type GridAsk, type GridClient } from './grid-types.ts'

export function ollamaClient(stream: boolean): GridClient {
  return {
    name: stream ? 'ollama, streamed' : 'ollama, whole',
    dialect: 'ollama',
    stream,
    path: '/api/chat',
    headers: {},
    imagesInResults: true,
    body: (ask) => body(ask, stream),
    // Most clients name the tool and no id.
    next: (sent, answer, results) => ({
      ...sent,
      messages: [
        ...list(sent, 'messages'),
        answer.echo,
        ...answer.calls.map(({ name }, n) => ({
          role: 'tool',
          tool_name: name,
          content: results[n]?.text,
          ...(results[n]?.image !== undefined && { images: [results[n].image] }),
        })),
      ],
    }),
    read: (wire) => finish(stream ? readLines(wire) : [JSON.parse(wire) as Json]),
    readError: (wire) => readError(JSON.parse(wire) as Json),
    readCut: (wire) => {
      const lines = readLines(wire)
      assert.ok(
        lines.every(({ done }) => done !== true),
        'no end may stand beside an error',
      )
      return readError(lines.at(-1) ?? {})
    },
  }
}

function body({ text, system, tools, think, schema, maxTokens = 4000 }: GridAsk, stream: boolean): Json {
  return {
    model: MODEL,
    messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), { role: 'user', content: text }],
    ...(tools && { tools: tools.map((name) => ({ type: 'function', function: { name, parameters: PARAMETERS } })) }),
    ...(think === true && { think: true }),
    ...(schema && { format: schema }),
    options: { num_predict: maxTokens },
    stream,
  }
}

function readLines(wire: string): Json[] {
  assert.ok(wire.endsWith('\n'), 'the last line must be complete')
  return wire
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json)
}

function finish(lines: Json[]): GridAnswer {
  const ends = lines.filter(({ done }) => done === true)
  assert.equal(ends.length, 1, 'one end')
  assert.equal(ends[0], lines.at(-1), 'nothing may follow the end')
  const text = lines.map((line) => textAt(line, 'message', 'content')).join('')
  const thinking = lines.map((line) => textAt(line, 'message', 'thinking')).join('')
  const toolCalls = lines.flatMap((line) => list(line, 'message', 'tool_calls'))
  return {
    text,
    thinking,
    calls: toolCalls.map((call) => {
      const definition = call['function'] as Json
      assert.equal(typeof definition['arguments'], 'object', 'arguments are an object')
      return { id: textAt(call, 'id'), name: textAt(definition, 'name'), arguments: definition['arguments'] }
    }),
    stop: textAt(ends[0], 'done_reason'),
    usage: ends[0],
    echo: {
      role: 'assistant',
      content: text,
      ...(thinking !== '' && { thinking }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    },
  }
}

function readError(body: Json): string {
  assert.deepEqual(Object.keys(body), ['error'])
  assert.equal(typeof body['error'], 'string')
  return messageOf(body['error'])
}
