// A tool loop from every client dialect to every kind of provider: what comes back, and what goes out again.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ALL_KINDS } from '../helpers/fake-provider.ts'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { at, list } from '../helpers/grid-json.ts'
import type { Json } from '../helpers/grid-json.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { GRID_ENV, askedIn, gridYaml, replyAs } from '../helpers/grid-provider.ts'
import type { GridReply } from '../helpers/grid-provider.ts'
import { readLoop } from '../helpers/grid-received.ts'
import type { ReceivedLoop } from '../helpers/grid-received.ts'
import type { GridAnswer, GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Received } from '../helpers/upstream.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const SYSTEM = 'You are a careful agent. Answer in one line.'
const PROOF = 'cHJvb2Ytb2YtdGhpbmtpbmc='
const CALLS = [
  { id: 'call_1', name: 'look', arguments: { path: 'a "b".png', n: 1, deep: { list: [1, null, 'ça va 你好'] } } },
  { id: 'call_2', name: 'clock', arguments: {} },
]
const FIRST: GridReply = { thinking: 'I need two things.', proof: PROOF, text: 'Let me look.', calls: CALLS }

interface Loop {
  first: GridAnswer
  second: GridAnswer
  /** The second request, as the provider got it. */
  received: Received
  loop: ReceivedLoop
}

async function run(client: GridClient, kind: AnyKind): Promise<Loop> {
  const upstream = await openUpstream((received, n) => replyAs(kind, received, n === 0 ? FIRST : { text: 'All done.' }))
  const router = await openRouter(gridYaml([{ name: 'any', kind, url: upstream.url }]), { env: GRID_ENV })
  const send = async (body: unknown): Promise<GridAnswer> => {
    const answer = await request(router.url + client.path, { body, headers: client.headers })
    assert.equal(answer.status, 200, answer.text)
    return client.read(answer.text)
  }
  const body = client.body({ text: 'What is on it, and when?', system: SYSTEM, tools: ['look', 'clock'], think: true })
  const first = await send(body)
  const image = client.imagesInResults ? { image: PNG } : {}
  const second = await send(client.next(body, first, [{ text: 'a picture', ...image }, { text: 'noon' }]))
  const received = upstream.requests[1]
  assert.ok(received !== undefined)
  return { first, second, received, loop: readLoop(askedIn(kind, received), received.json) }
}

for (const kind of ALL_KINDS) {
  describe(`provider ${kind}`, () => {
    for (const client of GRID_CLIENTS) {
      test(`${client.name}: a tool loop goes round whole`, async () => {
        const { first, second, loop } = await run(client, kind)
        const calls = CALLS.map(({ name, arguments: args }) => ({ name, arguments: args }))

        assert.equal(first.text, FIRST.text)
        assert.equal(first.thinking, FIRST.thinking)
        assert.deepEqual(
          first.calls.map(({ name, arguments: args }) => ({ name, arguments: args })),
          calls,
        )
        assert.equal(second.text, 'All done.')
        assert.deepEqual(loop, {
          system: SYSTEM,
          tools: ['look', 'clock'],
          said: FIRST.text,
          calls,
          results: ['a picture', 'noon'],
          images: client.imagesInResults ? [PNG] : [],
        })
      })
    }
  })
}

/** Clients that carry opaque proofs, and where the provider that made one must find it again, with what it proves. */
const PROOF_PLACES: Partial<Record<AnyKind, { clients: string[]; find: (body: Json) => unknown; expected: unknown }>> =
  {
    anthropic: {
      clients: ['responses', 'messages', 'gemini'],
      find: (body) => at(body, 'messages', 1, 'content', 0),
      expected: { type: 'thinking', thinking: FIRST.thinking, signature: PROOF },
    },
    openai: {
      clients: ['responses', 'messages'],
      find: (body) =>
        at(
          list(body, 'input').find(({ type }) => type === 'reasoning'),
          'encrypted_content',
        ),
      expected: PROOF,
    },
    gemini: {
      clients: ['gemini'],
      find: (body) => {
        const parts = list(body, 'contents', 1, 'parts')
        return parts.find((part) => part['functionCall'] !== undefined)?.['thoughtSignature']
      },
      expected: PROOF,
    },
  }

describe('the proof of reasoning comes back to the provider that made it', () => {
  for (const [kind, { clients, find, expected }] of Object.entries(PROOF_PLACES)) {
    for (const client of GRID_CLIENTS.filter(({ dialect }) => clients.includes(dialect))) {
      test(`${kind} by ${client.name}`, async () => {
        const { received } = await run(client, kind as AnyKind)
        assert.deepEqual(find(received.json), expected)
      })
    }
  }
})
