// Installs the packed tarball into an empty folder, without a lockfile, and uses it with an empty home.
// usage: node --import tsx scripts/smoke-package.ts <tarball>
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { GRID_CLIENTS } from '../test/helpers/grid-clients.ts'
import { replyAs } from '../test/helpers/grid-provider.ts'
import { request } from '../test/helpers/http.ts'
import { startUpstream } from '../test/helpers/upstream.ts'
import { npm } from './npm.ts'
import { startServer } from './smoke-server.ts'

const tarball = resolve(process.argv[2] ?? '')
const folder = mkdtempSync(join(tmpdir(), 'sage-package-'))
const env = {
  HOME: join(folder, 'home'),
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  NO_COLOR: '1',
}

const upstream = await startUpstream((received) => replyAs('openai-compatible', received, { text: 'pong' }))

try {
  await install()
  await tryCommands()
  await tryServer()
  process.stdout.write(`package works on Node ${process.versions.node}\n`)
} finally {
  await upstream.close()
  rmSync(folder, { recursive: true, force: true })
}

async function install(): Promise<void> {
  mkdirSync(env.HOME)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  await npm(['install', '--no-package-lock', '--loglevel=error', tarball], folder)
}

async function tryCommands(): Promise<void> {
  assert.match(await sage('--version'), /^\d+\.\d+\.\d+\S*\n$/)
  assert.notEqual(await sage('explain', 'write a poem'), '')
}

async function tryServer(): Promise<void> {
  const profile = `version: 1
providers:
  fake:
    kind: openai-compatible
    base_url: ${upstream.url}/v1
    models: [echo]
`
  writeFileSync(join(folder, 'sage.yaml'), profile)
  const server = await startServer('exec node_modules/.bin/sage serve --port 0', folder, env)
  try {
    const clients = GRID_CLIENTS.filter(({ stream }) => stream)
    for (const client of clients) {
      const answer = await request(server.url + client.path, {
        headers: client.headers,
        body: client.body({ text: 'ping' }),
      })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(client.read(answer.text).text, 'pong', client.name)
    }
    assert.equal(upstream.requests.length, clients.length)
  } finally {
    await server.stop()
  }
}

async function sage(...args: string[]): Promise<string> {
  const run = promisify(execFile)
  const { stdout } = await run(join(folder, 'node_modules', '.bin', 'sage'), args, { cwd: folder, env })
  return stdout
}
