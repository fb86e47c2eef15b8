import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { loadWorkspace } from '../../src/commands/load-workspace.ts'
import type { Workspace } from '../../src/commands/load-workspace.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import { entryList, openAiList, routes } from '../helpers/discovery-fakes.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import { refusedUrl } from '../helpers/upstream.ts'
import type { Reply, Upstream } from '../helpers/upstream.ts'
import type { Result } from '../helpers/sage.ts'

const SCHEMAS = join(import.meta.dirname, '..', '..', 'schemas')
const NOBODY = await refusedUrl()
const SEPTEMBER = Date.UTC(2026, 8, 1, 23, 59)
const OCTOBER = Date.UTC(2026, 9, 1)

interface Setup {
  folder: string
  /** Replaces what the two providers answer from now on. */
  answer(models: Reply, tags?: Reply): void
  upstream: Upstream
  lock(): string
  run(...args: string[]): Promise<Result>
  runAt(now: number, ...args: string[]): Promise<Result>
}

const TAGS: Reply = { json: ollamaTags([{ name: 'qwen3:8b', capabilities: ['completion', 'tools'], context: 40_960 }]) }

/** A profile with an OpenAI-compatible provider and an Ollama, both at one fake. */
async function setUp(t: TestContext, more: string = ''): Promise<Setup> {
  const folder = mkdtempSync(join(tmpdir(), 'sage-discover-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  let [models, tags]: [Reply, Reply] = [openAiList(['b', 'a']), TAGS]
  const upstream = await openUpstream(
    routes({
      'GET /v1/models': () => models,
      'GET /api/tags': () => tags,
      'GET /api/ps': () => ({ json: { models: [] } }),
    }),
  )
  const { url } = upstream
  const yaml = `version: 1
providers:
  far: { kind: openai-compatible, base_url: "${url}/v1" }
  mine: { kind: ollama, base_url: "${url}" }
${more}`
  writeFileSync(join(folder, 'sage.yaml'), yaml)
  const options = { cwd: folder, home: folder, env: { OLLAMA_HOST: NOBODY } }
  return {
    folder,
    upstream,
    answer: (list, ollama = TAGS) => ([models, tags] = [list, ollama]),
    lock: () => readFileSync(join(folder, 'sage.lock.yaml'), 'utf8'),
    run: (...args) => runCli(['discover', ...args], { ...options, now: () => SEPTEMBER }),
    runAt: (now, ...args) => runCli(['discover', ...args], { ...options, now: () => now }),
  }
}

function load(folder: string): Promise<Workspace> {
  return loadWorkspace(fakeContext([], { cwd: folder, home: folder, env: { OLLAMA_HOST: NOBODY } }))
}

function schema(name: string): object {
  return JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')) as object
}

function ajv(): Ajv2020 {
  const made = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true })
  made.addKeyword({ keyword: 'patternErrorMessage', schemaType: 'string' })
  return made
}

