// Failures of every kind of provider, as clients of every dialect see them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ALL_KINDS } from '../helpers/fake-provider.ts'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { beginning, errorBody, errorEvent, preamble } from '../helpers/grid-faults.ts'
import { GRID_ENV, askedIn, gridYaml, isStreamed, replyAs } from '../helpers/grid-provider.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { openStream, request } from '../helpers/http.ts'
import type { Answered, OpenStream } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Handler, Received, Reply, Upstream } from '../helpers/upstream.ts'

const START = 'The beginning'

interface Provider {
  kind: AnyKind
  handler: Handler
}

/** A router over these providers, asked in this order. */
async function start(...providers: Provider[]): Promise<{ url: string; upstreams: Upstream[] }> {
  const upstreams: Upstream[] = []
  for (const { handler } of providers) upstreams.push(await openUpstream(handler))
  const entries = providers.map(({ kind }, n) => ({ name: `p${n}`, kind, url: upstreams[n]?.url ?? '' }))
  const router = await openRouter(gridYaml(entries), { env: GRID_ENV })
  return { url: router.url, upstreams }
}

function send(url: string, client: GridClient): Promise<Answered> {
  return request(url + client.path, { body: client.body({ text: 'hello there' }), headers: client.headers })
}

function open(url: string, client: GridClient): Promise<OpenStream> {
  return openStream(url + client.path, { body: client.body({ text: 'hello there' }), headers: client.headers })
}

const STREAM_TYPE = { ollama: 'application/x-ndjson' } as const

function streamHeaders(kind: AnyKind): { headers?: Record<string, string> } {
  return kind === 'ollama' ? { headers: { 'content-type': STREAM_TYPE.ollama } } : {}
}

function failing(kind: AnyKind, status: number, message: string): Provider {
  return { kind, handler: (received) => ({ status, json: errorBody(askedIn(kind, received), status, message) }) }
}

function working(kind: AnyKind): Provider {
  return { kind, handler: (received) => replyAs(kind, received, { text: 'fine' }) }
}

/** Ways in which a stream breaks off after its first output. */
const CUTS: Record<string, (chunks: string[], kind: AnyKind, received: Received) => Reply> = {
  'an error event': (chunks, kind, received) => ({
    chunks: [...chunks, errorEvent(askedIn(kind, received), 'boom')],
    ...streamHeaders(kind),
  }),
  'a clean end without a finish': (chunks, kind) => ({ chunks, ...streamHeaders(kind) }),
  'a missing terminator': (chunks, kind) => ({ fault: 'fin-after', chunks, ...streamHeaders(kind) }),
  'a reset': (chunks, kind) => ({ fault: 'reset-after', chunks, ...streamHeaders(kind) }),
}

for (const [n, kind] of ALL_KINDS.entries()) {
  const other = ALL_KINDS[(n + 1) % ALL_KINDS.length] ?? kind

  describe(`provider ${kind}`, () => {
    for (const client of GRID_CLIENTS) {
      test(`${client.name}: an error before any output is one error body, and nobody is to try again`, async () => {
        const { url } = await start(failing(kind, 500, 'the engine broke'))
        const answer = await send(url, client)
        assert.equal(answer.status, 502, answer.text)
        assert.equal(answer.headers['x-should-retry'], 'false')
        assert.equal(answer.headers['content-type'], 'application/json')
        assert.match(client.readError(answer.text), /the engine broke/)
      })

      test(`${client.name}: the client's mistake is told in its own dialect`, async () => {
        const { url, upstreams } = await start(failing(kind, 400, 'temperature is wrong'), working(other))
        const answer = await send(url, client)
        assert.equal(answer.status, 400, answer.text)
        assert.match(client.readError(answer.text), /temperature is wrong/)
        assert.deepEqual(
          upstreams.map(({ requests }) => requests.length),
          [1, 0],
        )
      })

      test(`${client.name}: a failure before any output moves to ${other}, which gives one clean answer`, async () => {
        const broken: Handler = (received) => {
          const dialect = askedIn(kind, received)
          if (!isStreamed(received)) return { json: errorBody(dialect, 500, 'boom') }
          return { chunks: [...preamble(dialect), errorEvent(dialect, 'boom')], ...streamHeaders(kind) }
        }
        const { url, upstreams } = await start({ kind, handler: broken }, working(other))
        const answer = await send(url, client)
        assert.equal(answer.status, 200, answer.text)
        assert.equal(client.read(answer.text).text, 'fine')
        assert.equal(answer.headers['x-sage-model'], 'p1/m')
        assert.deepEqual(
          upstreams.map(({ requests }) => requests.length),
          [1, 1],
        )
      })

      test(`${client.name}: a client that leaves aborts the call`, async () => {
        const handler: Handler = (received) => {
          if (!client.stream) return { fault: 'hang' }
          const chunks = beginning(askedIn(kind, received), START)
          return { fault: 'stall-after', chunks, ...streamHeaders(kind) }
        }
        const { url, upstreams } = await start({ kind, handler })
        const [upstream] = upstreams
        if (client.stream) {
          const stream = await open(url, client)
          await stream.chunks.next()
          stream.abort()
        } else {
          const controller = new AbortController()
          const body = JSON.stringify(client.body({ text: 'hello there' }))
          const headers = { 'content-type': 'application/json', ...client.headers }
          const left = assert.rejects(
            fetch(url + client.path, { method: 'POST', body, headers, signal: controller.signal }),
          )
          await upstream?.untilReceived()
          controller.abort()
          await left
        }
        await upstream?.untilAborted()
        assert.equal(upstream?.aborted, 1)
      })

      if (!client.stream) continue
      for (const [cut, reply] of Object.entries(CUTS)) {
        test(`${client.name}: ${cut} after output is an error event and a torn connection`, async () => {
          const handler: Handler = (received) => reply(beginning(askedIn(kind, received), START), kind, received)
          const { url, upstreams } = await start({ kind, handler }, working(other))
          const stream = await open(url, client)
          assert.equal(stream.status, 200)
          let wire = ''
          await assert.rejects(async () => {
            for await (const chunk of stream.chunks) wire += chunk.toString('utf8')
          }, 'the connection must be torn')
          assert.ok(wire.includes(START.slice(0, 3)), wire)
          assert.ok(!wire.includes('fine'), 'no second model may go on')
          const message = client.readCut(wire)
          if (cut === 'an error event') assert.match(message, /boom/)
          assert.deepEqual(
            upstreams.map(({ requests }) => requests.length),
            [1, 0],
          )
        })
      }
    }
  })
}
