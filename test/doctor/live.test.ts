import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chatCompletion } from '../helpers/openai-chat-replies.ts'
import { healthyProvider, openWorld, runAll } from './world.ts'
import type { WorldOptions } from './world.ts'

const answer =
  (reply: ReturnType<NonNullable<WorldOptions['provider']>>): NonNullable<WorldOptions['provider']> =>
  (request) =>
    request.method === 'POST' ? reply : healthyProvider(request)

const ANSWERS: [name: string, reply: ReturnType<NonNullable<WorldOptions['provider']>>, code: string, level: string][] =
  [
    ['answers', { json: chatCompletion({ model: 'small', text: 'hi' }) }, 'live-ok', 'ok'],
    [
      'refuses the key',
      { status: 401, json: { error: { message: 'no', code: 'invalid_api_key' } } },
      'live-auth',
      'error',
    ],
    [
      'was retired',
      { status: 404, json: { error: { message: 'no', code: 'model_not_found' } } },
      'live-not-found',
      'error',
    ],
    ['is busy', { status: 503, json: { error: { message: 'overloaded' } } }, 'live-overloaded', 'warning'],
    ['gives no answer', { fault: 'reset' }, 'live-no-answer', 'error'],
  ]

describe('the check live', () => {
  for (const [name, reply, code, level] of ANSWERS) {
    it(`tells a model that ${name}`, async (t) => {
      const world = await openWorld(t, { provider: answer(reply) })
      const findings = await runAll(world, ['live'])
      assert.deepEqual(
        findings.map((finding) => [finding.code, finding.level]),
        [[code, level]],
        JSON.stringify(findings),
      )
      assert.match(findings[0]?.message ?? '', /^main\/small /)
    })
  }

  it('sends one prompt of one word to the first model, with the smallest limit', async (t) => {
    const world = await openWorld(t, { provider: answer({ json: chatCompletion({ model: 'small', text: 'hi' }) }) })
    await runAll(world, ['live'])
    assert.deepEqual(
      world.requests.map(({ method, path, json }) => [method, path, json]),
      [
        [
          'POST',
          '/v1/chat/completions',
          { model: 'small', messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 1 },
        ],
      ],
    )
  })
})