describe('sage discover', () => {
  it('writes a lock that its schema accepts', async (t) => {
    const { run, lock, folder } = await setUp(t)
    const { code, stdout, stderr } = await run()
    assert.deepEqual([code, stderr], [0, ''])
    assert.equal(stdout, 'far   2 models\nmine  1 model\nwrote sage.lock.yaml: 2 providers new, 3 models new\n')
    assert.ok(ajv().validate(schema('lock.schema.json'), parse(lock())))
    assert.deepEqual(readdirSync(folder).toSorted(), ['sage.lock.yaml', 'sage.yaml'])
  })

  it('writes nothing a second time, and keeps the dates of what stays', async (t) => {
    const { run, runAt, lock, answer } = await setUp(t)
    await run()
    const first = lock()
    const again = await runAt(OCTOBER)
    assert.match(again.stdout, /sage\.lock\.yaml is up to date\n$/)
    assert.equal(lock(), first)
    answer(entryList({ id: 'a', context_length: 8192 }, { id: 'c' }))
    assert.match((await runAt(OCTOBER)).stdout, /wrote sage\.lock\.yaml: 1 model new, 1 model gone, 1 fact changed\n$/)
    const { a, c } = (parse(lock()) as Lock).providers['far']?.models ?? {}
    assert.deepEqual([a?.since, a?.context?.date, c?.since], ['2026-09-01', '2026-10-01', '2026-10-01'])
  })

  it('keeps what it knew of a provider that does not answer, and says so', async (t) => {
    const { run, lock, answer } = await setUp(t)
    await run()
    const first = lock()
    answer({ status: 500, json: {} })
    const { code, stderr } = await run()
    assert.equal(code, 0)
    assert.equal(stderr, 'warning: provider far did not answer: HTTP 500 for /v1/models; what was known of it stays\n')
    assert.equal(lock(), first)
  })

  it('fails when nobody answers', async (t) => {
    const { run, upstream, folder } = await setUp(t)
    await upstream.close()
    const { code, stderr, stdout } = await run()
    assert.deepEqual([code, stdout], [3, ''])
    assert.match(
      stderr,
      /^error: no provider gave its models; provider far did not answer: not reachable \(ECONNREFUSED\)/,
    )
    assert.deepEqual(readdirSync(folder), ['sage.yaml'])
  })

  it('asks nobody without its key, but the public list of Ollama cloud', async (t) => {
    const { run, upstream } = await setUp(t)
    const more = `  keyed: { kind: openai-compatible, base_url: "${upstream.url}/k", key: env:NONE }
  cloud: { kind: ollama-cloud, base_url: "${upstream.url}", local: false }\n`
    const other = await setUp(t, more)
    const { stderr, stdout } = await other.run()
    assert.match(stderr, /^warning: provider keyed was not asked: environment variable NONE is not set\n$/)
    assert.match(stdout, /^cloud +1 model$/m)
    assert.equal((await run()).stderr, '')
    assert.ok(!upstream.requests.some(({ path }) => path.startsWith('/k')))
  })

  it('checks without writing: exit code 1 and the difference when reality is another', async (t) => {
    const { run, answer, lock } = await setUp(t)
    assert.equal((await run('--check')).code, 1)
    await run()
    const first = lock()
    assert.equal((await run('--check')).code, 0)
    answer(openAiList(['a']))
    const { code, stdout } = await run('--check')
    assert.equal(code, 1)
    assert.match(stdout, /^--- sage\.lock\.yaml$/m)
    assert.match(stdout, /^- {6}b:$/m)
    assert.match(stdout, /is out of date: 1 model gone\n$/)
    assert.equal(lock(), first)
  })

  it('shows the difference with --dry-run, coloured on a terminal', async (t) => {
    const { run, folder } = await setUp(t)
    const { code, stdout } = await run('--dry-run')
    assert.equal(code, 0)
    assert.match(stdout, /^\+ {6}qwen3:8b:$/m)
    assert.deepEqual(readdirSync(folder), ['sage.yaml'])
    assert.ok((await run('--dry-run', '--color')).stdout.includes('\u001b[32m+version: 1\u001b[39m'))
  })

  it('asks only the providers that are named', async (t) => {
    const { run, lock, upstream } = await setUp(t)
    await run('--provider', 'mine')
    assert.deepEqual(Object.keys((parse(lock()) as Lock).providers), ['mine'])
    assert.ok(!upstream.requests.some(({ path }) => path === '/v1/models'))
    await run('--provider', 'far')
    assert.deepEqual(Object.keys((parse(lock()) as Lock).providers), ['far', 'mine'])
    const { code, stderr } = await run('--provider', 'mime')
    assert.equal(code, 2)
    assert.match(stderr, /no provider called mime\nhint: did you mean "mine"\?/)
  })

  it('has JSON that its schema accepts', async (t) => {
    const { run, answer } = await setUp(t)
    const validate = ajv().compile(schema('discover.schema.json'))
    const check = async (...args: string[]): Promise<Record<string, unknown>> => {
      const { stdout } = await run('--json', ...args)
      const document = JSON.parse(stdout) as Record<string, unknown>
      assert.ok(validate(document), JSON.stringify(validate.errors))
      return document
    }
    assert.equal((await check('--dry-run'))['written'], false)
    const first = await check()
    assert.deepEqual([first['lock'], first['changed'], first['written']], ['sage.lock.yaml', true, true])
    answer(
      { status: 500, json: {} },
      { json: ollamaTags([{ name: 'qwen3:8b', capabilities: ['completion'], context: 1 }]) },
    )
    const second = await check('--check')
    assert.deepEqual(second['changes'], [
      {
        change: 'fact',
        provider: 'mine',
        model: 'qwen3:8b',
        fact: 'capabilities',
        before: { tools: true, vision: false, json: true, thinking: false, documents: false },
        after: { tools: false, vision: false, json: true, thinking: false, documents: false },
      },
      { change: 'fact', provider: 'mine', model: 'qwen3:8b', fact: 'context', before: 40_960, after: 1 },
    ])
  })

  it('writes a lock with a merge conflict anew', async (t) => {
    const { run, lock, folder } = await setUp(t)
    await run()
    const sound = lock()
    writeFileSync(join(folder, 'sage.lock.yaml'), `<<<<<<< HEAD\n${sound}=======\n${sound}>>>>>>> other\n`)
    const { code, stderr } = await run()
    assert.equal(code, 0)
    assert.match(stderr, /^warning: sage\.lock\.yaml:\d+: .*; it counts as empty, and all dates begin anew\n$/)
    assert.equal(lock(), sound)
  })

  it('shows what it found without a profile, and says why it writes nothing', async (t) => {
    const { upstream, folder } = await setUp(t)
    rmSync(join(folder, 'sage.yaml'))
    const options = { cwd: folder, home: folder, env: { OLLAMA_HOST: upstream.url } }
    const { code, stdout, stderr } = await runCli(['discover'], options)
    assert.equal(code, 0)
    assert.match(stdout, /^ollama {2}1 model$/m)
    assert.match(stderr, /nothing was written: there is no profile/)
    assert.deepEqual(readdirSync(folder), [])
  })

  it('cannot be made to steer a terminal', async (t) => {
    const { run, answer } = await setUp(t)
    answer(openAiList(['evil\u001b[2Jname', 'bidi\u202ename']))
    const { stdout } = await run('--dry-run')
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(stdout, /[\u001b\u202e]/)
    assert.match(stdout, /bidi/)
  })

  it('says how far it is, on a terminal only', async (t) => {
    const { folder } = await setUp(t)
    const options = { cwd: folder, home: folder, now: () => SEPTEMBER }
    assert.equal((await runCli(['discover', '--dry-run'], options)).stderr, '')
    const { stderr } = await runCli(['discover', '--dry-run', '--no-color'], { ...options, colorDepth: 8 })
    assert.match(stderr, /asking providers for their models: 1 of 2/)
    assert.ok(stderr.endsWith('\r\u001b[2K'))
  })
})

