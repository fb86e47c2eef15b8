import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ExplainDocument } from '../../src/explain/json.ts'
import type { FakeOptions } from '../helpers/context.ts'
import { runCli } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const SCHEMA = join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
const KEYS = { CLOUD_KEY: 'k1', CLAUDE_KEY: 'k2' }
const folder = mkdtempSync(join(tmpdir(), 'sage-cases-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function explain(argv: readonly string[], options: FakeOptions = {}): Promise<Result> {
  return runCli(['explain', '--profile', join(FIXTURES, 'sage.yaml'), ...argv], { cwd: folder, env: KEYS, ...options })
}

function file(name: string, ...content: unknown[]): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join(''))
  return name
}

async function decide(argv: readonly string[], options?: FakeOptions): Promise<[ExplainDocument, number | null]> {
  const { code, stdout, stderr } = await explain([...argv, '--format', 'json'], options)
  assert.equal(stderr, '')
  const document = JSON.parse(stdout) as ExplainDocument
  assert.ok(validate(document), JSON.stringify(validate.errors))
  return [document, code]
}

const USER = [{ role: 'user', content: 'fix the failing test' }]
const TOOL = { type: 'function', function: { name: 'run', parameters: { type: 'object' } } }
const CLAUDE_TOOL = { name: 'run', input_schema: { type: 'object' } }

