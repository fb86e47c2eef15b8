// Follows README.md in a fresh clone with an empty home: the first command block starts the server, another one tests.
// usage: node --import tsx scripts/smoke-readme.ts
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from '../test/helpers/http.ts'
import { npm } from './npm.ts'
import { startServer } from './smoke-server.ts'

/** The command of the README that .ci/run tests with. */
const TEST = 'npm test'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'sage-readme-'))

try {
  const clone = join(folder, 'clone')
  const home = join(folder, 'home')
  mkdirSync(home)
  execFileSync('git', ['clone', '--quiet', root, clone])

  const [start = '', ...others] = commandBlocks(readFileSync(join(clone, 'README.md'), 'utf8'))
  assert.match(start, /^npm ci && npm start$/m, 'the first command block of README.md starts the server')
  assert.ok(others.includes(TEST), `a command block of README.md is "${TEST}"`)

  const server = await startServer(start, clone, { HOME: home, ...machineSettings(), ...(await npmSettings()) })
  try {
    const models = await request(`${server.url}/v1/models`)
    assert.equal(models.status, 200, models.text)
  } finally {
    await server.stop()
  }
  process.stdout.write(`README works on Node ${process.versions.node}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Contents of the fenced shell blocks, comments and prompts removed. */
function commandBlocks(markdown: string): string[] {
  const blocks = markdown.matchAll(/^```(?:sh|bash|shell|console)?\n([^]*?)^```/gm)
  return Array.from(blocks, ([, text = '']) =>
    text
      .split('\n')
      .map((line) =>
        line
          .replace(/^\$ /, '')
          .replace(/\s+#.*$/, '')
          .trim(),
      )
      .filter((line) => line !== '' && !line.startsWith('#'))
      .join('\n'),
  )
}

/** What belongs to the machine, not to a user: the programs, and the authorities that it trusts on its network. */
function machineSettings(): NodeJS.ProcessEnv {
  const names = ['PATH', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

/** The home is empty, but the registry and the cache of this machine stay in use. */
async function npmSettings(): Promise<Record<string, string>> {
  const names = ['cache', 'userconfig']
  const values = await Promise.all(names.map(async (name) => (await npm(['config', 'get', name], root)).trim()))
  return Object.fromEntries(names.map((name, i) => [`npm_config_${name}`, values[i] ?? '']))
}
