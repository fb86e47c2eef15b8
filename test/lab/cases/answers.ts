// U: answers with status 200 that are no answers, and answers in odd clothes.
import assert from 'node:assert/strict'
import { gzipSync, brotliCompressSync } from 'node:zlib'
import { chatCompletion, chatStream } from '../../helpers/openai-chat-replies.ts'
import { isStreamed } from '../../helpers/grid-provider.ts'
import type { Handler, Reply } from '../../helpers/upstream.ts'
import { byMode, expectError, expectText, FINE } from '../lab.ts'
import { describe } from '../oracle.ts'
import type { LabCase } from '../types.ts'
import { movesOn } from './connection.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const STREAM = { 'content-type': 'text/event-stream' }

/** The healthy answer as bytes, encoded. */
function encoded(encoding: string, encode: (text: string) => Buffer): Handler {
  return (received) => {
    const streamed = isStreamed(received)
    const text = streamed
      ? chatStream({ model: 'm', text: FINE }).join('')
      : JSON.stringify(chatCompletion({ model: 'm', text: FINE }))
    return { chunks: [encode(text)], headers: { ...(streamed ? STREAM : JSON_TYPE), 'content-encoding': encoding } }
  }
}

/** An answer of status 200 written by hand. */
function raw(head: string[], body: string | Buffer): Reply {
  return { raw: Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]) }
}

function whole(): string {
  return JSON.stringify(chatCompletion({ model: 'm', text: FINE }))
}

/** Each byte a chunk of its own, with an extension. */
function byteChunks(text: string): string {
  return `${[...text].map((letter) => `1;x=y\r\n${letter}\r\n`).join('')}0\r\nx-trailer: 1\r\n\r\n`
}

/** Answers that say nothing: the only fault of each is what it is named. */
const NOTHING: Readonly<Record<string, Handler | Reply>> = {
  'an empty body': byMode({ text: '', headers: JSON_TYPE }, { chunks: [] }),
  'no choices': byMode(
    { json: { id: 'x', object: 'chat.completion', choices: [] } },
    { chunks: ['data: {"id":"x","choices":[]}\n\n', 'data: [DONE]\n\n'] },
  ),
}

