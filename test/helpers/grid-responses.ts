// OpenAI Responses, from the client's side.
import assert from 'node:assert/strict'
import { readChatError } from './grid-chat.ts'
import { at, list, messageOf, readSse, textAt, type Json } from './grid-json.ts'
import { MODEL, PARAMETERS, type GridAnswer, type GridAsk, type GridClient, type GridResult } from './grid-types.ts'

export function responsesClient(stream: boolean): GridClient {
  return {
    name: stream ? 'responses, streamed' : 'responses, whole',
    dialect: 'responses',
    stream,
    path: '/v1/responses',
    headers: {},
    imagesInResults: true,
    body: (ask) => body(ask, stream),
    next: (sent, answer, results) => ({
      ...sent,
      input: [
        ...list(sent, 'input'),
        ...(answer.echo as Json[]),
        ...answer.calls.map(({ id }, n) => ({ type: 'function_call_output', call_id: id, output: output(results[n]) })),
      ],
    }),
    read: stream ? readStream : (wire) => finish(JSON.parse(wire) as Json),
    readError: readChatError,
    readCut,
  }
}

function body({ text, system, tools, think, schema, maxTokens = 4000 }: GridAsk, stream: boolean): Json {
  return {
    model: MODEL,
    max_output_tokens: maxTokens,
    store: false,
    ...(system !== undefined && { instructions: system }),
    input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
    ...(tools && {
      tools: tools.map((name) => ({ type: 'function', name, parameters: PARAMETERS, strict: false })),
    }),
    ...(think === true && {
      reasoning: { effort: 'medium', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
    }),
    ...(schema && { text: { format: { type: 'json_schema', name: 'answer', schema, strict: true } } }),
    ...(stream && { stream: true }),
  }
}

function output(result: GridResult | undefined): unknown {
  if (result?.image === undefined) return result?.text
  const image_url = `data:image/png;base64,${result.image}`
  return [
    { type: 'input_text', text: result.text },
    { type: 'input_image', image_url, detail: 'auto' },
  ]
}

function readStream(wire: string): GridAnswer {
  const events = readSse(wire)
  assert.equal(at(events[0], 'type'), 'response.created')
  const ends = events.filter((event) => /^response\.(?:completed|incomplete)$/.test(textAt(event, 'type')))
  assert.equal(ends.length, 1, 'one end')
  assert.equal(ends[0], events.at(-1), 'nothing may follow the end')
  const items = events
    .filter((event) => at(event, 'type') === 'response.output_item.done')
    .map((event) => at(event, 'item'))
  assert.deepEqual(at(ends[0], 'response', 'output'), items, 'the end must list the items that were done')
  return finish(at(ends[0], 'response') as Json)
}

function finish(response: Json): GridAnswer {
  const items = list(response, 'output')
  const parts = (type: string, place: string): string =>
    items
      .flatMap((item) => (item['type'] === type ? list(item, place) : []))
      .map((part) => textAt(part, 'text'))
      .join('')
  const calls = items.filter(({ type }) => type === 'function_call')
  const reason = textAt(response, 'incomplete_details', 'reason')
  return {
    text: parts('message', 'content'),
    thinking: parts('reasoning', 'summary'),
    calls: calls.map((call) => ({
      id: textAt(call, 'call_id'),
      name: textAt(call, 'name'),
      arguments: JSON.parse(textAt(call, 'arguments')) as unknown,
    })),
    stop: [textAt(response, 'status'), reason].filter((word) => word !== '').join(': '),
    usage: response['usage'],
    echo: items,
  }
}

function readCut(wire: string): string {
  const events = readSse(wire)
  const types = events.map((event) => textAt(event, 'type'))
  assert.ok(!types.includes('response.completed') && !types.includes('response.incomplete'), 'no end but the failure')
  // Codex reads the one, the official SDKs the other; a provider that is passed through says either.
  assert.match(String(types.at(-1)), /^(?:error|response\.failed)$/)
  const last = events.at(-1)
  return messageOf(at(last, 'response', 'error') ?? at(last, 'error') ?? last)
}
