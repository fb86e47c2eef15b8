// A tool loop as a provider received it, and whether it keeps the rules of the provider's dialect.
import assert from 'node:assert/strict'
import { at, list, textAt, type Json } from './grid-json.ts'
import type { ProviderDialectName } from './grid-provider.ts'

export interface ReceivedLoop {
  system: string
  /** Names of the offered tools. */
  tools: string[]
  /** Text of the assistant's turn. */
  said: string
  calls: { name: string; arguments: unknown }[]
  /** Texts of the results, in the order of the calls that they belong to. */
  results: string[]
  /** Images in results or beside them, in base64. */
  images: string[]
}

/** Reads a conversation of one question, one turn with calls, and their results. Throws where a rule is broken. */
export function readLoop(dialect: ProviderDialectName, body: Json): ReceivedLoop {
  return READERS[dialect](body)
}

const READERS: Record<ProviderDialectName, (body: Json) => ReceivedLoop> = {
  chat: readChat,
  responses: readResponses,
  messages: readMessages,
  gemini: readGemini,
  ollama: readOllama,
}

function readChat(body: Json): ReceivedLoop {
  const messages = list(body, 'messages')
  const asked = messages.findIndex((message) => message['tool_calls'] !== undefined)
  assert.deepEqual(roles(messages.slice(0, asked)), ['system', 'user'])
  const calls = list(messages[asked], 'tool_calls')
  assert.ok(calls.every(({ type }) => type === 'function'))
  const ids = calls.map((call) => textAt(call, 'id'))
  assertIds(ids)
  // OpenAI: "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'".
  const results = messages.slice(asked + 1, asked + 1 + calls.length)
  assert.deepEqual(
    roles(results),
    ids.map(() => 'tool'),
  )
  assert.deepEqual(
    results.map((result) => result['tool_call_id']),
    ids,
  )
  assert.ok(
    results.every(({ content }) => typeof content === 'string'),
    'tool messages are text',
  )
  const rest = messages.slice(asked + 1 + calls.length)
  assert.ok(rest.every(({ role }) => role === 'user'))
  return {
    system: textAt(messages[0], 'content'),
    tools: list(body, 'tools').map((tool) => textAt(tool, 'function', 'name')),
    said: textAt(messages[asked], 'content'),
    calls: calls.map((call) => ({
      name: textAt(call, 'function', 'name'),
      arguments: JSON.parse(textAt(call, 'function', 'arguments')) as unknown,
    })),
    results: results.map((result) => textAt(result, 'content')),
    images: rest.flatMap((message) => list(message, 'content')).flatMap((part) => pngs(at(part, 'image_url', 'url'))),
  }
}

function readResponses(body: Json): ReceivedLoop {
  const items = list(body, 'input')
  const system = items.flatMap((item) => (item['role'] === 'system' ? list(item, 'content') : []))
  const calls = items.filter(({ type }) => type === 'function_call')
  const outputs = items.filter(({ type }) => type === 'function_call_output')
  const ids = calls.map((call) => textAt(call, 'call_id'))
  assertIds(ids)
  assert.deepEqual(
    outputs.map((output) => output['call_id']),
    ids,
  )
  assert.ok(items.indexOf(calls.at(-1) ?? {}) < items.indexOf(outputs[0] ?? {}), 'calls come before their outputs')
  const reasoning = items.filter(({ type }) => type === 'reasoning')
  assert.ok(
    reasoning.every((item) => textAt(item, 'encrypted_content') !== ''),
    'reasoning is replayed for its payload',
  )
  const parts = outputs.flatMap((output) => list(output, 'output'))
  return {
    system: textAt(body, 'instructions') + system.map((part) => textAt(part, 'text')).join(''),
    tools: list(body, 'tools').map((tool) => textAt(tool, 'name')),
    said: items
      .flatMap((item) => (item['role'] === 'assistant' ? list(item, 'content') : []))
      .map((part) => textAt(part, 'text'))
      .join(''),
    calls: calls.map((call) => ({
      name: textAt(call, 'name'),
      arguments: JSON.parse(textAt(call, 'arguments')) as unknown,
    })),
    results: outputs.map((output) => textAt(output, 'output') || joined(list(output, 'output'))),
    images: parts.flatMap((part) => pngs(part['image_url'])),
  }
}

