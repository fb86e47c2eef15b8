// Files that change under a running `sage serve`.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { runServe } from '../../src/commands/serve.ts'
import type { ServeOptions } from '../../src/commands/serve.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import type { FakeContext } from '../helpers/context.ts'
import { request } from '../helpers/http.ts'
import { chatCompletion } from '../helpers/openai-chat-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import { until } from '../helpers/until.ts'

interface Bench {
  folder: string
  context: FakeContext
  url: string
  /** Writes a file of the folder. */
  write(text: string, name?: string): void
  /** A profile whose provider answers with this text. */
  profile(text: string, extra?: string): Promise<string>
  healthz(): Promise<Record<string, unknown>>
  answer(headers?: Record<string, string>): Promise<string>
  /** Lines of the log of this type. */
  lines(type: string): string[]
}

const BODY = { model: 'auto', messages: [{ role: 'user', content: 'hello' }] }

async function start(t: TestContext, options: ServeOptions & { extra?: string; env?: Record<string, string> } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sage-reload-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  const { extra = '', env = {}, ...given } = options
  const write: Bench['write'] = (text, name = 'sage.yaml') => writeFileSync(join(folder, name), text)
  const profile: Bench['profile'] = async (text, more = extra) => {
    const upstream = await openUpstream(({ headers }) => ({
      json: chatCompletion({ model: 'm', text: `${text} ${headers.authorization ?? ''}` }),
    }))
    return [
      'version: 1',
      'providers:',
      `  mine: { kind: openai-compatible, base_url: "${upstream.url}/v1", models: [m], local: true${more === '' ? '' : `, ${more}`} }`,
      '',
    ].join('\n')
  }
  write(await profile('first'))
  const context = fakeContext([], { cwd: folder, home: folder, env })
  const running = runServe(context, { port: 0, state: false, ...given })
  t.after(async () => {
    context.send('SIGTERM')
    assert.equal(await running, 0)
  })
  const url = await until(() => /listening on (\S+)\n/.exec(context.err())?.[1], running)
  const bench: Bench = {
    folder,
    context,
    url,
    write,
    profile,
    healthz: async () => (await request(`${url}/healthz`)).json() as Record<string, unknown>,
    answer: async (headers = {}) => (await request(`${url}/v1/chat/completions`, { body: BODY, headers })).text,
    lines: (type) =>
      context
        .err()
        .split('\n')
        .filter((line) => line.includes(` ${type} `)),
  }
  return bench
}

/** Resolves when so many lines of the type are in the log. */
async function told({ lines, context }: Bench, type: string, count: number = 1): Promise<string[]> {
  try {
    return await until(() => (lines(type).length >= count ? lines(type) : undefined))
  } catch {
    return assert.fail(`${type} was not told ${count} times:\n${context.err()}`)
  }
}