interface Lock {
  providers: Record<string, { models: Record<string, { since: string; context?: { date: string } }> }>
}

describe('a lock', () => {
  it('is what serve and explain go by: nobody is called', async (t) => {
    const { run, folder, upstream } = await setUp(t)
    await run()
    await upstream.close()
    const { catalog, warnings } = await load(folder)
    assert.deepEqual([...catalog.byTarget.keys()], ['far/a', 'far/b', 'mine/qwen3:8b'])
    assert.deepEqual(catalog.byTarget.get('mine/qwen3:8b')?.context, 40_960)
    assert.deepEqual(warnings, [])
  })

  it('stands below the profile and above the built-in table', async (t) => {
    const { run, folder, answer, upstream } = await setUp(t)
    answer(entryList({ id: 'gpt-5', context_length: 1234 }, { id: 'claude-sonnet-4-5', context_length: 1234 }))
    await run()
    const yaml = readFileSync(join(folder, 'sage.yaml'), 'utf8')
    const listed = `"${upstream.url}/v1", models: { gpt-5: { context: 99 }, claude-sonnet-4-5: {} }`
    writeFileSync(join(folder, 'sage.yaml'), yaml.replace(`"${upstream.url}/v1"`, listed))
    const { byTarget } = (await load(folder)).catalog
    assert.deepEqual([byTarget.get('far/gpt-5')?.context, byTarget.get('far/claude-sonnet-4-5')?.context], [99, 1234])
    assert.ok((byTarget.get('far/gpt-5')?.output ?? 0) > 0, 'the table still knows the rest')
  })

  it('does not count for a provider that has moved', async (t) => {
    const { run, folder } = await setUp(t)
    await run()
    const yaml = readFileSync(join(folder, 'sage.yaml'), 'utf8')
    writeFileSync(join(folder, 'sage.yaml'), yaml.replace(/mine: .*/, `mine: { kind: ollama, base_url: "${NOBODY}" }`))
    const { catalog, warnings } = await load(folder)
    assert.deepEqual([...catalog.byTarget.keys()], ['far/a', 'far/b'])
    assert.match(warnings.join('\n'), /provider mine has moved since it was locked; run sage discover/)
  })

  it('cannot make a remote provider local', async (t) => {
    const { run, folder, upstream } = await setUp(t)
    await run()
    const yaml = readFileSync(join(folder, 'sage.yaml'), 'utf8')
    writeFileSync(join(folder, 'sage.yaml'), yaml.replace(`"${upstream.url}/v1"`, `"${upstream.url}/v1", local: false`))
    assert.equal((await load(folder)).catalog.byTarget.get('far/a')?.local, false)
  })

  it('that is not sound stops serve and explain', async (t) => {
    const { folder } = await setUp(t)
    writeFileSync(join(folder, 'sage.lock.yaml'), 'version: 7\n')
    const { code, stderr } = await runCli(['explain', 'hi'], { cwd: folder, home: folder })
    assert.equal(code, 2)
    assert.match(stderr, /^error: sage\.lock\.yaml: .*\nhint: write it anew with `sage discover`, or remove it\n$/)
  })
})
