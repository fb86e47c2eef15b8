import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ErrorKind } from '../../../src/chat/error.ts'
import { decodeErrorBody } from '../../../src/dialects/shared/decode-openai-error.ts'
import { openaiChatClient, openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import { chatCompletion, chatError } from '../../helpers/openai-chat-replies.ts'

interface Fixture {
  who: string
  status: number
  body: unknown
  kind: ErrorKind
  message?: string
  code?: string
  retryAfterMs?: number
}

const fixtures = JSON.parse(
  readFileSync(new URL('../../fixtures/dialects/openai-chat/errors.json', import.meta.url), 'utf8'),
) as Fixture[]

for (const { who, status, body, kind, message, code, retryAfterMs } of fixtures) {
  test(`decodeError: ${who}`, () => {
    const error = openaiChatProvider.decodeError(status, typeof body === 'string' ? body : JSON.stringify(body))
    assert.equal(error.kind, kind, error.message)
    assert.equal(error.status, status)
    assert.notEqual(error.message, '')
    if (message !== undefined) assert.equal(error.message, message)
    if (code !== undefined) assert.equal(error.code, code)
    assert.equal(error.retryAfterMs, retryAfterMs)
  })
}

const statuses: [number, ErrorKind][] = [
  [400, 'bad_request'],
  [401, 'auth'],
  [402, 'quota'],
  [403, 'auth'],
  [404, 'not_found'],
  [405, 'not_found'],
  [408, 'timeout'],
  [409, 'server'],
  [410, 'not_found'],
  [413, 'context_length'],
  [422, 'bad_request'],
  [425, 'server'],
  [429, 'rate_limit'],
  [498, 'overloaded'],
  [500, 'server'],
  [502, 'server'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [520, 'server'],
  [524, 'timeout'],
  [529, 'overloaded'],
  [200, 'bad_answer'],
  [302, 'bad_answer'],
]
for (const [status, kind] of statuses) {
  test(`status ${status} alone is ${kind}`, () => {
    const html = openaiChatProvider.decodeError(status, '<!DOCTYPE html><html><body>nginx</body></html>')
    assert.deepEqual(html, { kind, status, message: `the provider answered HTML with status ${status}` })
    const nothing = openaiChatProvider.decodeError(status, ' \n')
    assert.deepEqual(nothing, { kind, status, message: `the provider answered with status ${status} and no body` })
  })
}

test('long messages are cut', () => {
  const { message } = openaiChatProvider.decodeError(400, JSON.stringify(chatError(400, 'x', 'm'.repeat(9_000))))
  assert.equal(message, 'm'.repeat(2_000))
  assert.equal(openaiChatProvider.decodeError(400, 'p'.repeat(9_000)).message.length, 2_000)
})

test('deep and strange bodies do no harm', () => {
  let body: unknown = 'core'
  for (let level = 0; level < 50; level++) body = { error: body }
  assert.equal(openaiChatProvider.decodeError(500, JSON.stringify(body)).kind, 'server')
  for (const odd of [
    'null',
    '[]',
    '{}',
    '7',
    '"text"',
    '""',
    '[[[]]]',
    '{"error":null}',
    '{"error":[]}',
    '{"error":{}}',
  ]) {
    assert.equal(openaiChatProvider.decodeError(500, odd).kind, 'server', odd)
  }
})

test('a body in a 200 is an error only when it says so', () => {
  assert.equal(decodeErrorBody(chatCompletion({ model: 'm', text: 'the error was found' })), undefined)
  for (const fine of [undefined, null, 7, 'error', [], {}, { error: null }, { error: {} }, { error: '' }]) {
    assert.equal(decodeErrorBody(fine), undefined)
  }
  assert.equal(decodeErrorBody(chatError(429, 'insufficient_quota', 'no money'))?.kind, 'quota')
  assert.equal(decodeErrorBody({ object: 'error', message: 'x', code: 404 })?.kind, 'not_found')
})

const types: [number, string][] = [
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'insufficient_quota'],
  [403, 'permission_error'],
  [404, 'invalid_request_error'],
  [408, 'server_error'],
  [413, 'invalid_request_error'],
  [429, 'rate_limit_error'],
  [500, 'server_error'],
  [503, 'server_error'],
]
for (const [status, type] of types) {
  test(`encodeError: ${status} is ${type}`, () => {
    const error = { status, message: 'm', code: 'c' }
    assert.deepEqual(openaiChatClient.encodeError(error), { error: { message: 'm', type, param: null, code: 'c' } })
  })
}

test('encodeStreamError is one event, without a terminator', () => {
  const wire = openaiChatClient.encodeStreamError({ status: 502, message: 'a\nb', code: 'upstream_failed' })
  const body = '{"error":{"message":"a\\nb","type":"server_error","param":null,"code":"upstream_failed"}}'
  assert.equal(wire, `data: ${body}\n\n`)
})