export const ANSWER_CASES: readonly LabCase[] = [
  movesOn(
    'U-26',
    '200 with broken JSON',
    byMode({ text: '{"choices":[', headers: JSON_TYPE }, { chunks: ['data: {"choices":[\n\n', 'data: [DONE]\n\n'] }),
  ),
  movesOn('U-27', '200 with a web page', { text: '<html>log in</html>', headers: { 'content-type': 'text/html' } }),
  {
    ...movesOn('U-28', '200 with nothing, or without choices', { text: '' }),
    run: async (lab, client) => {
      for (const [name, reply] of Object.entries(NOTHING)) {
        const { router } = await lab.pair(reply)
        assert.equal((await lab.ask(router, client)).end, 'A', name)
      }
      return Object.keys(NOTHING).join(', ')
    },
  },
  {
    id: 'U-29',
    fault: 'gzip or brotli although identity was asked for',
    expected: 'decoded, and right',
    per: 'client',
    run: async (lab, client) => {
      for (const handler of [encoded('gzip', gzipSync), encoded('br', brotliCompressSync)]) {
        const only = await lab.upstream(handler)
        const router = await lab.router([{ name: 'a', url: only.url }])
        expectText(await lab.ask(router, client))
        assert.equal(only.requests[0]?.headers['accept-encoding'] ?? 'identity', 'identity')
      }
      return 'gzip, br'
    },
  },
  {
    ...movesOn('U-30', 'a gzip bomb: 200 KB that become 200 MB', { text: '' }),
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '))
      const { router } = await lab.pair({ chunks: [bomb], headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } })
      global.gc?.()
      const before = process.memoryUsage().rss
      const seen = expectText(await lab.ask(router, client))
      const grown = Math.round((process.memoryUsage().rss - before) / 1024 / 1024)
      assert.ok(grown < 120, `${grown} MB more`)
      return `${seen}, ${grown} MB more`
    },
  },
  movesOn('U-31', 'six encodings on top of each other', {
    chunks: [Array.from({ length: 6 }).reduce<Buffer>((bytes) => gzipSync(bytes), Buffer.from(whole()))],
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip, gzip, gzip, gzip, gzip, gzip' },
  }),
  {
    id: 'U-32',
    fault: 'one-byte chunks with extensions and trailers, 1xx first, no length',
    expected: 'the same answer',
    per: 'once',
    run: async (lab, client) => {
      const replies: Reply[] = [
        raw(['content-type: application/json', 'transfer-encoding: chunked'], byteChunks(whole())),
        raw(['content-type: application/json', 'connection: close'], whole()),
        {
          raw: `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n${whole()}`,
        },
      ]
      for (const reply of replies) {
        const only = await lab.upstream(reply)
        const router = await lab.router([{ name: 'a', url: only.url }])
        expectText(await lab.ask(router, client))
      }
      return `${replies.length} framings`
    },
  },
  {
    id: 'U-32b',
    fault: 'a whole answer, or an error, under the type of a stream or none',
    expected: 'the same answer; the error is read',
    per: 'client',
    applies: ({ stream }) => stream,
    run: async (lab, client) => {
      for (const type of ['text/event-stream', 'text/plain', '']) {
        const headers = { 'content-type': type }
        const only = await lab.upstream({ chunks: [`\n${whole()}`], headers })
        expectText(await lab.ask(await lab.router([{ name: 'a', url: only.url }]), client))
        const error = { message: 'no such model', type: 'invalid_request_error', code: 'model_not_found' }
        const wrong = await lab.upstream({ chunks: [JSON.stringify({ error })], headers })
        const outcome = await lab.ask(await lab.router([{ name: 'a', url: wrong.url }]), client)
        expectError(outcome, 404)
        assert.match(outcome.exchange.body, /no such model/)
      }
      return 'three types'
    },
  },
  {
    ...movesOn('U-33', 'conflicting lengths', { text: '' }),
    run: async (lab, client) => {
      const heads = [
        ['content-type: application/json', 'content-length: 5', 'content-length: 500'],
        ['content-type: application/json', 'content-length: 5', 'transfer-encoding: chunked'],
      ]
      for (const head of heads) {
        const { router } = await lab.pair(raw(head, '5\r\n{"a":\r\n0\r\n\r\n'))
        expectText(await lab.ask(router, client))
      }
      return `${heads.length} forms`
    },
  },
  {
    ...movesOn('U-49', 'redirects to another host, to link-local, to a file', { text: '' }),
    expected: 'not followed: the next target answers',
    run: async (lab, client) => {
      const trap = await lab.healthy()
      for (const status of [301, 302, 303, 307, 308]) {
        for (const location of [`${trap.url}/v1/chat/completions`, 'http://169.254.169.254/', 'file:///etc/passwd']) {
          const { router } = await lab.pair({ status, text: '', headers: { location } })
          expectText(await lab.ask(router, client))
        }
      }
      assert.equal(trap.requests.length, 0)
      return '15 redirects, none followed'
    },
  },
  {
    ...movesOn('U-50', 'headers without measure', { text: '' }),
    run: async (lab, client) => {
      const heads = [
        ['content-type: application/json', `x-big: ${'x'.repeat(200_000)}`],
        ['content-type: application/json', ...Array.from({ length: 2000 }, (_, n) => `x-${n}: ${'y'.repeat(20)}`)],
      ]
      for (const head of heads) {
        const { router } = await lab.pair(raw([...head, 'connection: close'], whole()))
        expectText(await lab.ask(router, client))
      }
      const only = await lab.upstream(
        raw(['content-type: application/json', '__proto__: x', 'connection: close'], whole()),
      )
      const router = await lab.router([{ name: 'a', url: only.url }])
      const outcome = await lab.ask(router, client)
      if (!client.stream) assert.equal(outcome.end, 'A', describe(outcome))
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
      return 'bounded'
    },
  },
]
