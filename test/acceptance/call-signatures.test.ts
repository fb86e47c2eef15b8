// Gemini refuses a call of its own without the signature it gave; few client dialects have a place for it.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { generated, generatedStream, type GeminiReply } from '../helpers/gemini-replies.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Received, Reply, Upstream } from '../helpers/upstream.ts'

const MODEL = 'gemini-3-flash-preview'
const FACTS = '{ capabilities: [tools, vision, json, thinking], context: 200000 }'
const STAND_IN = 'skip_thought_signature_validator'

interface Part {
  functionCall?: unknown
  thoughtSignature?: string
}

/** Two Gemini providers; `a` answers first, until `down` says that it fails. */
async function twoGeminis(): Promise<{ url: string; a: Upstream; b: Upstream; state: { down: boolean } }> {
  const state = { down: false }
  const answer =
    (name: string) =>
    (received: Received, n: number): Reply => {
      if (name === 'a' && state.down) return { status: 500, text: 'x' }
      const step = { thinking: 'Let me see.', calls: [{ id: `c-${name}${n}`, name: 'look', args: { path: `${n}` } }] }
      const reply: GeminiReply = {
        model: MODEL,
        ...(n < 2 ? step : { text: 'done' }),
        ...(n < 2 && { calls: step.calls.map((call) => ({ ...call, signature: `proof-${name}-${n}` })) }),
      }
      return received.path.includes(':stream') ? { chunks: generatedStream(reply) } : { json: generated(reply) }
    }
  const [a, b] = [await openUpstream(answer('a')), await openUpstream(answer('b'))]
  const provider = (name: string, { url }: Upstream): string =>
    `  ${name}: { kind: gemini, base_url: "${url}", key: env:TEST_KEY, models: { ${MODEL}: ${FACTS} } }`
  const yaml = [
    'version: 1',
    'providers:',
    provider('a', a),
    provider('b', b),
    `policies: { auto: { rules: [{ name: all, when: {}, prefer: [a/${MODEL}, b/${MODEL}] }] } }`,
  ].join('\n')
  return { url: (await openRouter(yaml, { env: { TEST_KEY: 'k' } })).url, a, b, state }
}

/** Signatures of the calls in a request that a provider got. */
function signatures(received: Received | undefined): (string | undefined)[] {
  const contents = received?.json['contents'] as { parts: Part[] }[]
  return contents.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.functionCall === undefined ? [] : [part.thoughtSignature])),
  )
}

async function loop(client: GridClient, url: string, steps: number, think: boolean): Promise<void> {
  let body = client.body({ text: 'look around', tools: ['look'], think })
  for (let step = 0; step < steps; step++) {
    const answered = await request(url + client.path, { body, headers: client.headers })
    assert.equal(answered.status, 200, answered.text)
    const answer = client.read(answered.text)
    body = client.next(
      body,
      answer,
      answer.calls.map(() => ({ text: 'seen' })),
    )
  }
}

for (const client of GRID_CLIENTS) {
  for (const think of [false, true]) {
    describe(`a client of ${client.name}${think ? ' that wants thoughts' : ''}`, () => {
      test('sends each call of a loop back with the signature it came with', async () => {
        const { url, a } = await twoGeminis()
        await loop(client, url, 3, think)
        assert.deepEqual(
          a.requests.map((received) => signatures(received)),
          [[], ['proof-a-0'], ['proof-a-0', 'proof-a-1']],
        )
      })
    })
  }
}

for (const client of GRID_CLIENTS.filter(({ dialect }) => dialect !== 'gemini')) {
  test(`a session of ${client.name} that moves takes no other model's signature along`, async () => {
    const { url, b, state } = await twoGeminis()
    let body = client.body({ text: 'look around', tools: ['look'], think: true })
    for (const isDown of [false, true]) {
      state.down = isDown
      const answered = await request(url + client.path, { body, headers: client.headers })
      const answer = client.read(answered.text)
      body = client.next(
        body,
        answer,
        answer.calls.map(() => ({ text: 'seen' })),
      )
    }
    assert.deepEqual(signatures(b.requests[0]), [STAND_IN])
  })
}
