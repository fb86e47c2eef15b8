// Anthropic Messages, from the client's side.
import assert from 'node:assert/strict'
import { at, list, messageOf, readSse, textAt, type Json } from './grid-json.ts'
import { MODEL, PARAMETERS, type GridAnswer, type GridAsk, type GridClient, type GridResult } from './grid-types.ts'

export function messagesClient(stream: boolean): GridClient {
  return {
    name: stream ? 'messages, streamed' : 'messages, whole',
    dialect: 'messages',
    stream,
    path: '/v1/messages',
    headers: { 'anthropic-version': '2023-06-01' },
    imagesInResults: true,
    body: (ask) => body(ask, stream),
    next: (sent, answer, results) => ({
      ...sent,
      messages: [
        ...list(sent, 'messages'),
        { role: 'assistant', content: answer.echo },
        {
          role: 'user',
          content: answer.calls.map(({ id }, n) => ({
            type: 'tool_result',
            tool_use_id: id,
            content: content(results[n]),
          })),
        },
      ],
    }),
    read: stream ? readStream : readWhole,
    readError,
    readCut,
  }
}

function body({ text, system, tools, think, schema, maxTokens = 4000 }: GridAsk, stream: boolean): Json {
  return {
    model: MODEL,
    max_tokens: maxTokens,
    ...(system !== undefined && { system: [{ type: 'text', text: system }] }),
    messages: [{ role: 'user', content: text }],
    ...(tools && { tools: tools.map((name) => ({ name, input_schema: PARAMETERS })) }),
    ...(think === true && { thinking: { type: 'enabled', budget_tokens: 2000 } }),
    ...(schema && { output_config: { format: { type: 'json_schema', schema } } }),
    ...(stream && { stream: true }),
  }
}

function content(result: GridResult | undefined): unknown {
  if (result?.image === undefined) return result?.text
  return [
    { type: 'text', text: result.text },
    { type: 'image', source: { type: 'base64', media_type: 'image/png', data: result.image } },
  ]
}

function readWhole(wire: string): GridAnswer {
  const answer = JSON.parse(wire) as Json
  assert.equal(answer['type'], 'message')
  return finish(list(answer, 'content'), answer['stop_reason'], answer['usage'])
}

function readStream(wire: string): GridAnswer {
  const events = readSse(wire)
  const types = events.map((event) => textAt(event, 'type'))
  assert.equal(types[0], 'message_start')
  assert.equal(types.at(-1), 'message_stop')
  for (const type of ['message_start', 'message_delta', 'message_stop']) {
    assert.equal(types.filter((other) => other === type).length, 1, `one ${type}`)
  }
  const blocks: Json[] = []
  const json: string[] = []
  let open: number | undefined
  for (const event of events) {
    const index = Number(at(event, 'index'))
    if (at(event, 'type') === 'content_block_start') {
      assert.equal(open, undefined, 'blocks must not overlap')
      assert.equal(index, blocks.length)
      open = index
      blocks.push({ ...(at(event, 'content_block') as Json) })
      json.push('')
    } else if (at(event, 'type') === 'content_block_delta') {
      assert.equal(index, open)
      add(blocks, json, index, at(event, 'delta') as Json)
    } else if (at(event, 'type') === 'content_block_stop') {
      assert.equal(index, open)
      open = undefined
    }
  }
  const content = blocks.map((block, n) =>
    block['type'] === 'tool_use'
      ? { ...block, input: JSON.parse(json[n] === '' ? '{}' : String(json[n])) as unknown }
      : block,
  )
  const end = events[types.indexOf('message_delta')]
  const usage = { ...(at(events[0], 'message', 'usage') as Json), ...(at(end, 'usage') as Json) }
  return finish(content, at(end, 'delta', 'stop_reason'), usage)
}

function add(blocks: Json[], json: string[], index: number, delta: Json): void {
  const block = blocks[index] ?? {}
  json[index] += textAt(delta, 'partial_json')
  for (const name of ['text', 'thinking', 'signature']) {
    if (delta[name] !== undefined) block[name] = textAt(block, name) + textAt(delta, name)
  }
}

function finish(blocks: Json[], stop: unknown, usage: unknown): GridAnswer {
  const calls = blocks.filter(({ type }) => type === 'tool_use')
  return {
    text: blocks.map((block) => textAt(block, 'text')).join(''),
    thinking: blocks.map((block) => textAt(block, 'thinking')).join(''),
    calls: calls.map((call) => ({ id: textAt(call, 'id'), name: textAt(call, 'name'), arguments: call['input'] })),
    stop: String(stop),
    usage,
    echo: blocks,
  }
}

function readError(wire: string): string {
  const { type, error } = JSON.parse(wire) as { type: string; error: Json }
  assert.equal(type, 'error')
  assert.match(String(error['type']), /^(?:[a-z_]+_error|request_too_large)$/)
  return messageOf(error)
}

function readCut(wire: string): string {
  assert.ok(!wire.includes('message_stop') && !wire.includes('message_delta'), 'no end may stand beside an error')
  const last = readSse(wire).at(-1)
  assert.equal(at(last, 'type'), 'error')
  return messageOf(at(last, 'error'))
}
