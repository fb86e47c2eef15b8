import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openaiResponsesClient, openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import { responsesAnswer, responsesError } from '../../helpers/openai-responses-replies.ts'
import { parseWire } from './stream-rules.ts'
import { decodeStream, encodeStream, type Json } from './support.ts'

const CUT = { status: 502, message: 'the stream was cut', code: 'upstream_stream_failed' }

describe('an error inside a stream', () => {
  const events = parseWire(openaiResponsesClient.encodeStreamError(CUT))

  it('is an error, then a failed response that Codex tries again', () => {
    assert.deepEqual(
      events.map(({ type }) => type),
      ['error', 'response.failed'],
    )
    assert.deepEqual(events[0]?.['error'], {
      type: 'server_error',
      code: 'upstream_stream_failed',
      message: 'the stream was cut',
      param: null,
    })
    const response = events[1]?.['response'] as Json
    assert.deepEqual(
      [response['status'], response['error'], response['output']],
      ['failed', { code: 'server_error', message: 'the stream was cut' }, []],
    )
  })

  it('is numbered behind everything before it', () => {
    const before = parseWire(encodeStream([{ type: 'text', text: 'half' }])).at(-1)?.sequence_number ?? Infinity
    const numbers = [before, ...events.map((event) => event.sequence_number)]
    assert.deepEqual(
      numbers.toSorted((a, b) => a - b),
      numbers,
    )
    assert.equal(new Set(numbers).size, numbers.length)
  })

  it('is read back as one error', () => {
    const [event, ...more] = decodeStream(openaiResponsesClient.encodeStreamError(CUT))
    assert.deepEqual(more, [])
    assert.ok(event?.type === 'error')
    assert.deepEqual([event.error.kind, event.error.message], ['server', 'the stream was cut'])
  })
})

it('an error body has the shape that the official SDK reads', () => {
  assert.deepEqual(
    openaiResponsesClient.encodeError({ status: 404, message: 'no such model', code: 'model_not_found' }),
    {
      error: { message: 'no such model', type: 'invalid_request_error', param: null, code: 'model_not_found' },
    },
  )
})

describe('an error of a provider', () => {
  const cases: [number, unknown, string][] = [
    [429, responsesError(429, 'insufficient_quota', 'You exceeded your current quota'), 'quota'],
    [429, responsesError(429, 'rate_limit_exceeded', 'slow down'), 'rate_limit'],
    [400, responsesError(400, 'context_length_exceeded', 'too long'), 'context_length'],
    [401, responsesError(401, 'invalid_api_key', 'no'), 'auth'],
    [404, responsesError(404, 'model_not_found', 'no'), 'not_found'],
    [400, responsesError(400, 'invalid_prompt', 'flagged'), 'refusal'],
    [500, responsesError(500, 'server_error', 'sorry'), 'server'],
    [503, '<html>', 'overloaded'],
    [
      200,
      { ...responsesAnswer({ model: 'm' }), status: 'failed', error: { code: 'server_error', message: 'sorry' } },
      'server',
    ],
    [
      200,
      { ...responsesAnswer({ model: 'm' }), status: 'failed', error: { code: 'rate_limit_exceeded', message: 'x' } },
      'rate_limit',
    ],
  ]
  for (const [status, body, kind] of cases) {
    it(`is ${kind}: ${status} ${JSON.stringify(body).slice(0, 60)}`, () => {
      const error = openaiResponsesProvider.decodeError(status, typeof body === 'string' ? body : JSON.stringify(body))
      assert.deepEqual([error.kind, error.status], [kind, status])
    })
  }
})