describe('sage serve and files that change', () => {
  it('serves a profile that was written over, and one that was moved into its place', async (t) => {
    const bench = await start(t)
    assert.match(await bench.answer(), /first/)
    bench.write(await bench.profile('second'))
    assert.match((await told(bench, 'reloaded'))[0] ?? '', /profile=sage.yaml policies=1 models=1$/)
    assert.match(await bench.answer(), /second/)
    bench.write(await bench.profile('third'), 'new.yaml')
    renameSync(join(bench.folder, 'new.yaml'), join(bench.folder, 'sage.yaml'))
    await told(bench, 'reloaded', 2)
    assert.match(await bench.answer(), /third/)
    assert.equal((await bench.healthz())['status'], 'ok')
  })

  it('serves on what was good, says once what is wrong, and recovers', async (t) => {
    const bench = await start(t)
    const broken = 'version: 1\nproviders: { mine: { kind: nonsense } }\n'
    bench.write(broken)
    const [line] = await told(bench, 'reload_failed')
    assert.match(line ?? '', /file=sage.yaml code=SAGE1014 message="sage.yaml:2:\d+: /)
    const body = await bench.healthz()
    assert.equal(body['status'], 'degraded')
    assert.deepEqual(Object.keys(body['problem'] as object), ['file', 'code', 'message'])
    assert.match(await bench.answer(), /first/)
    // The same mistake in another text is no news.
    bench.write(`${broken}# again\n`)
    bench.context.hangUp()
    rmSync(join(bench.folder, 'sage.yaml'))
    assert.match((await told(bench, 'reload_failed', 2))[1] ?? '', /code=SAGE1001/)
    bench.write(await bench.profile('mended'))
    await told(bench, 'reloaded')
    assert.equal((await bench.healthz())['status'], 'ok')
    assert.match(await bench.answer(), /mended/)
    assert.equal(bench.lines('reload_failed').length, 2)
  })

  const variants: [name: string, code: RegExp, make: (path: string, good: string) => void][] = [
    ['half-written', /SAGE10\d\d/, (path, good) => writeFileSync(path, good.slice(0, good.length / 2))],
    ['empty', /SAGE1013/, (path) => writeFileSync(path, '')],
    ['binary', /SAGE1002/, (path) => writeFileSync(path, Buffer.from([0x76, 0, 1, 2]))],
    ['larger than 1 MiB', /SAGE1003/, (path) => writeFileSync(path, `# ${'x'.repeat(1_100_000)}`)],
    ['nested 100,000 deep', /SAGE1003/, (path) => writeFileSync(path, `a: ${'['.repeat(100_000)}`)],
    [
      'a folder',
      /SAGE1002/,
      (path) => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
    [
      'a link that leads nowhere',
      /SAGE1001/,
      (path) => {
        rmSync(path)
        symlinkSync('nowhere.yaml', path)
      },
    ],
  ]
  for (const [name, code, make] of variants) {
    it(`serves on what was good when the profile is ${name}`, async (t) => {
      const bench = await start(t)
      make(join(bench.folder, 'sage.yaml'), await bench.profile('second'))
      const [line] = await told(bench, 'reload_failed')
      assert.match(line ?? '', code)
      assert.equal((await bench.healthz())['status'], 'degraded')
      assert.match(await bench.answer(), /first/)
      assert.equal(bench.lines('reload_failed').length, 1)
    })
  }

  it('shows nothing of a key that somebody wrote into the profile', async (t) => {
    const bench = await start(t)
    const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'
    bench.write((await bench.profile('second', `key: ${secret}`)).replace('local: true', 'local: maybe'))
    await told(bench, 'reload_failed')
    bench.write(`version: 1\nproviders: { a: { kind: openai, key: "${secret} } }\n`)
    await told(bench, 'reload_failed', 2)
    const shown = JSON.stringify(await bench.healthz()) + bench.context.err() + bench.context.out()
    assert.ok(!shown.includes(secret.slice(0, 16)), shown)
  })

  it('follows a link to another file, and changes of the file that it leads to', async (t) => {
    const bench = await start(t)
    mkdirSync(join(bench.folder, 'real'))
    bench.write(await bench.profile('linked'), join('real', 'one.yaml'))
    rmSync(join(bench.folder, 'sage.yaml'))
    symlinkSync(join('real', 'one.yaml'), join(bench.folder, 'sage.yaml'))
    await told(bench, 'reloaded')
    assert.match(await bench.answer(), /linked/)
    bench.write(await bench.profile('behind the link'), join('real', 'one.yaml'))
    await told(bench, 'reloaded', 2)
    assert.match(await bench.answer(), /behind the link/)
  })

  it('takes keys that were rotated in their files, .env among them', async (t) => {
    const bench = await start(t, { env: { SAGE: 'kept' } })
    bench.write('KEY=from-dotenv-1\n', '.env')
    bench.write('from-a-file-1\n', 'key')
    bench.write(await bench.profile('by file', 'key: file:key'))
    await told(bench, 'reloaded')
    assert.match(await bench.answer(), /by file Bearer from-a-file-1/)
    bench.write('from-a-file-2\n', 'key')
    await told(bench, 'reloaded', 2)
    assert.match(await bench.answer(), /by file Bearer from-a-file-2/)
    bench.write(await bench.profile('by name', 'key: env:KEY'))
    await told(bench, 'reloaded', 3)
    assert.match(await bench.answer(), /by name Bearer from-dotenv-1/)
    bench.write('KEY=from-dotenv-2\n', '.env')
    await told(bench, 'reloaded', 4)
    assert.match(await bench.answer(), /by name Bearer from-dotenv-2/)
  })

  it('takes another token, but another port only after a restart', async (t) => {
    const bench = await start(t)
    bench.write('a-token-of-24-characters', 'token')
    bench.write(`${await bench.profile('second')}serve: { token: "file:token", port: 8123, host: 127.0.0.2 }\n`)
    await told(bench, 'restart_needed')
    assert.match(await bench.answer(), /unauthorized|token/)
    const headers = { authorization: 'Bearer a-token-of-24-characters' }
    assert.match(await bench.answer(headers), /second/)
    const health = (await request(`${bench.url}/healthz`, { headers })).json() as Record<string, unknown>
    // The port came from the command line: no profile changes it.
    assert.deepEqual([health['status'], health['restart_for']], ['ok', ['serve.host']])
  })

  it('refuses a profile that breaks its own cases, and takes it once they hold', async (t) => {
    const bench = await start(t)
    const cases = 'cases:\n  - { id: greeting, prompt: hello, expect: { model: other } }\n'
    bench.write(cases, 'mine.cases.yaml')
    bench.write(`${await bench.profile('second')}serve: { cases: mine.cases.yaml }\n`)
    const [line] = await told(bench, 'reload_failed')
    assert.match(
      line ?? '',
      /code=SAGE2005 message="mine.cases.yaml:2: case greeting: expected model other, it was mine\/m"/,
    )
    assert.match(await bench.answer(), /first/)
    bench.write(cases.replace('other', 'mine/m'), 'mine.cases.yaml')
    await told(bench, 'reloaded')
    assert.match(await bench.answer(), /second/)
    bench.write('cases: [ { id: x, prompts: 1 } ]', 'mine.cases.yaml')
    assert.match((await told(bench, 'reload_failed', 2))[1] ?? '', /SAGE2002/)
    rmSync(join(bench.folder, 'mine.cases.yaml'))
    assert.match((await told(bench, 'reload_failed', 3))[2] ?? '', /SAGE4004/)
  })

  it('reloads at SIGHUP, changed or not', async (t) => {
    const bench = await start(t)
    bench.context.hangUp()
    await told(bench, 'reloaded')
  })

  for (const [what, options] of [
    ['--no-reload', { reload: false }],
    ['serve: { reload: false }', {}],
  ] as const) {
    it(`takes nothing with ${what}`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'sage-reload-'))
      t.after(() => rmSync(folder, { recursive: true, force: true }))
      const serve = options.reload === undefined ? 'serve: { reload: false }\n' : ''
      const text = `version: 1\n${serve}providers: { mine: { kind: demo, models: [m] } }\n`
      writeFileSync(join(folder, 'sage.yaml'), text)
      const context = fakeContext([], { cwd: folder, home: folder })
      const running = runServe(context, { port: 0, state: false, ...options })
      const url = await until(() => /listening on (\S+)\n/.exec(context.err())?.[1], running)
      writeFileSync(join(folder, 'sage.yaml'), 'nonsense')
      context.hangUp()
      await new Promise((resolve) => setTimeout(resolve, 500))
      assert.equal(((await request(`${url}/healthz`)).json() as Record<string, unknown>)['status'], 'ok')
      assert.doesNotMatch(context.err(), /reload/)
      context.send('SIGTERM')
      await running
    })
  }

  it('does not start with a profile that breaks its own cases: exit code 2, and the case is named', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'sage-reload-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const serve = 'serve: { cases: sage.cases.yaml }'
    writeFileSync(join(folder, 'sage.yaml'), `version: 1\n${serve}\nproviders: { mine: { kind: demo, models: [m] } }\n`)
    writeFileSync(join(folder, 'sage.cases.yaml'), 'cases: [ { id: one, prompt: hi, expect: { rule: none } } ]\n')
    const { code, stderr } = await runCli(['serve', '--port', '0'], { cwd: folder, home: folder })
    assert.equal(code, 2)
    assert.match(stderr, /sage.cases.yaml:1: case one: expected rule none, it was /)
  })
})