describe('sage explain --cases', () => {
  it('decides every line in the order given, in every dialect', async () => {
    const name = file(
      'all.jsonl',
      { id: 'prompt', prompt: 'fix the failing test' },
      { id: 'messages', messages: USER, tools: [TOOL] },
      { id: 'request', request: { model: 'sage/private', messages: USER } },
      { id: 'tools', prompt: 'list files', tools: [CLAUDE_TOOL] },
      { id: 'gemini', request: { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] } },
      { id: 'responses', request: { input: 'hi' } },
      { id: 'named', prompt: 'hi', dialect: 'ollama-chat', model: 'cloud/large' },
      { id: 'generate', dialect: 'ollama-generate', prompt: 'hi', model: 'cloud/small', stream: false },
      {
        id: 'recorded',
        path: '/v1beta/models/sage/private:generateContent',
        body: { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] },
      },
      { prompt: 'hi', headers: { 'X-Team': 'nightly' } },
    )
    const [{ decisions }, code] = await decide(['--cases', name])
    assert.equal(code, 0)
    assert.deepEqual(
      decisions.map(({ id, dialect, asked, policy }) => [id.slice(0, 10), dialect, asked, policy]),
      [
        ['prompt', 'openai-chat', 'auto', 'auto'],
        ['messages', 'openai-chat', 'auto', 'auto'],
        ['request', 'openai-chat', 'sage/private', 'private'],
        ['tools', 'anthropic-messages', 'auto', 'auto'],
        ['gemini', 'gemini', 'auto', 'auto'],
        ['responses', 'openai-responses', 'auto', 'auto'],
        ['named', 'ollama-chat', 'cloud/large', ''],
        ['generate', 'ollama-generate', 'cloud/small', ''],
        ['recorded', 'gemini', 'sage/private', 'private'],
        [decisions[9]?.id.slice(0, 10), 'openai-chat', 'auto', 'auto'],
      ],
    )
    assert.match(decisions[9]?.id ?? '', /^[0-9a-f]{16}$/)
    assert.equal(decisions[9]?.rule, 'night shift')
    assert.deepEqual(decisions[0]?.place, { file: 'all.jsonl', line: 1 })
  })

  it('decides a case as it decides the prompt alone', async () => {
    const [{ decisions: alone }] = await decide(['fix the failing test'])
    const [{ decisions }] = await decide(['--cases', file('one.jsonl', { prompt: 'fix the failing test' }), '--flip'])
    assert.deepEqual({ ...decisions[0], place: undefined }, { ...alone[0], place: undefined })
  })

  it('takes health, time and session from the case', async () => {
    const health = { targets: { 'claude/claude-sonnet-4-5': { state: 'open', failures: 3, retryAt: 500 } } }
    const prompt = 'fix the failing test'
    const name = file(
      'world.jsonl',
      { prompt, health, now: 499 },
      { prompt, health, now: 500 },
      { prompt, affinity: 'cloud/small@code' },
    )
    const [{ decisions }] = await decide(['--cases', name])
    assert.deepEqual(
      decisions.map(({ chain: [first], sticky }) => [first?.provider, sticky]),
      [
        ['here', false],
        ['claude', false],
        ['cloud', true],
      ],
    )
  })

  it('reads folders, several files, standard input and files beside the cases', async () => {
    file('folder/b.yaml', 'cases:\n  - { id: b, file: body.txt.in }')
    file('folder/body.txt.in', 'fix the failing test')
    file('folder/a.json', [{ id: 'a', prompt: 'hi' }])
    file('folder/deep/c.txt', 'hi there')
    file('folder/README.md', 'no case')
    file('folder/sage.yaml', 'no case')
    const [{ decisions }] = await decide(['--cases', 'folder', '--cases', '-'], { input: '{"id":"in","prompt":"hi"}' })
    assert.deepEqual(
      decisions.map(({ id, place }) => [id.length > 4 ? '' : id, place?.file]),
      [
        ['a', 'folder/a.json'],
        ['b', 'folder/b.yaml'],
        ['', 'folder/deep/c.txt'],
        ['in', '(standard input)'],
      ],
    )
    assert.equal(decisions[1]?.rule, 'code')
  })

  it('tells every mistake of all files at once, with file and line, and decides nothing', async () => {
    const bad = file(
      'bad.jsonl',
      { prompt: 'ok' },
      '{',
      { id: 'x' },
      { request: { a: 1 } },
      { messages: {} },
      { file: 'nowhere' },
    )
    const worse = file('worse.yaml', '- prompt: hi\n  expect: { modl: x }')
    const text = await explain(['--cases', bad, '--cases', worse])
    assert.deepEqual([text.code, text.stdout], [2, ''])
    const found = text.stderr.split('\n').filter((line) => line.includes(' error '))
    assert.deepEqual(
      found.map((line) => line.replace(/^(\S+) error (\w+):.*/, '$1 $2')),
      [
        'bad.jsonl:2: SAGE2001',
        'bad.jsonl:3: SAGE2002',
        'worse.yaml:2: SAGE2003',
        'bad.jsonl:4: SAGE2004',
        'bad.jsonl:5: SAGE2004',
        'bad.jsonl:6: SAGE2004',
      ],
    )
    const json = await explain(['--cases', bad, '--cases', worse, '--json'])
    assert.deepEqual([json.code, json.stderr], [2, ''])
    const document = JSON.parse(json.stdout) as { error: { diagnostics: unknown[] } }
    assert.ok(validate(document), JSON.stringify(validate.errors))
    assert.equal(document.error.diagnostics.length, 6)
    assert.match((await explain(['--cases', bad, '--format', 'github'])).stdout, /^::error file=bad\.jsonl,line=2,/)
  })

  it('holds decisions against expectations; a failed one is exit code 1', async () => {
    const name = file(
      'expect.yaml',
      'cases:',
      '  - { id: good, prompt: fix the failing test, expect: { rule: code, model: claude-sonnet* } }',
      '  - { id: bad, prompt: fix the failing test, expect: { local: true } }',
    )
    const text = await explain(['--cases', name])
    assert.equal(text.code, 1)
    assert.match(text.stdout, /^FAILED bad \(expect\.yaml:3\)\n +expected only local targets, /m)
    assert.match(text.stdout, /2 expectations: 1 as expected, 1 failed/)
    const github = await explain(['--cases', name, '--format', 'github'])
    assert.match(
      github.stdout,
      /^::error file=expect\.yaml,line=3,title=case bad::[^]*\n::stop-commands::(\w{64})\n[^]*\n::\1::\n$/,
    )
    const summary = join(folder, 'summary.md')
    const inJob = await explain(['--cases', name, '--format', 'github'], {
      env: { ...KEYS, GITHUB_STEP_SUMMARY: summary },
    })
    assert.doesNotMatch(inJob.stdout, /## /)
    assert.match(readFileSync(summary, 'utf8'), /## Expectations/)
    const [document, code] = await decide(['--cases', name])
    assert.equal(code, 1)
    assert.deepEqual(
      document.decisions.map(({ failures }) => failures?.length),
      [0, 1],
    )
  })

  it('warns of what holds of every decision and of an id that two cases have, and goes on', async () => {
    const one = { id: 'a', prompt: 'hi', expect: {} }
    const path = file('doubts.jsonl', one, { id: 'a', prompt: 'ho', expect: { not: [] } })
    const { code, stderr } = await explain(['--cases', path])
    assert.equal(code, 0)
    const places = stderr
      .trim()
      .split('\n')
      .map((line) => /^warning: (doubts\.jsonl:\d: case a): /.exec(line)?.[1])
    assert.deepEqual(places, ['doubts.jsonl:1: case a', 'doubts.jsonl:2: case a', 'doubts.jsonl:2: case a'])
    const many = Array.from({ length: 30 }, (_, at) => ({ ...one, id: String(at) }))
    const lines = (await explain(['--cases', file('many.jsonl', ...many)])).stderr.trim().split('\n')
    assert.deepEqual([lines.length, lines.at(-1)], [21, 'warning: and 10 more of such cases'])
  })

  it('prints Markdown and HTML', async () => {
    const name = file('formats.jsonl', { id: 'one', prompt: 'fix <b>it</b>' })
    assert.match((await explain(['--cases', name, '--format', 'markdown'])).stdout, /^## Decisions by/)
    assert.match((await explain(['hello', '--format', 'markdown'])).stdout, /nearest flip/)
    const { stdout } = await explain(['--cases', name, '--format', 'html'])
    assert.match(stdout, /^<!doctype html>\n/)
    assert.doesNotMatch(stdout, /<script|<b>/)
  })

  it('annotates files by their path in the repository, from whatever folder it runs in', async () => {
    const cwd = join(folder, 'inner', 'deep')
    file('inner/deep/failing.jsonl', { id: 'f', prompt: 'hi', expect: { rule: 'nothing' } })
    file('inner/deep/wrong.jsonl', { id: 'w' })
    file('outer.jsonl', { id: 'o', prompt: 'hi', expect: { rule: 'nothing' } })
    const annotate = (name: string, workspace: string): Promise<Result> =>
      explain(['--cases', name, '--format', 'github'], { cwd, env: { ...KEYS, GITHUB_WORKSPACE: workspace } })
    assert.match((await annotate('failing.jsonl', folder)).stdout, /^::error file=inner\/deep\/failing\.jsonl,line=1,/)
    assert.match((await annotate('wrong.jsonl', folder)).stdout, /^::error file=inner\/deep\/wrong\.jsonl,line=1,/)
    assert.match((await annotate('../../outer.jsonl', folder)).stdout, /^::error file=outer\.jsonl,line=1,/)
    assert.match((await annotate('../../outer.jsonl', cwd)).stdout, /^::error file=\.\.\/\.\.\/outer\.jsonl,line=1,/)
    assert.match((await annotate('failing.jsonl', '')).stdout, /^::error file=failing\.jsonl,line=1,/)
  })

  it('counts the rules that decided', async () => {
    const name = file('coverage.jsonl', { prompt: 'fix the failing test' })
    const low = await explain(['--cases', name, '--fail-under', '50'])
    assert.equal(low.code, 1)
    assert.match(low.stdout, /^auto\/pictures .* never matched$/m)
    const [{ coverage }, code] = await decide(['--cases', name, '--coverage'])
    assert.deepEqual([code, coverage?.percent, coverage?.rules.length], [0, 33, 3])
    const none = await explain(['--coverage'])
    assert.equal(none.code, 2)
    assert.match(none.stderr, /name them with --cases/)
  })

  it('proves what the policies can reach', async () => {
    const [{ proof, decisions }, code] = await decide(['--prove', '--assert', 'private: not cloud/*'])
    assert.deepEqual([code, decisions], [0, []])
    assert.deepEqual(
      proof?.claims.map(({ claim, holds, asserted }) => [claim, holds, asserted]),
      [
        ['private: local', true, false],
        ['private: not cloud/*', true, true],
      ],
    )
    const broken = await explain(['--assert', 'auto: local'])
    assert.equal(broken.code, 1)
    assert.match(broken.stdout, /DOES NOT HOLD auto: local[^]*cloud\/large by auto\/pictures \(.*sage\.yaml:24\)/)
    assert.match((await explain(['--assert', 'auto'])).stderr, /--assert auto is not understood/)
  })

  const CLAIMS: [claim: string, code: number][] = [
    ['auto: not large', 1],
    ['auto: not LAR*', 1],
    ['auto: only nothing', 1],
    ['private: not large', 0],
    ['auto: not tag:frontier', 1],
    ['private: not tag:frontier', 0],
    ['sage/private: local', 0],
    ['sage/*: local', 1],
    ['pins: local', 1],
    ['pins: not cloud/large', 1],
    ['*: not cloud/large', 1],
    ['pins: not nobody/*', 0],
    ['privat: local', 2],
    ['x*: local', 2],
  ]
  for (const [claim, code] of CLAIMS) {
    it(`takes the claim ${claim} for ${['proved', 'refuted', 'a mistake'][code]}`, async () => {
      const profile = file(
        'claims.yaml',
        'version: 1',
        'providers:',
        '  near: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: { small: { context: 9000 } } }',
        '  cloud: { kind: openai, key: env:CLOUD_KEY, models: { large: { context: 9000, tags: [frontier] } } }',
        'policies:',
        '  auto: {}',
        '  private: { require: { local: true } }',
      )
      const result = await runCli(['explain', '--profile', profile, '--assert', claim], { cwd: folder, env: KEYS })
      assert.equal(result.code, code, result.stdout + result.stderr)
      if (code === 2) assert.match(result.stderr, /there is no policy/)
    })
  }

  it('writes many decisions as one document, a line each', async () => {
    const cases = Array.from({ length: 1201 }, (_, index) => ({ id: `n${index}`, prompt: `hello ${index}` }))
    const name = file('lines.jsonl', ...cases)
    const [{ decisions, coverage }] = await decide(['--cases', name, '--coverage'])
    assert.deepEqual(
      decisions.map(({ id }) => id),
      cases.map(({ id }) => id),
    )
    assert.equal(coverage?.percent, 0)
    const { stdout } = await explain(['--cases', name, '--json'])
    assert.equal(stdout.trimEnd().split('\n').length, cases.length + 2)
    assert.deepEqual((JSON.parse(stdout) as ExplainDocument).decisions, decisions)
  })

  const refused: [name: string, argv: string[], code: number, message: RegExp][] = [
    ['a missing file', ['--cases', 'nowhere.jsonl'], 2, /cannot read nowhere\.jsonl \(ENOENT\)/],
    ['no case at all', ['--cases', file('empty.jsonl', '')], 2, /there is no case in empty\.jsonl/],
    ['a share that is no number', ['--fail-under', 'x'], 2, /whole number/],
    ['more than all', ['--fail-under', '101', 'hello'], 2, /100 percent at most/],
    ['a demand on a comparison without one', ['--fail-on-change', 'hello'], 2, /--fail-on-change goes with --base or/],
    ['another profile without a log', ['--against', 'x.yaml', 'hello'], 2, /--against goes with --log/],
    ['an id without a log', ['--id', 'x', 'hello'], 2, /--id goes with --log/],
    ['faults for many', ['--simulate', 'cloud=429', '--prove'], 2, /--simulate does not go with --prove/],
    ['faults for a comparison', ['--simulate', 'cloud=429', '--base', 'x'], 2, /--simulate does not go with --base/],
    ['flips of a comparison', ['--flip', '--base', 'x'], 2, /--flip does not go with --base/],
    ['a time beyond all dates', ['--wall', '99999999999999999999', 'hello'], 2, /99999999999999999999 is no time/],
    ['words that some take for a time', ['--wall', 'banana 1', 'hello'], 2, /banana 1 is no time/],
    ['a day that no month has', ['--wall', '2026-02-30T10:00:00Z', 'hello'], 2, /2026-02-30T10:00:00Z is no time/],
    ['a log with a profile', ['--log', 'x.jsonl'], 2, /--log does not go with --profile/],
  ]
  for (const [name, argv, code, message] of refused) {
    it(`refuses ${name}`, async () => {
      const { code: actual, stdout, stderr } = await explain(argv)
      assert.deepEqual([actual, stdout], [code, ''])
      assert.match(stderr, message)
    })
  }

  it('counts on a terminal what takes long', async () => {
    const name = file('many.jsonl', ...Array.from({ length: 1500 }, (_, index) => ({ prompt: `hello ${index}` })))
    const { stderr } = await explain(['--cases', name], { colorDepth: 8 })
    assert.match(stderr, /\r\d+ of 1500 requests decided/)
    assert.ok(stderr.endsWith('\r\u001b[K'))
  })
})
