// OpenAI Chat Completions, from the client's side.
import assert from 'node:assert/strict'
import { at, list, messageOf, readSse, textAt, type Json } from './grid-json.ts'
import { MODEL, PARAMETERS, type GridAnswer, type GridAsk, type GridCall, type GridClient } from './grid-types.ts'

export function chatClient(stream: boolean): GridClient {
  return {
    name: stream ? 'chat, streamed' : 'chat, whole',
    dialect: 'chat',
    stream,
    path: '/v1/chat/completions',
    headers: {},
    // The tool role takes text alone.
    imagesInResults: false,
    body: (ask) => body(ask, stream),
    next: (sent, answer, results) => ({
      ...sent,
      messages: [
        ...list(sent, 'messages'),
        answer.echo,
        ...answer.calls.map(({ id }, n) => ({ role: 'tool', tool_call_id: id, content: results[n]?.text })),
      ],
    }),
    read: stream ? readStream : readWhole,
    readError: readChatError,
    readCut,
  }
}

function body({ text, system, tools, think, schema, maxTokens = 4000 }: GridAsk, stream: boolean): Json {
  return {
    model: MODEL,
    max_completion_tokens: maxTokens,
    messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), { role: 'user', content: text }],
    ...(tools && { tools: tools.map((name) => ({ type: 'function', function: { name, parameters: PARAMETERS } })) }),
    ...(think === true && { reasoning_effort: 'medium' }),
    ...(schema && { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } } }),
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  }
}

function readWhole(wire: string): GridAnswer {
  const answer = JSON.parse(wire) as Json
  return finish(at(answer, 'choices', 0, 'message') as Json, at(answer, 'choices', 0, 'finish_reason'), answer['usage'])
}

function readStream(wire: string): GridAnswer {
  const events = readSse(wire)
  assert.equal(events.at(-1), '[DONE]')
  const chunks = events.filter((event) => event !== '[DONE]')
  assert.equal(chunks.length, events.length - 1, 'one terminator')
  const message = { role: 'assistant', content: '', reasoning_content: '' }
  const calls: Json[] = []
  for (const delta of chunks.map((chunk) => at(chunk, 'choices', 0, 'delta'))) {
    message.content += textAt(delta, 'content')
    message.reasoning_content += textAt(delta, 'reasoning_content')
    for (const piece of list(delta, 'tool_calls')) {
      const index = Number(piece['index'])
      calls[index] ??= {
        id: piece['id'],
        type: 'function',
        function: { name: at(piece, 'function', 'name'), arguments: '' },
      }
      const definition = calls[index]['function'] as { arguments: string }
      definition.arguments += textAt(piece, 'function', 'arguments')
    }
  }
  const ends = chunks.map((chunk) => at(chunk, 'choices', 0, 'finish_reason')).filter((end) => typeof end === 'string')
  assert.equal(ends.length, 1, 'one finish_reason')
  const usage = chunks.map((chunk) => chunk['usage']).findLast((value) => typeof value === 'object' && value !== null)
  return finish({ ...message, ...(calls.length > 0 && { tool_calls: calls }) }, ends[0], usage)
}

function finish(message: Json, stop: unknown, usage: unknown): GridAnswer {
  const calls = list(message, 'tool_calls').map((call): GridCall => {
    assert.equal(call['type'], 'function')
    return {
      id: textAt(call, 'id'),
      name: textAt(call, 'function', 'name'),
      arguments: JSON.parse(textAt(call, 'function', 'arguments')) as unknown,
    }
  })
  const thinking = textAt(message, 'reasoning_content')
  return { text: textAt(message, 'content'), thinking, calls, stop: String(stop), usage, echo: message }
}

/** Also the error body of Responses. */
export function readChatError(wire: string): string {
  const { error, ...rest } = JSON.parse(wire) as { error: Json }
  assert.deepEqual(rest, {})
  assert.deepEqual(Object.keys(error).toSorted(), ['code', 'message', 'param', 'type'])
  return messageOf(error)
}

function readCut(wire: string): string {
  const events = readSse(wire)
  assert.ok(!events.includes('[DONE]'), 'no terminator may follow an error')
  assert.ok(
    events.every((event) => typeof at(event, 'choices', 0, 'finish_reason') !== 'string'),
    'no finish_reason',
  )
  return messageOf(at(events.at(-1), 'error'))
}
