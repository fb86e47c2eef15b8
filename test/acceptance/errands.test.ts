// Side calls of a harness: they have rules of their own, and leave the session's model alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

const TASK = { role: 'user', content: 'Fix the failing unit test in src/parser.ts.' }
const RULES =
  'rules: [ { name: errands, when: { errand: true }, prefer: [small/m] }, { name: rest, prefer: [large/m] } ]'

for (const client of TEST_CLIENTS.filter(({ dialect }) => dialect === 'chat')) {
  test(`${client.name}: a title, a warm-up and a compaction go elsewhere and do not move the session`, async () => {
    const { url } = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
    const provider = `{ kind: openai-compatible, base_url: "${url}/v1", models: { m: { capabilities: [tools], context: 200000 } } }`
    const router = await openRouter(
      `version: 1\nproviders: { large: ${provider}, small: ${provider} }\npolicies: { auto: { ${RULES} } }\n`,
    )
    const headers = { 'x-session-id': 'one' }
    const askWith = async (messages: unknown[], fields: Record<string, unknown> = {}): Promise<unknown[]> => {
      const answer = await ask(router.url, client, { messages, ...fields }, headers)
      return [answer.headers['x-sage-model'], answer.headers['x-sage-rule'], answer.headers['x-sage-sticky']]
    }
    const later = [TASK, { role: 'assistant', content: 'Done.' }, { role: 'user', content: 'And run the others.' }]
    assert.deepEqual(await askWith([TASK]), ['large/m', 'rest', undefined])
    const title = { role: 'system', content: 'You are a title generator. You output only a title.' }
    assert.deepEqual(await askWith([title, TASK]), ['small/m', 'errands', undefined])
    assert.deepEqual(await askWith([title, TASK]), ['small/m', 'errands', undefined], 'an errand has no session')
    assert.deepEqual(await askWith([{ role: 'user', content: 'quota' }], { max_tokens: 1 }), [
      'small/m',
      'errands',
      undefined,
    ])
    const compaction = { role: 'user', content: 'Create a detailed summary of our conversation so far.' }
    assert.deepEqual(await askWith([TASK, { role: 'assistant', content: 'Done.' }, compaction]), [
      'small/m',
      'errands',
      undefined,
    ])
    assert.deepEqual(await askWith(later), ['large/m', 'rest', 'true'], 'the session is where it was')
  })
}

test('rules with times of day look at the clock on the wall', async () => {
  const { url } = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
  const provider = `{ kind: openai-compatible, base_url: "${url}/v1", models: [m] }`
  const now = new Date()
  const hour = now.getUTCHours()
  const clock = (hours: number): string => `${String((hours + 24) % 24).padStart(2, '0')}:00`
  const rule = (name: string, from: number, to: number): string => {
    return `{ name: ${name}, when: { time: "${clock(from)}-${clock(to)}" } }`
  }
  const rules = [rule('earlier', hour - 3, hour - 1), rule('now', hour - 1, hour + 2)].join(', ')
  const router = await openRouter(
    `version: 1\ntime_zone: UTC\nproviders: { p: ${provider} }\npolicies: { auto: { rules: [${rules}] } }\n`,
  )
  const [client] = TEST_CLIENTS
  if (client === undefined) return
  assert.equal((await ask(router.url, client)).headers['x-sage-rule'], 'now')
})
