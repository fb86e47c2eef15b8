import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeErrorBody } from '../../../src/dialects/anthropic-messages/decode-error.ts'
import { anthropicClient, anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import { anthropicError, message } from '../../helpers/anthropic-replies.ts'

describe('decodeError', () => {
  const table: [status: number, type: string, text: string, kind: string][] = [
    [401, 'authentication_error', 'invalid x-api-key', 'auth'],
    [403, 'permission_error', 'Your API key does not have permission', 'auth'],
    [402, 'billing_error', 'Your account has a billing problem', 'quota'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.', 'quota'],
    [
      400,
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01',
      'quota',
    ],
    [429, 'rate_limit_error', 'Monthly spend limit reached', 'quota'],
    [
      429,
      'rate_limit_error',
      "This request would exceed your organization's rate limit of 40,000 input tokens per minute",
      'rate_limit',
    ],
    [
      429,
      'rate_limit_error',
      'Number of request tokens has exceeded your per-minute rate limit; see the headers for current usage',
      'rate_limit',
    ],
    [404, 'not_found_error', 'model: claude-2', 'not_found'],
    [413, 'request_too_large', 'Request exceeds the maximum size', 'context_length'],
    [400, 'invalid_request_error', 'prompt is too long: 215000 tokens > 200000 maximum', 'context_length'],
    [
      400,
      'invalid_request_error',
      'input length and `max_tokens` exceed context limit: 199759 + 21333 > 200000',
      'context_length',
    ],
    [400, 'invalid_request_error', 'This model does not support assistant message prefill.', 'unsupported'],
    [400, 'invalid_request_error', "role 'system' is not supported on this model", 'unsupported'],
    [400, 'invalid_request_error', 'Output blocked by content filtering policy', 'refusal'],
    [400, 'invalid_request_error', 'messages.0.content: Field required', 'bad_request'],
    [
      422,
      'invalid_request_error',
      'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens',
      'bad_request',
    ],
    [500, 'api_error', 'Internal server error', 'server'],
    [500, 'api_error', 'the model is not supported right now', 'server'],
    [504, 'timeout_error', 'Request timed out', 'timeout'],
    [529, 'overloaded_error', 'Overloaded', 'overloaded'],
    [200, 'overloaded_error', 'Overloaded', 'overloaded'],
    [200, 'invalid_request_error', 'messages: bad', 'bad_request'],
    [500, 'overloaded_error', 'Overloaded', 'overloaded'],
  ]
  for (const [status, type, text, kind] of table) {
    it(`${status} ${type}: ${text.slice(0, 40)}`, () => {
      const error = anthropicProvider.decodeError(status, JSON.stringify(anthropicError(type, text)))
      assert.deepEqual(error, { kind, status, message: text, code: type })
    })
  }

  it('looks for the code of a spend limit', () => {
    const error = {
      type: 'rate_limit_error',
      message: 'Limit reached',
      details: { error_code: 'enforced_spend_limit_reached' },
    }
    const { kind, code } = anthropicProvider.decodeError(429, JSON.stringify({ type: 'error', error }))
    assert.deepEqual([kind, code], ['quota', 'enforced_spend_limit_reached'])
  })

  const bodies: [status: number, body: string, kind: string, text: string][] = [
    [502, '<html><head><title>502 Bad\n Gateway</title></head></html>', 'server', '502 Bad Gateway'],
    [529, '<html><body>busy</body></html>', 'overloaded', 'HTTP 529'],
    [503, 'upstream connect error', 'overloaded', 'upstream connect error'],
    [500, '', 'server', 'HTTP 500'],
    [401, '{}', 'auth', 'HTTP 401'],
    [403, 'null', 'auth', 'null'],
    [404, '{"error":"model \'x\' not found"}', 'not_found', "model 'x' not found"],
    [429, '{"message":"slow down"}', 'rate_limit', 'slow down'],
    [408, '', 'timeout', 'HTTP 408'],
    [410, '', 'not_found', 'HTTP 410'],
    [413, 'too big', 'context_length', 'too big'],
    [418, '{"detail":"teapot"}', 'bad_request', 'teapot'],
    [400, '{"error":{"message":"tools is unsupported"}}', 'unsupported', 'tools is unsupported'],
  ]
  for (const [status, body, kind, text] of bodies) {
    it(`${status} with ${body === '' ? 'no body' : body.slice(0, 40)}`, () => {
      assert.deepEqual(anthropicProvider.decodeError(status, body), { kind, status, message: text })
    })
  }

  it('shortens a long text', () => {
    assert.equal(anthropicProvider.decodeError(500, 'x'.repeat(100_000)).message.length, 1000)
  })

  it('finds an error inside a 200, and none in an answer', () => {
    assert.equal(decodeErrorBody(anthropicError('api_error', 'boom'))?.kind, 'server')
    assert.equal(decodeErrorBody({ error: 'boom' })?.message, 'boom')
    assert.equal(decodeErrorBody(message({ model: 'm', text: 'hi' })), undefined)
    assert.equal(decodeErrorBody('boom'), undefined)
    assert.equal(decodeErrorBody({ error: null }), undefined)
  })
})

describe('encodeError', () => {
  const table: [status: number, type: string][] = [
    [400, 'invalid_request_error'],
    [401, 'authentication_error'],
    [402, 'billing_error'],
    [403, 'permission_error'],
    [404, 'not_found_error'],
    [405, 'invalid_request_error'],
    [413, 'request_too_large'],
    [429, 'rate_limit_error'],
    [500, 'api_error'],
    [502, 'api_error'],
    [503, 'api_error'],
    [504, 'timeout_error'],
    [529, 'overloaded_error'],
  ]
  for (const [status, type] of table) {
    it(`${status} is ${type}`, () => {
      const body = anthropicClient.encodeError({ status, message: 'no', code: 'x' })
      assert.deepEqual(body, { type: 'error', error: { type, message: 'no' } })
    })
  }

  it('writes an error event', () => {
    assert.equal(
      anthropicClient.encodeStreamError({ status: 502, message: 'cut\nshort', code: 'upstream_failed' }),
      'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"cut\\nshort"}}\n\n',
    )
    assert.match(anthropicClient.encodeStreamError({ status: 529, message: 'busy', code: 'x' }), /overloaded_error/)
  })
})
