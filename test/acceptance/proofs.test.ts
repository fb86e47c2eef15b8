// Thinking and its signatures go back to the model that made them, untouched, and never to another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message } from '../helpers/anthropic-replies.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Received, Reply } from '../helpers/upstream.ts'

const FACTS = '{ capabilities: [tools, json, thinking], context: 200000 }'

interface Block {
  type: string
  text?: string
  thinking?: string
  signature?: string
}
interface Turn {
  role: string
  content: Block[] | string
}

/** Two Anthropic providers, the first one preferred until `down` says that it fails. */
async function twoClaudes(): Promise<{
  url: string
  seen: Turn[][]
  bodies: Record<string, unknown>[]
  state: { down: boolean }
}> {
  const state = { down: false }
  const seen: Turn[][] = []
  const bodies: Record<string, unknown>[] = []
  const answer =
    (name: string) =>
    (received: Received): Reply => {
      if (name === 'a' && state.down) return { status: 500, text: 'x' }
      bodies.push(received.json)
      seen.push(received.json['messages'] as Turn[])
      const thinking = `thoughts of ${name} ${seen.length}`
      return {
        json: message({ model: 'm', thinking, signature: `proof-${name}-${seen.length}`, text: `answer of ${name}` }),
      }
    }
  const [a, b] = [await openUpstream(answer('a')), await openUpstream(answer('b'))]
  const router = await openRouter(
    [
      'version: 1',
      'providers:',
      `  a: { kind: anthropic, base_url: "${a.url}", models: { m: ${FACTS} } }`,
      `  b: { kind: anthropic, base_url: "${b.url}", models: { m: ${FACTS} } }`,
      'policies: { auto: { rules: [{ name: all, when: {}, prefer: [a/m, b/m] }] } }',
    ].join('\n'),
  )
  return { url: router.url, seen, bodies, state }
}

async function ask(url: string, messages: Turn[]): Promise<Turn> {
  const body = { model: 'auto', max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 }, messages }
  const answer = await request(`${url}/v1/messages`, { body, headers: { 'anthropic-version': '2023-06-01' } })
  assert.equal(answer.status, 200, answer.text)
  return { role: 'assistant', content: (answer.json() as { content: Block[] }).content }
}

function proofs(turns: readonly Turn[]): (string | undefined)[] {
  return turns
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .flatMap((block) => block.signature ?? [])
}

test('a session that stays keeps its thinking, byte for byte', async () => {
  const { url, seen, bodies } = await twoClaudes()
  const talk: Turn[] = [{ role: 'user', content: 'hello' }]
  for (let i = 0; i < 3; i++) {
    talk.push(await ask(url, talk), { role: 'user', content: `go on ${i}` })
  }
  assert.deepEqual(proofs(seen[2] ?? []), ['proof-a-1', 'proof-a-2'])
  assert.deepEqual(bodies[2]?.['thinking'], { type: 'enabled', budget_tokens: 2000 })
})

test('a session that moves leaves the other model’s thinking behind and keeps its own', async () => {
  const { url, seen, state } = await twoClaudes()
  const talk: Turn[] = [{ role: 'user', content: 'hello' }]
  talk.push(await ask(url, talk), { role: 'user', content: 'go on' })
  state.down = true
  talk.push(await ask(url, talk), { role: 'user', content: 'and on' })
  assert.deepEqual(proofs(seen[1] ?? []), [], 'b must not see what a signed')
  assert.ok(JSON.stringify(seen[1]).includes('answer of a'), 'the text stays')
  await ask(url, talk)
  assert.deepEqual(proofs(seen[2] ?? []), ['proof-b-2'])
})

test('the header says that thinking was left out', async () => {
  const { url, state } = await twoClaudes()
  const talk: Turn[] = [{ role: 'user', content: 'hello' }]
  talk.push(await ask(url, talk), { role: 'user', content: 'go on' })
  state.down = true
  const body = { model: 'auto', max_tokens: 4000, messages: talk }
  const answer = await request(`${url}/v1/messages`, { body, headers: { 'anthropic-version': '2023-06-01' } })
  assert.equal(answer.headers['x-sage-model'], 'b/m')
  assert.equal(answer.headers['x-sage-dropped'], 'thinking')
})
