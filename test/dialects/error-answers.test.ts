// Errors that providers put in the place of an answer, with status 200.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ErrorKind } from '../../src/chat/error.ts'
import { PROVIDER_DIALECTS } from '../../src/dialects/index.ts'
import { MalformedAnswer, type ProviderDialectId } from '../../src/dialects/types.ts'

type Row = [name: string, dialect: ProviderDialectId, body: unknown, kind: ErrorKind, code?: string]

const ROWS: Row[] = [
  [
    'OpenRouter, in the choice',
    'openai-chat',
    { id: 'gen-1', choices: [{ message: { content: '' }, error: { code: 429, message: 'Rate limit exceeded' } }] },
    'rate_limit',
  ],
  [
    'OpenRouter, in the choice, of a provider that is down',
    'openai-chat',
    {
      choices: [{ message: { content: '' }, finish_reason: 'error', error: { code: 502, message: 'Upstream error' } }],
    },
    'server',
  ],
  ['OpenRouter, out of credits', 'openai-chat', { error: { code: 402, message: 'Insufficient credits' } }, 'quota'],
  [
    'an error by its code',
    'openai-chat',
    { error: { message: 'too long', type: 'invalid_request_error', code: 'context_length_exceeded' } },
    'context_length',
    'context_length_exceeded',
  ],
  ['text alone', 'openai-chat', { error: 'model does not support tools' }, 'unsupported'],
  [
    'a failed response',
    'openai-responses',
    { id: 'resp_1', status: 'failed', output: [], error: { code: 'rate_limit_exceeded', message: 'slow down' } },
    'rate_limit',
    'rate_limit_exceeded',
  ],
  [
    'an error of the Messages API',
    'anthropic-messages',
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    'overloaded',
    'overloaded_error',
  ],
  [
    'an error of Gemini',
    'gemini',
    { error: { code: 503, status: 'UNAVAILABLE', message: 'The model is overloaded.' } },
    'overloaded',
    'UNAVAILABLE',
  ],
  ['an error of Ollama', 'ollama-chat', { error: 'model "x" not found' }, 'not_found'],
]

describe('an error in the place of an answer is what it says', () => {
  for (const [name, dialect, body, kind, code] of ROWS) {
    it(`${dialect}: ${name}`, () => {
      assert.throws(
        () => PROVIDER_DIALECTS[dialect].decodeResponse(body),
        (thrown) => {
          assert.ok(thrown instanceof MalformedAnswer)
          assert.deepEqual([thrown.error?.kind, thrown.error?.code], [kind, code])
          return true
        },
      )
    })
  }

  it('is none where an answer is only malformed', () => {
    for (const dialect of Object.values(PROVIDER_DIALECTS)) {
      assert.throws(
        () => dialect.decodeResponse({ nothing: true }),
        (thrown) => thrown instanceof MalformedAnswer && thrown.error === undefined,
      )
    }
  })
})
