import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { planPulls } from '../../src/commands/discover-pull-plan.ts'
import { bytes } from '../../src/commands/discover-pull-progress.ts'
import { runPull } from '../../src/commands/discover-pull.ts'
import type { PullCommandOptions, PullEffects } from '../../src/commands/discover-pull.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import type { FakeContext, FakeOptions } from '../helpers/context.ts'
import { pullHandler, pullLines, routes } from '../helpers/discovery-fakes.ts'
import type { FakePull } from '../helpers/discovery-fakes.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import { refusedUrl } from '../helpers/upstream.ts'
import type { Upstream } from '../helpers/upstream.ts'

const DONE: FakePull = { tries: [pullLines(100)] }
const SIGN_IN = 'https://ollama.com/connect?name=here&key=abc'
const UNAUTHORIZED: FakePull = { status: 401, tries: [[{ error: 'unauthorized', signin_url: SIGN_IN }]] }

interface Setup {
  folder: string
  mine: Upstream
  cloud: Upstream
  /** Models that the runtime was asked to pull. */
  pulled(): unknown[]
}

async function setUp(t: TestContext, pulls: Record<string, FakePull>): Promise<Setup> {
  const folder = mkdtempSync(join(tmpdir(), 'sage-pull-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const mine = await openUpstream(
    routes({
      'GET /api/tags': () => ({
        json: ollamaTags([{ name: 'qwen3:8b' }, { name: 'glm-5:cloud', remoteModel: 'glm-5' }]),
      }),
      'POST /api/pull': pullHandler(pulls),
    }),
  )
  const hosted = ['gpt-oss:120b', 'kimi-k2.6', 'glm-5', 'qwen3-coder:480b'].map((name) => ({
    name,
    capabilities: ['completion'],
    context: 9,
  }))
  const cloud = await openUpstream(routes({ 'GET /api/tags': () => ({ json: ollamaTags(hosted) }) }))
  writeFileSync(
    join(folder, 'sage.yaml'),
    `version: 1
providers:
  mine: { kind: ollama, base_url: "${mine.url}" }
  hosted: { kind: ollama-cloud, base_url: "${cloud.url}", local: false }
`,
  )
  const pulled = (): unknown[] =>
    mine.requests.filter(({ path }) => path === '/api/pull').map(({ json }) => json['model'])
  return { folder, mine, cloud, pulled }
}

const NEVER_ASK: PullEffects = { ask: () => Promise.reject(new Error('it asked')), pauseMs: () => 1 }

async function run(
  folder: string,
  options: PullCommandOptions,
  effects: PullEffects = NEVER_ASK,
  more: FakeOptions = {},
): Promise<{ code: number; context: FakeContext }> {
  const context = fakeContext([], { cwd: folder, home: folder, ...more })
  return { code: await runPull(context, options, effects), context }
}

describe('planPulls', () => {
  const hosted = { provider: 'hosted', names: ['gpt-oss:120b', 'kimi-k2.6', 'glm-5', 'qwen3-coder:480b'] }
  const installed = ['glm-5:cloud', 'qwen3:8b', 'llama3:latest', 'gpt-oss:120b']
  const names = (...wanted: string[]): [string[], string[]] => {
    const { pulls, skipped } = planPulls({ wanted, hosted, installed })
    return [pulls.map(({ model }) => model), skipped.map(({ model }) => model)]
  }

  it('takes every cloud model by its local name, but for those that are there', () => {
    assert.deepEqual(names(), [['gpt-oss:120b-cloud', 'kimi-k2.6:cloud', 'qwen3-coder:480b-cloud'], ['glm-5:cloud']])
  })

  it('takes patterns over both spellings', () => {
    assert.deepEqual(names('*:120b-cloud'), [['gpt-oss:120b-cloud'], []])
    assert.deepEqual(names('kimi*', 'glm*'), [['kimi-k2.6:cloud'], ['glm-5:cloud']])
    assert.deepEqual(names('QWEN*:480b'), [['qwen3-coder:480b-cloud'], []])
    assert.deepEqual(names('none*'), [[], []])
  })

  it('takes plain names at their word', () => {
    assert.deepEqual(names('gpt-oss:20b', 'gpt-oss:20b', 'llama3'), [['gpt-oss:20b', 'llama3'], []])
    assert.match(planPulls({ wanted: ['llama3'], installed }).pulls[0]?.why ?? '', /there already/)
  })
})

describe('sage discover --pull', () => {
  it('asks before it pulls, with the list, and does nothing without a yes', async (t) => {
    const { folder, pulled } = await setUp(t, {})
    const questions: string[] = []
    const ask = (answer: boolean | undefined): PullEffects => ({
      ask: (question) => (questions.push(question), Promise.resolve(answer)),
    })
    const terminal = { colorDepth: 8 }
    const { code, context } = await run(folder, { pull: true }, ask(false), terminal)
    assert.equal(code, 1)
    assert.match(questions[0] ?? '', /^Pull these 3 models into Ollama at http:\/\/127\.0\.0\.1:\d+\?$/)
    assert.match(context.err(), /^ {2}kimi-k2\.6:cloud {2}\(cloud model of hosted, not there yet\)$/m)
    assert.equal((await run(folder, { pull: true }, ask(undefined), terminal)).code, 130)
    assert.deepEqual(pulled(), [])
  })

  it('needs --yes where nobody can be asked', async (t) => {
    const { folder, pulled } = await setUp(t, {})
    const { code, stderr } = await runCli(['discover', '--pull'], { cwd: folder, home: folder, input: '' })
    assert.equal(code, 2)
    assert.match(stderr, /there is no terminal to ask on\nhint: say yes with --yes\n$/)
    assert.deepEqual(pulled(), [])
  })

  it('pulls with --yes, and says what was done', async (t) => {
    const all = { 'gpt-oss:120b-cloud': DONE, 'kimi-k2.6:cloud': DONE, 'qwen3-coder:480b-cloud': DONE }
    const { folder, pulled } = await setUp(t, all)
    const { code, stdout, stderr } = await runCli(['discover', '--pull', '--yes'], {
      cwd: folder,
      home: folder,
      input: '',
    })
    assert.equal(code, 0, stderr)
    assert.equal(
      stdout,
      'pulled gpt-oss:120b-cloud\npulled kimi-k2.6:cloud\npulled qwen3-coder:480b-cloud\nnot glm-5:cloud: there already\n',
    )
    assert.deepEqual(new Set(pulled()), new Set(Object.keys(all)))
    assert.match(stderr, /^kimi-k2\.6:cloud: pulling$/m)
  })

  it('lists what it would pull, and why, with --dry-run', async (t) => {
    const { folder, pulled } = await setUp(t, {})
    const options = { cwd: folder, home: folder, input: '' }
    const { code, stdout } = await runCli(['discover', '--pull', 'gpt*', 'tiny:1b', '--dry-run'], options)
    assert.equal(code, 0)
    assert.equal(
      stdout,
      'would pull tiny:1b: named\nwould pull gpt-oss:120b-cloud: cloud model of hosted, not there yet\n',
    )
    assert.deepEqual(pulled(), [])
  })

  it('gives the link to sign in, and does not try the other cloud models in vain', async (t) => {
    const refused = { 'gpt-oss:120b-cloud': UNAUTHORIZED, 'kimi-k2.6:cloud': UNAUTHORIZED }
    const { folder } = await setUp(t, { ...refused, 'qwen3-coder:480b-cloud': UNAUTHORIZED })
    const { code, context } = await run(folder, { pull: true, yes: true })
    assert.equal(code, 1)
    assert.ok(context.out().includes(`failed kimi-k2.6:cloud: this Ollama is not signed in: open ${SIGN_IN}\n`))
  })

  it('explains each failure, and goes on with the others', async (t) => {
    const retired: FakePull = { status: 410, tries: [[{ error: 'kimi-k2.6 was retired at 2026-07-15' }]] }
    const due: FakePull = { status: 403, tries: [[{ error: 'payment is past due' }]] }
    const { folder } = await setUp(t, { a: retired, b: due, c: DONE })
    const { code, context } = await run(folder, { pull: ['a', 'b', 'c', 'd'], yes: true })
    assert.equal(code, 1)
    assert.equal(
      context.out(),
      [
        'failed a: there is no such model, or it has been retired: kimi-k2.6 was retired at 2026-07-15',
        'failed b: the account does not allow it (plan, usage or payment): payment is past due',
        'pulled c',
        'failed d: there is no such model, or it has been retired: pull model manifest: file does not exist',
        '',
      ].join('\n'),
    )
  })

  it('stops on Ctrl-C: hangs up, says what is done and what is not, exit code 130', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'sage-pull-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const upstream = await openUpstream((request) => {
      if (request.path === '/api/tags') return { json: ollamaTags([]) }
      if (request.json['model'] === 'quick') return { ndjson: pullLines(100).map((line) => JSON.stringify(line)) }
      return { fault: 'stall-after', chunks: [`${JSON.stringify(pullLines(40)[1])}\n`] }
    })
    const options = { cwd: folder, home: folder, env: { OLLAMA_HOST: upstream.url } }
    const context = fakeContext([], options)
    const running = runPull(context, { pull: ['quick', 'slow', 'slower', 'late'], yes: true }, NEVER_ASK)
    while (!context.err().includes('quick: pulled')) await new Promise((resolve) => setTimeout(resolve, 5))
    context.send('SIGINT')
    assert.equal(await running, 130)
    await upstream.untilAborted(2)
    const lines = context.out().trimEnd().split('\n')
    assert.equal(lines[0], 'pulled quick')
    assert.deepEqual(
      lines.slice(1).map((line) => line.split(';')[0]),
      ['slow', 'slower', 'late'].map((name) => `stopped before the end of ${name}`),
    )
  })

  it('shows bars on a terminal, with nothing in them that steers it', async (t) => {
    const { folder } = await setUp(t, { 'evil\u001b[31m': DONE })
    let clock = 0
    const more = { colorDepth: 8, mono: () => (clock += 100) }
    const { code, context } = await run(folder, { pull: ['evil\u001b[31m'], yes: true }, NEVER_ASK, more)
    assert.equal(code, 0)
    assert.match(context.err(), /evil .*100%/)
    assert.ok(!context.err().includes('\u001b[31m'))
  })

  it('has JSON that its schema accepts', async (t) => {
    const { folder } = await setUp(t, { 'gpt-oss:120b-cloud': DONE, 'kimi-k2.6:cloud': UNAUTHORIZED })
    const { context } = await run(folder, { pull: ['gpt*', 'kimi-k2.6:cloud', 'glm*'], yes: true, json: true })
    const schema = readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'discover-pull.schema.json'), 'utf8')
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(schema) as object)
    assert.ok(validate(JSON.parse(context.out())), JSON.stringify(validate.errors))
    const { version, pulls, skipped } = JSON.parse(context.out()) as {
      version: number
      pulls: { model: string; status: string; sign_in_url?: string }[]
      skipped: object[]
    }
    assert.deepEqual([version, skipped], [1, [{ model: 'glm-5:cloud', why: 'there already' }]])
    assert.deepEqual(
      pulls.map((each) => [each.model, each.status, each.sign_in_url]),
      [
        ['kimi-k2.6:cloud', 'failed', SIGN_IN],
        ['gpt-oss:120b-cloud', 'pulled', undefined],
      ],
    )
  })

  const mistakes: [what: string, yaml: string, args: string[], code: number, message: RegExp][] = [
    ['no list of cloud models', '  o: { kind: ollama, base_url: "URL" }', [], 2, /no provider of kind ollama-cloud/],
    [
      'two runtimes',
      '  o: { kind: ollama, base_url: "URL" }\n  p: { kind: ollama, base_url: "URL" }',
      ['m'],
      2,
      /several Ollama servers could pull: o, p/,
    ],
    ['a runtime that is silent', '  o: { kind: ollama, base_url: "NOBODY" }', ['m'], 3, /provider o did not answer/],
    [
      'a runtime that is none',
      '  o: { kind: ollama, base_url: "URL" }',
      ['m', '--provider', 'x'],
      2,
      /no Ollama server of the profile is called x/,
    ],
  ]
  for (const [what, yaml, args, expected, message] of mistakes) {
    it(`says that there is ${what}`, async (t) => {
      const { folder, mine } = await setUp(t, {})
      const text = yaml.replaceAll('URL', mine.url).replace('NOBODY', await refusedUrl())
      writeFileSync(join(folder, 'sage.yaml'), `version: 1\nproviders:\n${text}\n`)
      const { code, stderr } = await runCli(['discover', '--yes', '--pull', ...args], { cwd: folder, home: folder })
      assert.equal(code, expected, stderr)
      assert.match(stderr, message)
    })
  }
})

describe('bytes', () => {
  const cases: [number, string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_999, '1.0 MB'],
    [1_500_000_000, '1.5 GB'],
    [123_456_789, '123 MB'],
  ]
  for (const [number, text] of cases) it(`shows ${number} as ${text}`, () => assert.equal(bytes(number), text))
})
