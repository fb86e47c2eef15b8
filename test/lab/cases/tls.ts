// U-04: providers whose certificate is not theirs, or not good any more.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import { startSage } from '../../helpers/sage.ts'
import { exchange } from '../exchange.ts'
import { ASK, expectText } from '../lab.ts'
import type { Lab } from '../lab.ts'
import { judge } from '../oracle.ts'
import { withProfile } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

/** Made with openssl for tests only; all but the self-signed one are from the authority ca.crt and hold until 2076. */
const FOLDER = join(import.meta.dirname, '..', '..', 'doctor', 'fixtures', 'tls')
const FAULTS: readonly [policy: string, certificate: string, says: RegExp][] = [
  ['expired', 'expired.crt', /expired/i],
  ['early', 'early.crt', /not yet valid/i],
  ['other-host', 'other-host.crt', /altnames|hostname|does not match/i],
  ['self-signed', 'self-signed.crt', /self-signed/i],
]

export const TLS_CASES: readonly LabCase[] = [
  {
    id: 'U-04',
    fault:
      'certificates that are expired, of the future, of another host, or signed by themselves; plain HTTP where TLS is meant',
    expected:
      'the next target answers; the other gets no byte of a request and is left alone for minutes; one with a good certificate is used',
    per: 'once',
    run: async (lab) => {
      const healthy = await lab.healthy()
      const { port: good } = await startTls(lab, 'good.crt', healthy.port)
      const trap = await lab.healthy()
      const bad = await Promise.all(FAULTS.map(([, certificate]) => startTls(lab, certificate, trap.port)))
      const names = [...FAULTS.map(([policy]) => policy), 'plain']
      const ports = [...bad.map(({ port }) => port), trap.port]
      const providers = [...names.map((name, n) => entry(name, ports[n] ?? 0)), entry('good', good)]
      const policies = names.map(
        (name) => `  ${name}: { rules: [ { name: r, when: {}, prefer: [${name}/m], only: [${name}/m, good/m] } ] }\n`,
      )
      const text = `version: 1\nproviders:\n${providers.join('')}policies:\n${policies.join('')}`
      const env = { ...GRID_ENV, NODE_EXTRA_CA_CERTS: join(FOLDER, 'ca.crt') }
      const server = await startSage(['serve', '--port', '0', '--json'], { cwd: withProfile(lab, text), env })
      lab.onClose(async () => void (await server.stop()))
      let answers = 0
      for (const client of GRID_CLIENTS.filter(({ dialect }) => dialect !== 'gemini')) {
        for (const name of names) {
          const body = { ...client.body(ASK), model: `sage/${name}` }
          expectText(judge(client, await exchange(server.url, { path: client.path, headers: client.headers, body })))
          answers++
        }
      }
      assert.equal(trap.requests.length, 0)
      assert.equal(healthy.requests.length, answers)
      for (const [at, { connections }] of bad.entries()) assert.equal(connections(), 1, `connections to ${names[at]}`)
      for (const [policy, , says] of FAULTS) assert.match(firstFailure(server.output.stdout, policy), says)
      return `${answers} answers by the target with a good certificate, 0 requests and one connection at each of the others`
    },
  },
]

function entry(name: string, port: number): string {
  return `  ${name}: { kind: openai-compatible, base_url: "https://127.0.0.1:${port}/v1", key: env:TEST_KEY, local: false, models: { m: { context: 200000 } } }\n`
}

/** TLS with this certificate in front of a provider. */
async function startTls(
  lab: Lab,
  certificate: string,
  provider: number,
): Promise<{ port: number; connections(): number }> {
  const [key, cert] = ['server.key', certificate].map((name) => readFileSync(join(FOLDER, name)))
  const server = createServer({ ...(key && { key }), ...(cert && { cert }) }, (socket) => {
    const behind = connect(provider, '127.0.0.1')
    for (const each of [socket, behind]) each.on('error', () => [socket, behind].forEach((one) => one.destroy()))
    socket.pipe(behind).pipe(socket)
  })
  // Clients that turn away in the middle of the handshake.
  server.on('tlsClientError', () => undefined)
  let connections = 0
  server.on('connection', () => connections++)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  lab.onClose(async () => void server.close())
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}

/** What the log says of the first call to this provider. */
function firstFailure(log: string, provider: string): string {
  for (const line of log.trim().split('\n')) {
    const { attempts = [] } = JSON.parse(line) as {
      attempts?: { provider: string; outcome: string; message?: string }[]
    }
    const found = attempts.find((attempt) => attempt.provider === provider)
    if (found !== undefined) return `${found.outcome}: ${found.message ?? ''}`
  }
  return 'not asked'
}
