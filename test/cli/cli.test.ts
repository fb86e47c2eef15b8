// The program as a process of its own: streams, exit codes, signals. What commands say is tested with test/commands.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { request } from '../helpers/http.ts'
import { sage, startSage } from '../helpers/sage.ts'

const PROFILE = `version: 1
providers:
  simulated: { kind: demo, models: [small, coder] }
policies:
  auto:
    rules:
      - { name: code, when: { intent: code }, prefer: [simulated/coder] }
`
const cwd = mkdtempSync(join(tmpdir(), 'sage-cli-'))
writeFileSync(join(cwd, 'sage.yaml'), PROFILE)
writeFileSync(join(cwd, 'broken.yaml'), 'version: 1\n')
after(() => rmSync(cwd, { recursive: true, force: true }))

const isWindows = process.platform === 'win32'

describe('sage', () => {
  const codes: [argv: string[], code: number][] = [
    [[], 0],
    [['--version'], 0],
    [['help', 'exit-codes'], 0],
    [['explain', 'fix this bug'], 0],
    [['explain', '--model', 'sage/none', 'x'], 1],
    [['nonsense'], 2],
    [['explain', '--profile', 'broken.yaml', 'x'], 2],
    [['explain', '--request', 'nowhere.json'], 3],
  ]
  for (const [argv, code] of codes) {
    it(`ends with ${code} for "sage ${argv.join(' ')}"`, async () => {
      const result = await sage(...argv)
        .cwd(cwd)
        .run()
      assert.equal(result.code, code, result.stderr)
      const [used, empty] = code < 2 ? [result.stdout, result.stderr] : [result.stderr, result.stdout]
      assert.notEqual(used, '')
      assert.equal(empty, '')
    })
  }

  it('reads standard input', async () => {
    const { code, stdout } = await sage('explain', '-').stdin('please fix this bug').cwd(cwd).run()
    assert.equal(code, 0)
    assert.match(stdout, /^answer +simulated\/coder/)
  })

  it('writes all of a long answer into a pipe', async () => {
    const models = Array.from({ length: 2000 }, (_, at) => `m${at}`).join(', ')
    const path = join(cwd, 'long.yaml')
    writeFileSync(path, `version: 1\nproviders:\n  simulated: { kind: demo, models: [${models}] }\n`)
    const { code, stdout } = await sage('explain', '--profile', path, '--json', 'x').cwd(cwd).run()
    const { decisions } = JSON.parse(stdout) as { decisions: { kept: unknown[] }[] }
    assert.deepEqual([code, decisions[0]?.kept.length], [0, 2000])
    assert.ok(stdout.length > 200_000)
  })

  it('does not mind a reader that has left', async () => {
    const { code, stderr } = await sage('explain', '--json', 'x').cwd(cwd).runWithClosedStdout()
    assert.deepEqual([code, stderr], [0, ''])
  })

  it('fails when its output cannot be written', { skip: !existsSync('/dev/full') && 'needs /dev/full' }, async () => {
    const { code } = await sage('explain', 'x').cwd(cwd).stdoutTo('/dev/full').run()
    assert.equal(code, 3)
  })

  it('has colour when told to, and only then', async () => {
    const plain = await sage('explain', 'x').cwd(cwd).run()
    assert.ok(!plain.stdout.includes('\u001b'))
    const forced = await sage('explain', 'x', '--color').cwd(cwd).run()
    assert.ok(forced.stdout.includes('\u001b['))
  })

  it('never shows a key', async () => {
    const env = { OPENAI_API_KEY: 'sk-very-secret-value', ANTHROPIC_API_KEY: 'sk-ant-secret', SAGE_DEBUG: '1' }
    const folder = join(cwd, 'sage.yaml', '..')
    for (const argv of [
      ['explain', 'x'],
      ['explain', '--json', 'x'],
      ['explain', '--profile', 'broken.yaml', 'x'],
    ]) {
      const { stdout, stderr } = await sage(...argv)
        .cwd(folder)
        .env(env)
        .run()
      assert.doesNotMatch(stdout + stderr, /secret/)
    }
  })
})

describe('sage serve', () => {
  it('answers, and is told where it came from', async (t) => {
    const server = await startSage(['serve', '--port', '0'], { cwd })
    t.after(() => server.stop())
    const body = { model: 'sage/auto', messages: [{ role: 'user', content: 'fix this bug' }] }
    const answer = await request(`${server.url}/v1/chat/completions`, { body })
    assert.deepEqual([answer.status, answer.headers['x-sage-model']], [200, 'simulated/coder'])
    assert.match(server.output.stderr, /profile +sage\.yaml \(working directory\)/)
    assert.equal(server.output.stdout, '')
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`stops in good order at ${signal}`, { skip: isWindows && 'Windows cannot send signals' }, async (t) => {
      const server = await startSage(['serve', '--port', '0'], { cwd })
      t.after(() => server.stop())
      server.signal(signal)
      const { code, stderr } = await server.ended
      assert.equal(code, 0, stderr)
      assert.match(stderr, /stopping/)
    })
  }
})
