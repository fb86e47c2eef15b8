// A body of 100 MB is refused without being held: the memory of the server does not grow with it.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { statusOf } from '../helpers/raw-http.ts'
import { startUpstream } from '../helpers/upstream.ts'
import type { Upstream } from '../helpers/upstream.ts'

const MIB = 1_048_576
const BODY_MIB = 100
const LIMIT_MIB = 2
/** What the process may grow by while it refuses the body, in MiB: buffers of the reads, not the body. */
const ROOM_MIB = 80

const PIECE = Buffer.alloc(MIB, 0x20)
const CHUNK = Buffer.concat([Buffer.from(`${MIB.toString(16)}\r\n`), PIECE, Buffer.from('\r\n')])

/** Sends head and pieces as fast as they are taken. `sent` counts the pieces that the server took. */
async function upload(
  url: string,
  head: string,
  piece: Buffer,
  end: string,
): Promise<{ answer: string; sent: number }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const closed = new Promise<false>((resolve) => socket.once('close', () => resolve(false)))
  const write = (bytes: Buffer | string): Promise<boolean> =>
    Promise.race([closed, new Promise<boolean>((resolve) => socket.write(bytes, (error) => resolve(!error)))])
  let answer = ''
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
  socket.on('error', () => undefined)
  let sent = 0
  await write(head)
  while (sent < BODY_MIB && (await write(piece))) sent++
  if (sent === BODY_MIB) {
    await write(end)
    while (statusOf(answer) === 0) if ((await Promise.race([closed, once(socket, 'data')])) === false) break
  }
  socket.destroy()
  return { answer, sent }
}

describe('a body of 100 MB', () => {
  let upstream: Upstream
  let url = ''
  let child: ReturnType<typeof fork>

  before(async () => {
    upstream = await startUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
    const script = new URL('../helpers/measured-router.ts', import.meta.url)
    const execArgv = ['--expose-gc', '--import', import.meta.resolve('tsx')]
    child = fork(script, [upstream.url, String(LIMIT_MIB)], { execArgv })
    const [message] = (await once(child, 'message')) as [{ url: string }]
    url = message.url
  })
  after(async () => {
    const ended = once(child, 'close')
    child.kill('SIGKILL')
    await ended
    await upstream.close()
  })

  async function peak(question: 'reset' | 'peak'): Promise<number> {
    child.send(question)
    const [message] = (await once(child, 'message')) as [{ peak: number }]
    return message.peak
  }

  for (const client of TEST_CLIENTS.filter(({ stream }) => !stream)) {
    for (const framing of ['announced', 'chunked'] as const) {
      test(`${client.dialect}, ${framing}: 413, no memory, no call`, async () => {
        const head = `POST ${client.path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-type: application/json\r\n`
        const start = await peak('reset')
        const { answer, sent } =
          framing === 'announced'
            ? await upload(url, `${head}content-length: ${BODY_MIB * MIB}\r\n\r\n`, PIECE, '')
            : await upload(url, `${head}transfer-encoding: chunked\r\n\r\n`, CHUNK, '0\r\n\r\n')
        assert.equal(statusOf(answer), 413, answer.slice(0, 200))
        client.readError(answer.slice(answer.indexOf('\r\n\r\n') + 4))
        const grown = (await peak('peak')) - start
        assert.ok(grown < ROOM_MIB * MIB, `grew by ${Math.round(grown / MIB)} MiB`)
        assert.equal(sent, BODY_MIB, 'a client that writes before it reads must come to its end')
        assert.equal(upstream.requests.length, 0)
      })
    }
  }

  test('the server answers afterwards', async () => {
    for (const client of TEST_CLIENTS) assert.equal(client.readText((await ask(url, client)).text), 'fine')
  })
})