function readMessages(body: Json): ReceivedLoop {
  const turns = list(body, 'messages')
  assert.deepEqual(roles(turns), ['user', 'assistant', 'user'], 'turns alternate')
  const blocks = list(turns[1], 'content')
  const calls = blocks.filter(({ type }) => type === 'tool_use')
  const ids = calls.map((call) => textAt(call, 'id'))
  assertIds(ids)
  assert.ok(ids.every((id) => /^[a-zA-Z0-9_-]+$/.test(id)))
  const results = list(turns[2], 'content').slice(0, calls.length)
  assert.deepEqual(
    results.map(({ type }) => type),
    ids.map(() => 'tool_result'),
    'results come first',
  )
  assert.deepEqual(
    results.map((result) => result['tool_use_id']),
    ids,
  )
  // With a budget the turn of an open tool loop begins with its reasoning, and reasoning has a signature.
  if (at(body, 'thinking', 'type') === 'enabled') assert.equal(blocks[0]?.['type'], 'thinking')
  for (const block of blocks) if (block['type'] === 'thinking') assert.notEqual(textAt(block, 'signature'), '')
  const content = results.flatMap((result) => list(result, 'content'))
  return {
    system: textAt(body, 'system') || joined(list(body, 'system')),
    tools: list(body, 'tools').map((tool) => textAt(tool, 'name')),
    said: joined(blocks),
    calls: calls.map((call) => ({ name: textAt(call, 'name'), arguments: call['input'] })),
    results: results.map((result) => textAt(result, 'content') || joined(list(result, 'content'))),
    images: content.flatMap((block) => {
      if (block['type'] !== 'image') return []
      assert.equal(at(block, 'source', 'media_type'), 'image/png')
      return [textAt(block, 'source', 'data')]
    }),
  }
}

function readGemini(body: Json): ReceivedLoop {
  const contents = list(body, 'contents')
  assert.deepEqual(roles(contents), ['user', 'model', 'user'], 'contents alternate')
  const parts = list(contents[1], 'parts')
  const calls = parts.flatMap((part) => (part['functionCall'] === undefined ? [] : [part['functionCall'] as Json]))
  const results = list(contents[2], 'parts').slice(0, calls.length)
  const responses = results.map((part) => part['functionResponse'] as Json)
  const all = list(contents[2], 'parts').filter((part) => part['functionResponse'] !== undefined)
  // "the number of function response parts is equal to the number of function call parts"
  assert.equal(all.length, calls.length)
  assert.deepEqual(
    responses.map((response) => response['name']),
    calls.map((call) => call['name']),
  )
  assert.deepEqual(
    responses.map((response) => response['id']),
    calls.map((call) => call['id']),
  )
  const media = [...list(contents[2], 'parts'), ...responses.flatMap((response) => list(response, 'parts'))]
  return {
    system: joined(list(body, 'systemInstruction', 'parts')),
    tools: list(body, 'tools')
      .flatMap((tool) => list(tool, 'functionDeclarations'))
      .map((tool) => textAt(tool, 'name')),
    said: joined(parts.filter((part) => part['thought'] !== true)),
    calls: calls.map((call) => ({ name: textAt(call, 'name'), arguments: call['args'] })),
    results: responses.map((response) => textAt(response, 'response', 'output')),
    images: media.flatMap((part) => {
      if (part['inlineData'] === undefined) return []
      assert.equal(at(part, 'inlineData', 'mimeType'), 'image/png')
      return [textAt(part, 'inlineData', 'data')]
    }),
  }
}

function readOllama(body: Json): ReceivedLoop {
  const messages = list(body, 'messages')
  const asked = messages.findIndex((message) => message['tool_calls'] !== undefined)
  assert.deepEqual(roles(messages.slice(0, asked)), ['system', 'user'])
  const calls = list(messages[asked], 'tool_calls').map((call) => call['function'] as Json)
  assert.ok(
    calls.every((call) => typeof call['arguments'] === 'object'),
    'arguments are an object',
  )
  const results = messages.slice(asked + 1)
  assert.deepEqual(
    roles(results),
    calls.map(() => 'tool'),
  )
  // Templates match results by name and order.
  assert.deepEqual(
    results.map((result) => result['tool_name']),
    calls.map((call) => call['name']),
  )
  assert.ok(messages.every(({ content }) => typeof content === 'string'))
  return {
    system: textAt(messages[0], 'content'),
    tools: list(body, 'tools').map((tool) => textAt(tool, 'function', 'name')),
    said: textAt(messages[asked], 'content'),
    calls: calls.map((call) => ({ name: textAt(call, 'name'), arguments: call['arguments'] })),
    results: results.map((result) => textAt(result, 'content')),
    images: results.flatMap((result) => (at(result, 'images') as string[] | undefined) ?? []),
  }
}

function roles(messages: readonly Json[]): unknown[] {
  return messages.map(({ role }) => role)
}

function assertIds(ids: readonly string[]): void {
  assert.ok(!ids.includes(''), 'every call has an id')
  assert.equal(new Set(ids).size, ids.length, 'ids differ')
}

function joined(parts: readonly Json[]): string {
  return parts.map((part) => textAt(part, 'text')).join('')
}

function pngs(url: unknown = ''): string[] {
  if (url === '' || typeof url !== 'string') return []
  const [, data] = /^data:image\/png;base64,(.+)$/.exec(url) ?? []
  assert.ok(data !== undefined, `a data URL, not ${url}`)
  return [data]
}
