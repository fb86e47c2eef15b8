// Clients as they really speak, through the router, to providers that refuse what the real ones refuse.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Json } from '../helpers/grid-json.ts'
import { readRecordings, type Exchange, type Recording } from './recording.ts'
import { replay, REPLAY_PROVIDERS } from './replay.ts'

const RECORDINGS = readRecordings(join(import.meta.dirname, 'fixtures'))

for (const recording of RECORDINGS) {
  describe(recording.name, () => {
    for (const provider of Object.keys(REPLAY_PROVIDERS)) {
      test(`ends as recorded with a provider of ${provider}`, async () => {
        assert.deepEqual(await replay(recording, provider), [])
      })
    }
  })
}

/** A recording with some of its exchanges, changed. */
function changed(name: string, change: (exchange: Exchange) => Exchange): Recording {
  const recording = RECORDINGS.find((each) => each.name === name)
  assert.ok(recording !== undefined)
  return { name, exchanges: recording.exchanges.map(change) }
}

function withBody(exchange: Exchange, change: (body: Json) => Json): Exchange {
  return exchange.body === undefined ? exchange : { ...exchange, body: change(exchange.body) }
}

describe('a replay fails', () => {
  test('when the provider refuses the request', async () => {
    const wrong = changed('openclaw', (each) => withBody(each, (body) => ({ ...body, mystery: 1 })))
    const reasons = await replay(wrong, 'openai-chat')
    assert.equal(reasons.length, wrong.exchanges.length)
    assert.match(String(reasons[0]), /^01-POST-\w+: provider refuses mystery: unknown field$/)
  })

  test('when a result goes with another call, or with none', async () => {
    const lose = (body: Json): Json =>
      JSON.parse(
        JSON.stringify(body).replaceAll('"tool_use_id":"toolu_01NotesAbc"', '"tool_use_id":"toolu_lost"'),
      ) as Json
    const wrong = changed('claude-code', (each) => withBody(each, lose))
    assert.match((await replay(wrong, 'openai-chat')).join('\n'), /02-POST-\w+: (?:history has|provider refuses)/)
    assert.match((await replay(wrong, 'anthropic-messages')).join('\n'), /unexpected tool_use_id/)
  })

  test('when a proof comes from elsewhere', async () => {
    const forge = (body: Json): Json =>
      JSON.parse(JSON.stringify(body).replaceAll('"signature":"cHJvb2Ytb25l"', '"signature":"Zm9yZ2Vk"')) as Json
    const wrong = changed('claude-code', (each) => withBody(each, forge))
    assert.match((await replay(wrong, 'anthropic-messages')).join('\n'), /signature: made by another model/)
  })

  test('when the router refuses what was answered', async () => {
    const wrong = changed('qwen-code', (each) => withBody(each, (body) => ({ ...body, model: 'unknown/model' })))
    assert.match((await replay(wrong, 'gemini')).join('\n'), /status 404/)
  })
})
