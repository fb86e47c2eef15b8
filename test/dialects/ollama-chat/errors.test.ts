import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ErrorKind } from '../../../src/chat/error.ts'
import { decodeErrorBody } from '../../../src/dialects/ollama-chat/errors.ts'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'

const { decodeError } = ollamaProvider

describe('errors', () => {
  const nested =
    '{"error":{"code":400,"message":"request (351 tokens) exceeds the available context size (256 tokens)","type":"exceed_context_size_error"}}'
  const cases: [status: number, error: string, kind: ErrorKind][] = [
    [400, 'registry.ollama.ai/library/gemma3:4b does not support tools', 'unsupported'],
    [400, '"llama3.2:3b" does not support thinking', 'unsupported'],
    [400, 'this model does not support images', 'unsupported'],
    [400, '"nomic-embed-text" does not support chat', 'unsupported'],
    [400, 'think value "high" is not supported for this model', 'unsupported'],
    [500, 'this model is missing data required for image input', 'unsupported'],
    [400, 'the input length exceeds the context length', 'context_length'],
    [500, 'the input length exceeds the context length', 'context_length'],
    [400, nested, 'context_length'],
    [413, 'too large', 'context_length'],
    [400, 'json: cannot unmarshal string into Go struct field', 'bad_request'],
    [400, 'invalid options: temperature', 'bad_request'],
    [422, 'no', 'bad_request'],
    [400, 'invalid model name', 'not_found'],
    [404, "model 'nope' not found", 'not_found'],
    [404, 'model "nope" not found, try pulling it first', 'not_found'],
    [404, '404 page not found', 'not_found'],
    [410, 'gone', 'not_found'],
    [403, 'qwen3-coder:480b has been retired', 'not_found'],
    [401, 'unauthorized', 'auth'],
    [401, 'this model requires a subscription', 'auth'],
    [403, 'ollama cloud is disabled: remote model details are unavailable', 'auth'],
    [403, 'forbidden', 'auth'],
    [402, 'payment required', 'quota'],
    [403, 'this model requires a subscription, upgrade for access: https://ollama.com/upgrade (ref: 1)', 'quota'],
    [
      403,
      'your subscription payment is past due. update your payment method: https://ollama.com/settings/billing',
      'quota',
    ],
    [429, 'you (ann) have reached your session usage limit, please wait or upgrade', 'quota'],
    [429, 'you (ann) have reached your weekly usage limit, upgrade for higher limits', 'quota'],
    [429, "you've reached your hourly usage limit, please upgrade to continue", 'quota'],
    [429, 'too many concurrent requests', 'rate_limit'],
    [503, 'server busy, please try again.  maximum pending requests exceeded', 'overloaded'],
    [503, 'account unavailable', 'overloaded'],
    [500, 'llama runner process has terminated: exit status 2', 'server'],
    [500, 'model requires more system memory (5.6 GiB) than is available (3.1 GiB)', 'server'],
    [502, 'dial tcp: lookup ollama.com: no such host', 'server'],
    [504, 'gateway timeout', 'timeout'],
    [200, 'unexpected EOF', 'server'],
    [200, 'unauthorized', 'auth'],
    [200, 'server busy, please try again.  maximum pending requests exceeded', 'overloaded'],
  ]
  for (const [status, error, kind] of cases) {
    it(`${status} ${error.slice(0, 50)} is ${kind}`, () => {
      const decoded = decodeError(status, JSON.stringify({ error }))
      assert.equal(decoded.kind, kind)
      assert.equal(decoded.status, status)
    })
  }

  it('takes the message out of an error inside an error', () => {
    const expected = 'request (351 tokens) exceeds the available context size (256 tokens)'
    assert.equal(decodeError(400, JSON.stringify({ error: nested })).message, expected)
    assert.equal(decodeError(400, nested).message, expected)
  })

  it('says where to sign in', () => {
    const body = { error: 'unauthorized', signin_url: 'https://ollama.com/connect?name=x&key=y' }
    const { kind, message } = decodeError(401, JSON.stringify(body))
    assert.equal(kind, 'auth')
    assert.equal(message, 'unauthorized; sign in at https://ollama.com/connect?name=x&key=y')
  })

  const plain: [status: number, body: string, message: string][] = [
    [502, '<html><h1>Bad Gateway</h1></html>', 'HTTP 502'],
    [500, '', 'HTTP 500'],
    [404, '404 page not found\n', '404 page not found'],
    [500, 'x'.repeat(5000), 'x'.repeat(300)],
    [500, '{"detail":"no"}', '{"detail":"no"}'],
    [500, '{"error":""}', '{"error":""}'],
    [500, '{"error":7}', '{"error":7}'],
  ]
  for (const [status, body, message] of plain) {
    it(`keeps what it can of ${status} ${JSON.stringify(body.slice(0, 30))}`, () => {
      assert.equal(decodeError(status, body).message, message)
    })
  }
})

describe('bodies that may be errors', () => {
  const none: unknown[] = [null, 'error', [], {}, { message: { content: 'x' } }, { error: '' }, { error: null }]
  for (const body of none) {
    it(`${JSON.stringify(body)} is none`, () => assert.equal(decodeErrorBody(body), undefined))
  }

  it('reads the text of an object, however deep it says it is', () => {
    let body: Record<string, unknown> = { error: 'deep' }
    assert.equal(decodeErrorBody({ error: { message: 'm' } })?.message, 'm')
    for (let i = 0; i < 50_000; i++) body = { error: body }
    assert.equal(decodeErrorBody(body), undefined)
  })
})
