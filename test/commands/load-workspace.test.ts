import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { ProfileError, SageError } from '../../src/diagnostics/errors.ts'
import { loadWorkspace } from '../../src/commands/load-workspace.ts'
import type { Workspace } from '../../src/commands/load-workspace.ts'
import { fakeContext } from '../helpers/context.ts'
import { refusedUrl, startUpstream } from '../helpers/upstream.ts'

/** Somewhere nobody listens, so that no Ollama of this machine is found. */
const NO_OLLAMA = await refusedUrl()

function folder(t: TestContext, files: Record<string, string> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'sage-workspace-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

function load(cwd: string, env: Record<string, string> = {}, flag?: string): Promise<Workspace> {
  const context = fakeContext([], { cwd, home: join(cwd, 'home'), env: { OLLAMA_HOST: NO_OLLAMA, ...env } })
  return loadWorkspace(context, { profile: flag })
}

const targets = ({ catalog }: Workspace): string[] => [...catalog.byTarget.keys()]

const HERE =
  'version: 1\nproviders:\n  here: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: [m] }\n'
const KEYED =
  'version: 1\nproviders:\n  far: { kind: openai-compatible, base_url: "https://x.example/v1", key: "file:key.txt", models: [m] }\n'

async function startOllama(t: TestContext): Promise<string> {
  const models = [
    { name: 'qwen3:8b', capabilities: ['completion', 'tools'], details: { context_length: 40_960 } },
    { name: 'embed:1b', capabilities: ['embedding'], details: { context_length: 512 } },
  ]
  const { url, close } = await startUpstream(() => ({ json: { models } }))
  t.after(() => close())
  return url
}

describe('loadWorkspace', () => {
  it('takes the profile of the directory, and says so', async (t) => {
    const workspace = await load(folder(t, { 'sage.yaml': HERE }))
    assert.deepEqual(targets(workspace), ['here/m'])
    assert.deepEqual([workspace.origin, workspace.profile.file], ['sage.yaml (working directory)', 'sage.yaml'])
  })

  it('takes the profile above, named from here', async (t) => {
    const cwd = join(folder(t, { 'sage.yaml': HERE }), 'below')
    mkdirSync(cwd)
    assert.equal((await load(cwd)).profile.file, join('..', 'sage.yaml'))
  })

  it('takes --profile before anything else', async (t) => {
    const cwd = folder(t, { 'sage.yaml': 'nonsense', 'other.yaml': HERE })
    assert.equal((await load(cwd, {}, 'other.yaml')).origin, 'other.yaml (--profile)')
    assert.equal((await load(cwd, { SAGE_PROFILE: 'other.yaml' })).origin, 'other.yaml (SAGE_PROFILE)')
  })

  it('refuses a profile with mistakes, with all of them and its text', async (t) => {
    const text = HERE + 'polices: {}\nserv: {}\n'
    await assert.rejects(load(folder(t, { 'sage.yaml': text })), (error) => {
      assert.ok(error instanceof ProfileError)
      assert.deepEqual([error.diagnostics.length, error.source, error.exitCode], [2, text, 2])
      return true
    })
  })

  it('builds a profile of the keys in the environment and in .env', async (t) => {
    const cwd = folder(t, { '.env': 'ANTHROPIC_API_KEY=from-file\nOPENAI_API_KEY=from-file\n' })
    const workspace = await load(cwd, { OPENAI_API_KEY: 'from-env' })
    assert.equal(workspace.origin, 'built from what was found: ANTHROPIC_API_KEY, OPENAI_API_KEY')
    assert.deepEqual(
      workspace.providers.map(({ name, keys }) => [name, keys.map((key) => key.reveal())]),
      [
        ['anthropic', ['from-file']],
        ['openai', ['from-env']],
      ],
    )
  })

  it('builds a profile of a local Ollama', async (t) => {
    const url = await startOllama(t)
    const workspace = await load(folder(t), { OLLAMA_HOST: url })
    assert.equal(workspace.origin, `built from what was found: Ollama at ${url} (1 model)`)
    assert.deepEqual(targets(workspace), ['ollama/qwen3:8b'])
  })

  it('simulates models when nothing is found, and says so', async (t) => {
    const workspace = await load(folder(t), { OPENAI_API_KEY: ' ' })
    assert.match(workspace.origin, /^demo: simulated models/)
    assert.ok(workspace.providers.every(({ kind }) => kind === 'demo'))
  })

  it('asks an Ollama whose models the profile does not list', async (t) => {
    const url = await startOllama(t)
    const text = `version: 1\nproviders:\n  mine: { kind: ollama, base_url: "${url}" }\n`
    const workspace = await load(folder(t, { 'sage.yaml': text }))
    const model = workspace.catalog.byTarget.get('mine/qwen3:8b')
    assert.deepEqual(targets(workspace), ['mine/qwen3:8b'])
    assert.deepEqual([model?.capabilities.tools, model?.capabilities.vision, model?.context], [true, false, 40_960])
  })

  it('says which server does not answer', async (t) => {
    const text = `${HERE}  mine: { kind: ollama, base_url: "${NO_OLLAMA}" }\n`
    const { warnings } = await load(folder(t, { 'sage.yaml': text }))
    assert.deepEqual(warnings, [
      `provider mine offers nothing: Ollama does not answer at ${NO_OLLAMA}; list its models in the profile`,
    ])
  })

  it('reads a key file beside the profile', async (t) => {
    const cwd = folder(t, { 'sage.yaml': KEYED, 'key.txt': 'secret\n' })
    mkdirSync(join(cwd, 'below'))
    const { providers } = await load(join(cwd, 'below'))
    assert.deepEqual(
      providers.map(({ keys }) => keys.map((key) => key.reveal())),
      [['secret']],
    )
  })

  it('leaves out a provider without its key, and goes on with the others', async (t) => {
    const text = HERE + KEYED.split('\n')[2] + '\n'
    const workspace = await load(folder(t, { 'sage.yaml': text }))
    assert.deepEqual(targets(workspace), ['here/m', 'far/m'])
    assert.deepEqual(
      workspace.usable.map(({ provider }) => provider),
      ['here'],
    )
    assert.deepEqual(workspace.health.providers, { far: { restingUntil: Infinity, reason: 'no_key' } })
    assert.match(workspace.warnings.join(), /^provider far is left out: file .*key\.txt cannot be read \(ENOENT\)$/)
  })

  it('refuses when no provider is left', async (t) => {
    await assert.rejects(load(folder(t, { 'sage.yaml': KEYED })), (error) => {
      assert.ok(error instanceof SageError)
      assert.deepEqual([error.code, error.exitCode], ['SAGE4005', 3])
      assert.match(error.message, /provider far is left out/)
      return true
    })
  })

  it('names every file that it was made from, or would have been', async (t) => {
    const cwd = folder(t, {
      'sage.yaml': `${KEYED}serve: { token: "file:token" }\n`,
      'key.txt': 'sk-1',
      token: '0'.repeat(16),
    })
    const { files, path } = await load(cwd)
    const names = ['sage.yaml', 'sage.lock.yaml', '.env', 'key.txt', 'token'].map((name) => join(cwd, name))
    assert.deepEqual([path, files], [names[0], names])
  })

  it('reads the profile that is served again, and asks no Ollama anew that is where it was', async (t) => {
    const models = [{ name: 'qwen3:8b', capabilities: ['completion'], details: { context_length: 40_960 } }]
    const ollama = await startUpstream(() => ({ json: { models } }))
    t.after(() => ollama.close())
    const profile = (name: string): string =>
      `version: 1\nproviders:\n  ${name}: { kind: ollama, base_url: "${ollama.url}" }\n`
    const cwd = folder(t, { 'sage.yaml': profile('mine') })
    const previous = await load(cwd)
    const asked = ollama.requests.length
    const again = (from: Workspace): Promise<Workspace> =>
      loadWorkspace(fakeContext([], { cwd: '/nowhere', home: '/nowhere' }), { profile: 'other.yaml', previous: from })
    const discovered = new Map([['mine', [{ id: 'newer:1b' }]]])
    const next = await again({ ...previous, discovered })
    assert.deepEqual([targets(next), next.path, ollama.requests.length], [['mine/newer:1b'], previous.path, asked])
    writeFileSync(join(cwd, 'sage.yaml'), profile('other'))
    assert.deepEqual(targets(await again(next)), ['other/qwen3:8b'])
    rmSync(join(cwd, 'sage.yaml'))
    await assert.rejects(again(next), { code: 'SAGE1001', message: `${join(cwd, 'sage.yaml')} does not exist` })
  })

  it('keeps a key that came through a pipe', { skip: process.platform === 'win32' }, async (t) => {
    const cwd = folder(t, { 'sage.yaml': KEYED, 'key.txt': 'sk-once' })
    const previous = await load(cwd)
    rmSync(join(cwd, 'key.txt'))
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', join(cwd, 'key.txt')])
    const { providers } = await loadWorkspace(fakeContext([], { cwd, home: cwd }), { previous })
    assert.equal(providers[0]?.keys[0]?.reveal(), 'sk-once')
  })

  it('reads the token that clients must send, and refuses to go without it', async (t) => {
    const cwd = folder(t, { 'sage.yaml': `${HERE}serve: { token: "env:SAGE_TOKEN" }\n` })
    const token = 'a-token-of-sixteen-letters'
    assert.equal((await load(cwd, { SAGE_TOKEN: token })).token?.reveal(), token)
    for (const bad of [undefined, '', ' ', 'abc', token.slice(0, 15)]) {
      const env: Record<string, string> = bad === undefined ? {} : { SAGE_TOKEN: bad }
      await assert.rejects(load(cwd, env), (error) => error instanceof SageError && error.code === 'SAGE4006')
    }
  })
})
