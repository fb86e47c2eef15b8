// Errors in places where HTTP cannot tell them: in a 200, and behind the first output of a stream.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readEvents } from '../helpers/clients.ts'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import { openStream, request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { responsesStream } from '../helpers/openai-responses-replies.ts'

const ENV = { env: { TEST_KEY: 'upstream-key' } }
const OPENROUTER_LIMIT = {
  id: 'gen-1',
  choices: [{ index: 0, message: { role: 'assistant', content: '' }, error: { code: 429, message: 'Slow down' } }],
}

test('an error in the choice of a 200 counts as what its code says, and the next target answers', async () => {
  const limited = await openUpstream(() => ({ json: OPENROUTER_LIMIT }))
  const other = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'from b' }))
  const yaml = `version: 1
providers:
${providerYaml('a', 'openai-compatible', limited.url)}${providerYaml('b', 'openai-compatible', other.url)}
policies: { auto: { rules: [ { name: all, when: {}, prefer: [a/m, b/m] } ] } }
`
  const router = await openRouter(yaml, ENV)
  const body = { model: 'auto', messages: [{ role: 'user', content: 'hello' }] }
  const answers = [
    await request(`${router.url}/v1/chat/completions`, { body }),
    await request(`${router.url}/v1/chat/completions`, { body }),
  ]
  assert.deepEqual(
    answers.map(({ status, text }) => [status, text.includes('from b')]),
    [
      [200, true],
      [200, true],
    ],
  )
  assert.equal(limited.requests.length, 1, 'a rate limit rests the key')
})

describe('a Responses stream that is cut behind its first words', () => {
  const wire = responsesStream({ model: 'm', text: 'Half of the answer' })
  const half = wire.slice(0, wire.findIndex((piece) => piece.includes('output_text.delta')) + 1)
  const cases = { 'went through': 'openai', 'was translated': 'anthropic' } as const
  for (const [name, kind] of Object.entries(cases)) {
    test(`ends with the next numbers and its own id when it ${name}`, async () => {
      const upstream = await openUpstream((received) => {
        if (kind === 'openai') return { fault: 'fin-after', chunks: half }
        const reply = answerAs(kind, received, { text: 'Half of the answer' })
        const chunks = 'chunks' in reply ? reply.chunks.map(String) : []
        return {
          fault: 'fin-after',
          chunks: chunks.slice(0, chunks.findIndex((piece) => piece.includes('text_delta')) + 1),
        }
      })
      const router = await openRouter(`version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`, ENV)
      const body = { model: 'any/m', input: 'hi', stream: true, store: false }
      const { chunks } = await openStream(`${router.url}/v1/responses`, { body })
      let text = ''
      await assert.rejects(async () => {
        for await (const chunk of chunks) text += chunk.toString('utf8')
      }, 'the connection is torn')
      const events = readEvents(text)
      const numbers = events.map((event) => event['sequence_number'])
      assert.deepEqual(
        events.slice(-2).map(({ type }) => type),
        ['error', 'response.failed'],
      )
      assert.deepEqual(numbers.slice(-3), [events.length - 3, events.length - 2, events.length - 1])
      const idOf = (event: Record<string, unknown> | undefined): unknown =>
        (event?.['response'] as Record<string, unknown> | undefined)?.['id']
      assert.equal(idOf(events.at(-1)), idOf(events[0]))
      assert.ok(idOf(events[0]) !== undefined)
    })
  }
})
