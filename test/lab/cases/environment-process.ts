// E: signals, limits of the system, streams of the process that are gone.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GridClient } from '../../helpers/grid-types.ts'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { request } from '../../helpers/http.ts'
import { sage } from '../../helpers/sage.ts'
import { settle } from '../../helpers/settle.ts'
import { expectCut, expectError, expectText } from '../lab.ts'
import { describe } from '../oracle.ts'
import type { Outcome } from '../oracle.ts'
import { command } from '../profile-bench.ts'
import {
  askAt,
  endless,
  healthOf,
  lasting,
  profileFolder,
  serveChild,
  STREAMED,
  untilSo,
  WINDOWS,
} from '../serve-bench.ts'
import type { LabCase } from '../types.ts'

const ESCAPE = String.fromCharCode(27)

/** The client of the nth of many streams: all dialects in turn. */
function clientOf(n: number): GridClient {
  const client = STREAMED[n % STREAMED.length]
  assert.ok(client !== undefined)
  return client
}

function tally(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>()
  for (const outcome of outcomes) counts.set(outcome.end, (counts.get(outcome.end) ?? 0) + 1)
  return [...counts].map(([end, count]) => `${count} ${end}`).join(', ')
}

export const ENVIRONMENT_PROCESS_CASES: readonly LabCase[] = [
  {
    id: 'E-01',
    fault: 'the port is taken',
    expected: 'exit code 3, with the program that has it and another port; nothing is left behind',
    per: 'once',
    run: async (lab) => {
      const cwd = profileFolder(lab, [(await lab.healthy()).url])
      const other = createServer()
      other.listen(0, '127.0.0.1')
      await once(other, 'listening')
      lab.onClose(async () => void other.close())
      const { port } = other.address() as AddressInfo
      const { code, stdout, stderr } = await command(cwd, ['serve', '--port', String(port)], GRID_ENV)
      assert.deepEqual([code, stdout], [3, ''])
      assert.match(stderr, new RegExp(`^error: port ${port} on 127\\.0\\.0\\.1 is taken`))
      if (process.platform === 'linux') assert.match(stderr, new RegExp(` by .+ \\(process ${process.pid}\\)\n`))
      assert.match(stderr, /^hint: .*--port/m)
      assert.deepEqual(readdirSync(cwd), ['sage.yaml'])
      return stderr.split('\n', 1)[0] ?? ''
    },
  },
  {
    id: 'E-04',
    fault: 'the server is stopped while an answer is under way that takes a while, and one that never ends',
    expected: 'the one is finished; the other ends with an error, never as if it were complete',
    per: 'client',
    run: async (lab, client) => {
      const upstream = await lab.upstream((received, n) => (n === 0 ? lasting(150) : endless)(received, n))
      const router = await lab.router([{ name: 'a', url: upstream.url }])
      const asked = lab.ask(router, client)
      await upstream.untilReceived()
      const late = lab.ask(router, client)
      await upstream.untilReceived(2)
      await settle()
      await router.close(1000)
      const seen = [expectText(await asked)]
      seen.push(client.stream ? expectCut(await late) : expectError(await late, 503))
      return seen.join('; ')
    },
  },
  {
    id: 'E-04',
    fault: 'SIGTERM with 200 streams in all dialects, half of which never end',
    expected: 'those that end in time are whole, the others cut with an error; exit code 0',
    per: 'once',
    slow: true,
    run: async (lab) => {
      if (WINDOWS) return 'not on Windows: it has no such signal'
      const upstream = await lab.upstream((received, n) => (n % 2 === 0 ? lasting(1500) : endless)(received, n))
      // One provider gets 64 calls at a time.
      const urls = Array.from({ length: 4 }, () => upstream.url)
      const cwd = profileFolder(lab, urls, 'drain_ms: 4000')
      const serving = await serveChild(lab, cwd)
      const asked = Array.from({ length: 200 }, (_, n) => askAt(serving.url, clientOf(n)))
      await upstream.untilReceived(200)
      await sleep(300)
      serving.signal('SIGTERM')
      const outcomes = await Promise.all(asked)
      for (const outcome of outcomes) assert.ok(outcome.end === 'A' || outcome.end === 'C', describe(outcome))
      assert.equal(outcomes.filter(({ end }) => end === 'A').length, 100, tally(outcomes))
      const { code, stderr } = await serving.ended
      assert.equal(code, 0, stderr)
      return `${tally(outcomes)}, exit code 0`
    },
  },
  {
    id: 'E-05',
    fault: 'a second SIGINT while a stream never ends',
    expected: 'it ends at once, with exit code 130',
    per: 'once',
    slow: true,
    run: async (lab) => {
      if (WINDOWS) return 'not on Windows: it has no such signal'
      const upstream = await lab.upstream(endless)
      const serving = await serveChild(lab, profileFolder(lab, [upstream.url], 'drain_ms: 300000'))
      const asked = askAt(serving.url, clientOf(0))
      await upstream.untilReceived()
      serving.signal('SIGINT')
      await untilSo(() => serving.output.stderr.includes('stopping'), 'it says that it stops')
      await sleep(300)
      const started = performance.now()
      serving.signal('SIGINT')
      const { code } = await serving.ended
      const ms = Math.round(performance.now() - started)
      assert.equal(code, 130)
      assert.ok(ms < 60_000, `${ms} ms`)
      assert.notEqual((await asked).end, 'A')
      return `${ms} ms, exit code 130`
    },
  },
  {
    id: 'E-06',
    fault: 'standard output has no reader any more',
    expected: 'it serves on, and ends well',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const cwd = profileFolder(lab, [(await lab.healthy()).url])
      const serving = await serveChild(lab, cwd, { closeStdout: true }, ['--json'])
      for (let n = 0; n < 5; n++) expectText(await askAt(serving.url, client))
      serving.signal('SIGTERM')
      const { code, stderr } = await serving.ended
      assert.doesNotMatch(stderr, /EPIPE|Error/)
      if (!WINDOWS) assert.equal(code, 0, stderr)
      const listed = await sage('help', '--json').runWithClosedStdout()
      assert.deepEqual([listed.code, listed.stderr], [0, ''])
      return '5 answers, exit code 0'
    },
  },
  {
    id: 'E-11',
    fault: 'no file descriptors left (ulimit -n 64), in use by clients that say nothing',
    expected:
      'streams under way go on; a call that gets no connection is a 503, not a fault of the provider; then all is well',
    per: 'once',
    slow: true,
    run: async (lab) => {
      if (WINDOWS) return 'not on Windows: it has no such limit'
      const upstream = await lab.upstream(lasting(3000))
      const cwd = profileFolder(lab, [upstream.url], 'state: false')
      // Sources that are not compiled yet are all opened at once: that is of the tests, not of sage.
      await (await serveChild(lab, cwd)).stop()
      const serving = await serveChild(lab, cwd, { limits: '-n 64' })
      const { port } = new URL(serving.url)
      const stream = askAt(serving.url, clientOf(0))
      await upstream.untilReceived()
      // A connection that is there before all are gone, to ask on afterwards.
      const kept = await open(Number(port))
      const idle: Socket[] = []
      lab.onClose(async () => [kept, ...idle].forEach((socket) => socket.destroy()))
      while (idle.length < 80) {
        const socket = connect(Number(port), '127.0.0.1')
        socket.on('error', () => undefined)
        idle.push(socket)
      }
      await sleep(500)
      const client = clientOf(0)
      const body = JSON.stringify(client.body({ text: 'another' }))
      kept.write(
        `POST ${client.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      )
      const [part] = (await once(kept, 'data')) as [Buffer]
      const answer = part.toString()
      assert.match(answer, /^HTTP\/1\.1 503 [^]*retry-after: 1/i)
      assert.match(answer, /too many connections open/)
      for (const socket of idle) socket.destroy()
      expectText(await stream)
      await untilSo(async () => (await request(`${serving.url}/healthz`).catch(() => undefined))?.status === 200, 'up')
      assert.deepEqual((await healthOf(serving.url))['open'], {})
      expectText(await askAt(serving.url, client))
      return '503 for one, whole for the stream, well afterwards'
    },
  },
  {
    id: 'E-12',
    fault: 'a heap of 96 MB and 40 requests of 4 MB and of 8 MB, ten at a time, to be translated',
    expected: '200 or 503 with a wait; the process lives and is well afterwards',
    per: 'once',
    slow: true,
    run: async (lab) => {
      const upstream = await lab.upstream(lasting(100))
      const env = { NODE_OPTIONS: '--max-old-space-size=96' }
      const serving = await serveChild(lab, profileFolder(lab, [upstream.url], 'state: false'), { env })
      const client = STREAMED.find(({ dialect }) => dialect === 'messages')
      assert.ok(client !== undefined)
      const outcomes: Outcome[] = []
      for (const size of [4e6, 8e6, 4e6, 8e6]) {
        const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(size) } }
        const messages = [{ role: 'user', content: [{ type: 'text', text: 'look' }, image] }]
        const body = JSON.stringify({ ...client.body({ text: '' }), messages })
        const asked = Array.from({ length: 10 }, () => askAt(serving.url, client, body))
        outcomes.push(...(await Promise.all(asked)))
      }
      assert.ok(outcomes.filter(({ end }) => end === 'A').length >= 4, tally(outcomes))
      for (const outcome of outcomes) {
        if (outcome.end !== 'B') expectText(outcome)
        else {
          expectError(outcome, 503)
          assert.equal(outcome.exchange.headers['retry-after'], '1')
        }
      }
      await untilSo(async () => (await askAt(serving.url, client)).end === 'A', 'a small request is answered')
      return tally(outcomes)
    },
  },
  {
    id: 'E-17',
    fault: 'no terminal, NO_COLOR, CI, 40 columns, standard input closed',
    expected: 'no colour, no question, no hang',
    per: 'once',
    slow: true,
    run: async (lab) => {
      const cwd = profileFolder(lab, [(await lab.healthy()).url])
      const env = { ...GRID_ENV, CI: '1', COLUMNS: '40' }
      const runs: [args: string[], code: number][] = [
        [['explain', 'hello'], 0],
        [['doctor', '--offline', '--only', 'profile'], 0],
        [['init', '--profile', 'other.yaml'], 2],
        [['help', 'state'], 0],
      ]
      for (const [args, code] of runs) {
        const result = await sage(...args)
          .cwd(cwd)
          .env(env)
          .run()
        assert.equal(result.code, code, `${args.join(' ')}: ${result.stderr}`)
        assert.ok(!(result.stdout + result.stderr).includes(ESCAPE), args.join(' '))
      }
      return runs.map(([args, code]) => `${args[0]} ${code}`).join(', ')
    },
  },
  {
    id: 'E-18',
    fault: 'NODE_TLS_REJECT_UNAUTHORIZED=0; NODE_OPTIONS that let others in',
    expected: 'serve refuses the one unless told that it is meant; doctor tells of both',
    per: 'once',
    run: async (lab) => {
      const cwd = profileFolder(lab, [(await lab.healthy()).url])
      const env = { ...GRID_ENV, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS: '--inspect=0.0.0.0:9229' }
      const refused = await command(cwd, ['serve', '--port', '0'], env)
      assert.equal(refused.code, 2)
      assert.match(refused.stderr, /NODE_TLS_REJECT_UNAUTHORIZED is 0[^]*SAGE_ALLOW_INSECURE_TLS=1/)
      const doctor = await command(cwd, ['doctor', '--offline', '--only', 'node-settings', '--json'], env)
      assert.equal(doctor.code, 1)
      assert.ok(doctor.stdout.includes('tls-unchecked') && doctor.stdout.includes('node-options'), doctor.stdout)
      return 'exit code 2; two findings'
    },
  },
]

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
  await once(socket, 'data')
  return socket
}
