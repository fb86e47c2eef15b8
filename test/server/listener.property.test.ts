// P-09: whatever bytes come in on a connection, the server lives on, and nothing in it is a bug.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { GRID_ENV, gridYaml, replyAs } from '../helpers/grid-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { runsOf } from '../helpers/runs.ts'

/** Sends the bytes, closes its half and reads what comes. A connection that is torn is an answer, too. */
function send(url: string, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
    socket.end(bytes)
  })
}

const VALID = GRID_CLIENTS.map((client) => {
  const body = JSON.stringify(client.body({ text: 'hello', tools: ['look'] }))
  const headers = Object.entries({ 'content-type': 'application/json', ...client.headers })
  return Buffer.from(
    [
      `POST ${client.path} HTTP/1.1`,
      'host: 127.0.0.1',
      ...headers.map(([name, value]) => `${name}: ${value}`),
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
})

/** What breaks parsers of HTTP and of JSON. */
const SPLINTERS = [
  '\r\n',
  '\n',
  '\0',
  ' ',
  ':',
  'transfer-encoding: chunked\r\n',
  'content-length: 5\r\n',
  'content-length: -1\r\n',
  'expect: 100-continue\r\n',
  'upgrade: websocket\r\nconnection: upgrade\r\n',
  'connection: close\r\n',
  'host: evil.example\r\n',
  'HTTP/1.1\r\n',
  'HTTP/9.9',
  '/v1/../',
  '%00',
  '?key=%zz',
  'GET ',
  'CONNECT ',
  '{',
  ']',
  '"',
  '\\u',
  '\\ud800',
  '__proto__',
  'null',
  '1e999',
  'ff\r\n',
  '0\r\n\r\n',
  '\u00ff\u00fe',
]

const change = fc.oneof(
  fc.record({ type: fc.constant('put' as const), at: fc.nat(), text: fc.constantFrom(...SPLINTERS) }),
  fc.record({ type: fc.constant('drop' as const), at: fc.nat(), length: fc.nat(20) }),
  fc.record({ type: fc.constant('byte' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ type: fc.constant('double' as const), at: fc.nat(), length: fc.nat(200) }),
  fc.record({ type: fc.constant('end' as const), at: fc.nat() }),
)

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function applied(bytes: Buffer, one: Change): Buffer {
  const at = one.at % (bytes.length + 1)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (one.type) {
    case 'put':
      return Buffer.concat([before, Buffer.from(one.text, 'latin1'), after])
    case 'drop':
      return Buffer.concat([before, after.subarray(one.length)])
    case 'byte':
      return Buffer.concat([before, Buffer.from([one.value]), after.subarray(1)])
    case 'double':
      return Buffer.concat([before, after.subarray(0, one.length), after])
    case 'end':
      return before
  }
}

test('P-09: requests that were broken at random harm nobody', async () => {
  const provider = await openUpstream((received) => replyAs('openai-compatible', received, { text: 'well' }))
  const yaml = gridYaml([{ name: 'a', kind: 'openai-compatible', url: provider.url }])
  const router = await openRouter(yaml, { env: GRID_ENV })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...VALID.keys()),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async (n, changes) => {
        const bytes = changes.reduce(applied, VALID[n] ?? Buffer.alloc(0))
        const answer = await send(router.url, bytes)
        assert.match(answer, /^(?:HTTP\/1\.1 \d{3} [\s\S]*)?$/)
        assert.doesNotMatch(answer, /^HTTP\/1\.1 500 /m)
        assert.deepEqual(
          router.events.filter(({ type }) => type === 'bug'),
          [],
        )
        assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
        router.events.length = 0
      },
    ),
    runsOf('P-09', 400, 20_000),
  )
  assert.equal((await request(`${router.url}/healthz`)).status, 200)
})
