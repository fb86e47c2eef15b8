import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openaiResponsesClient, openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import { responsesAnswer, responsesError } from '../../helpers/openai-responses-replies.ts'
import { parseWire } from './stream-rules.ts'
import { decodeStream, meta, type Json } from './support.ts'

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

  it('goes on with the response and the numbers of the stream', () => {
    const encoder = openaiResponsesClient.createStreamEncoder(meta())
    const before = parseWire(encoder.push({ type: 'text', text: 'half' }))
    const [error, failed, ...more] = parseWire(encoder.fail(CUT))
    const last = before.at(-1)?.sequence_number ?? NaN
    assert.deepEqual([error?.sequence_number, failed?.sequence_number, more], [last + 1, last + 2, []])
    const [begun, ended] = [before[0]?.['response'] as Json, failed?.['response'] as Json]
    assert.deepEqual(ended, { ...begun, status: 'failed', error: { code: 'server_error', message: CUT.message } })
  })

  it('begins the response where nothing came before', () => {
    const all = parseWire(openaiResponsesClient.createStreamEncoder(meta()).fail(CUT))
    assert.deepEqual(
      all.map(({ type, sequence_number: number }) => [type, number]),
      [
        ['response.created', 0],
        ['response.in_progress', 1],
        ['error', 2],
        ['response.failed', 3],
      ],
    )
  })

  it("goes on with a provider's own response and numbers", () => {
    const first = { type: 'response.created', sequence_number: 0, response: { id: 'resp_theirs', model: 'm' } }
    const last = { type: 'response.output_text.delta', sequence_number: 41, delta: 'x' }
    const passed = { first: JSON.stringify(first), last: JSON.stringify(last) }
    const [error, failed] = parseWire(openaiResponsesClient.encodeStreamError(CUT, passed))
    assert.deepEqual([error?.sequence_number, failed?.sequence_number], [42, 43])
    const response = failed?.['response'] as Json | undefined
    assert.deepEqual([response?.['id'], response?.['model'], response?.['status']], ['resp_theirs', 'm', 'failed'])
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
