import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { DiffDocument } from '../../src/explain/views/diff-json.ts'
import type { FakeOptions } from '../helpers/context.ts'
import { runCli } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'

const SCHEMA = join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object)
const folder = mkdtempSync(join(tmpdir(), 'sage-base-'))
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))

/** What git needs of the environment, and no settings of the machine. */
const { PATH = '', SystemRoot } = process.env
const GIT_ENV = {
  PATH,
  ...(SystemRoot === undefined ? {} : { SystemRoot }),
  HOME: folder,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: join(folder, 'no-such-config'),
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_CEILING_DIRECTORIES: tmpdir(),
}
const repository = join(folder, 'repository')
const inner = join(repository, 'router')
mkdirSync(inner, { recursive: true })

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, env: GIT_ENV, encoding: 'utf8' })
}

function profile(prefer: string, more = ''): string {
  return `version: 1
providers:
  far:
    kind: openai-compatible
    base_url: https://llm.example.com/v1
    key: env:K
    models:
      large: { context: 200000, capabilities: [tools, json], price: { input: 3, output: 15 } }
  near:
    kind: openai-compatible
    base_url: http://127.0.0.1:9/v1
    models:
      coder: { context: 32000, capabilities: [tools, json], price: { input: 0, output: 0 } }
policies:
  auto:
    rules:
      - name: code
        when: { intent: code }
        prefer: [${prefer}]
${more}`
}

const write = (name: string, text: string): void => writeFileSync(join(inner, name), text)
const CASES = [
  { id: 'code', prompt: 'fix the failing test in utils.py' },
  { id: 'hello', prompt: 'hello' },
  { id: 'agent', messages: [{ role: 'user', content: 'debug this function' }] },
]
git('init', '-q', '-b', 'main')
write('other.txt', 'x')
git('add', '.')
git('commit', '-q', '-m', 'nothing')
git('tag', 'empty')
write('sage.yaml', profile('far/*'))
git('add', '.')
git('commit', '-q', '-m', 'first')
write('sage.yaml', profile('near/*', '    max_attempts: 2\n'))
write('cases.jsonl', CASES.map((one) => `${JSON.stringify(one)}\n`).join(''))

function newRepository(name: string): [run: (...args: string[]) => string, path: string] {
  const cwd = join(folder, name)
  mkdirSync(cwd)
  const run = (...args: string[]): string => execFileSync('git', args, { cwd, env: GIT_ENV, encoding: 'utf8' }).trim()
  run('init', '-q', '-b', 'main')
  return [run, cwd]
}

function explain(argv: readonly string[], options: FakeOptions = {}): Promise<Result> {
  return runCli(['explain', ...argv], { cwd: inner, env: { ...GIT_ENV, K: 'k' }, ...options })
}

async function compare(argv: readonly string[]): Promise<DiffDocument> {
  const { stdout, stderr } = await explain([...argv, '--json'])
  assert.equal(stderr, '')
  const document = JSON.parse(stdout) as DiffDocument
  assert.ok(validate(document), JSON.stringify(validate.errors))
  return document
}

const outside = join(folder, 'outside')
mkdirSync(outside)
writeFileSync(join(outside, 'sage.yaml'), profile('far/*'))
writeFileSync(join(outside, 'cases.jsonl'), '{"prompt":"hi"}')

const WITH_CASES = ['--cases', 'cases.jsonl']

describe('sage explain --base', () => {
  it('shows what a change of the profile decides otherwise, and why', async () => {
    const { base, head, compared, changes, differences } = await compare(['--base', 'main', ...WITH_CASES])
    assert.deepEqual([base, head, compared, differences.length], ['main:sage.yaml', 'sage.yaml', 3, 2])
    const [first] = changes.filter(({ id }) => id === 'code')
    assert.deepEqual(first?.because, [
      {
        kind: 'rule',
        what: 'rule code of policy auto',
        from: 'prefer far/*',
        to: 'prefer near/*',
        source: { file: 'sage.yaml', line: 17, column: 9 },
      },
    ])
    assert.deepEqual(
      [first.before?.chain[0], first.after.chain[0]],
      [
        { provider: 'far', model: 'large' },
        { provider: 'near', model: 'coder' },
      ],
    )
    assert.deepEqual(
      [first.before?.price, first.after.price],
      [
        { input: 3, output: 15 },
        { input: 0, output: 0 },
      ],
    )
    assert.deepEqual([first.before?.local, first.after.local, first.after.context], [false, true, 32_000])
    assert.equal(first.term?.term, 'order')
  })

  it('is exit code 0, and 1 with --fail-on-change or a failed expectation', async () => {
    assert.equal((await explain(['--base', 'main', ...WITH_CASES])).code, 0)
    assert.equal((await explain(['--base', 'main', ...WITH_CASES, '--fail-on-change'])).code, 1)
    assert.equal((await explain(['--base', 'sage.yaml', ...WITH_CASES, '--fail-on-change'])).code, 0)
    write('expect.json', JSON.stringify([{ prompt: 'hello', expect: { rule: 'code' } }]))
    assert.equal((await explain(['--base', 'main', '--cases', 'expect.json'])).code, 1)
  })

  it('compares with a file, a commit, and revision:path', async () => {
    const { stdout: markdown } = await explain(['--base', 'main', ...WITH_CASES, '--format', 'markdown'])
    write('old.yaml', git('show', 'main:router/sage.yaml'))
    for (const base of [
      'old.yaml',
      git('rev-parse', 'HEAD').trim(),
      'HEAD~0',
      'main:router/sage.yaml',
      'main:./sage.yaml',
    ]) {
      const { code, stdout } = await explain(['--base', base, ...WITH_CASES, '--format', 'markdown'])
      assert.equal(code, 0, base)
      assert.equal(stdout.replace(/^`[^`]*`/m, ''), markdown.replace(/^`[^`]*`/m, ''), base)
    }
  })

  it('does so from another folder', async () => {
    const { stdout } = await explain(
      ['--profile', join('router', 'sage.yaml'), '--base', 'main', '--cases', 'router/cases.jsonl', '--json'],
      { cwd: repository },
    )
    const document = JSON.parse(stdout) as DiffDocument
    assert.equal(document.base, 'main:router/sage.yaml')
    assert.ok(document.changes.length > 0)
  })

  it('takes a profile that the revision does not have for a new one', async () => {
    const document = await compare(['--base', 'empty', ...WITH_CASES])
    assert.deepEqual([document.is_new, document.changes.length, document.changes[0]?.before], [true, 3, null])
    const { code, stdout } = await explain(['--base', 'empty', ...WITH_CASES, '--fail-on-change'])
    assert.equal(code, 0)
    assert.match(stdout, /the profile is new/)
  })

  it('finds a profile that was moved since', async () => {
    const [run, at] = newRepository('moves')
    mkdirSync(join(at, 'moved ä'))
    writeFileSync(join(at, 'former.yaml'), profile('far/*'))
    run('add', '.')
    run('commit', '-q', '-m', 'before')
    run('mv', 'former.yaml', 'moved ä/team.yaml')
    writeFileSync(join(at, 'moved ä', 'team.yaml'), profile('near/*'))
    const argv = ['--profile', 'team.yaml', '--base', 'HEAD', 'fix the failing test', '--fail-on-change', '--json']
    const { code, stdout } = await explain(argv, { cwd: join(at, 'moved ä') })
    const { base, is_new: isNew, changes } = JSON.parse(stdout) as DiffDocument
    assert.deepEqual([code, base, isNew, changes.length], [1, 'HEAD:former.yaml', false, 1])
  })

  it('follows links of the base, and takes a colon in braces for a part of the revision', async () => {
    const [run, linked] = newRepository('links')
    writeFileSync(join(linked, 'real.yaml'), profile('far/*'))
    writeFileSync(join(linked, 'target'), 'real.yaml')
    run('add', 'real.yaml')
    // Not every machine lets a test make a link.
    run('update-index', '--add', '--cacheinfo', `120000,${run('hash-object', '-w', 'target')},sage.yaml`)
    run('commit', '-q', '-m', 'link: one')
    writeFileSync(join(linked, 'sage.yaml'), profile('far/*'))
    for (const base of ['HEAD', 'HEAD:./sage.yaml', 'HEAD^{/link: one}', 'HEAD^{/link: one}:sage.yaml']) {
      const { code, stdout, stderr } = await explain(['--base', base, 'fix the failing test'], { cwd: linked })
      assert.equal(code, 0, stderr)
      assert.match(stdout, /decided as before/)
    }
  })

  it('sees limits that alone have changed', async () => {
    write('limits.yaml', profile('near/*', '    max_attempts: 2\n    thinking: low\n    max_output: 1000\n'))
    write('limits-2.yaml', profile('near/*', '    max_attempts: 1\n    thinking: low\n    max_output: 200\n'))
    const sides = ['--profile', 'limits-2.yaml', '--base', 'limits.yaml', 'fix the failing test']
    const [change] = (await compare(sides)).changes
    assert.deepEqual(change?.kinds, ['attempts', 'limits'])
    const { max_attempts: attempts, thinking, max_output: output } = change.after
    assert.deepEqual([attempts, thinking, output, change.before?.max_output], [1, 'low', 200, 1000])
    const { stdout } = await explain(sides)
    assert.match(
      stdout,
      /near\/coder → near\/coder \(other limits\)[^]*limits attempts 2 → 1, output 1,000 tokens → 200 tokens\n/,
    )
    assert.match((await explain([...sides, '--format', 'markdown'])).stdout, /; output 1,000 tokens → 200 tokens/)
    const { stdout: alone } = await explain(['--profile', 'limits-2.yaml', 'fix the failing test'])
    assert.match(alone, /\nlimits {4}at most thinking low, output 200 tokens\n/)
  })

  it('compares a prompt, and sample requests when there are no cases', async () => {
    const one = await compare(['--base', 'main', 'fix', 'the', 'failing', 'test'])
    assert.equal(one.compared, 1)
    const none = await explain(['--base', 'main'])
    assert.match(none.stderr, /^no cases: comparing \d+ sample requests\n$/)
    assert.match(none.stdout, /auto\/code/)
    cpSync(join(inner, 'cases.jsonl'), join(inner, 'sage.cases.jsonl'))
    assert.equal((await compare(['--base', 'main'])).compared, 3)
    rmSync(join(inner, 'sage.cases.jsonl'))
  })

  const refused: [name: string, argv: string[], options: FakeOptions, message: RegExp][] = [
    ['an unknown revision', ['--base', 'nowhere'], {}, /there is neither such a file nor such a revision[^]*shallow/],
    ['a revision that looks like an option', ['--base=--all'], {}, /there is neither such a file nor such a revision/],
    ['a file that a revision lacks', ['--base', 'main:nowhere.yaml'], {}, /there is no such file in that revision/],
    ['a path without a revision', ['--base', ':sage.yaml'], {}, /--base :sage\.yaml: there is no revision/],
    ['a folder outside of any repository', ['--base', 'main'], { cwd: outside }, /is not in a git repository/],
    ['a machine without git', ['--base', 'main'], { env: { PATH: folder, K: 'k' } }, /needs git/],
  ]
  for (const [name, argv, options, message] of refused) {
    it(`refuses ${name}`, async () => {
      const { code, stdout, stderr } = await explain([...argv, ...WITH_CASES], options)
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, message)
    })
  }

  it('tells mistakes in the base as those of a profile', async () => {
    write('broken.yaml', 'version: 1\nproviders: 3\n')
    const { code, stderr } = await explain(['--base', 'broken.yaml', ...WITH_CASES])
    assert.equal(code, 2)
    assert.match(stderr, /broken\.yaml:2:\d+: error SAGE1013/)
  })
})

const LOCK = (context: number): string => `version: 1
providers:
  open:
    kind: openai-compatible
    base_url: http://127.0.0.1:9/v1
    models:
      small:
        since: "2026-01-01"
        local: { value: true, from: profile, date: "2026-01-01" }
        capabilities: { tools: true, json: true, from: /v1/models, date: "2026-01-01" }
        context: { value: ${context}, from: /v1/models, date: "2026-01-01" }
      other:
        since: "2026-01-01"
        local: { value: true, from: profile, date: "2026-01-01" }
        capabilities: { tools: true, json: true, from: /v1/models, date: "2026-01-01" }
        context: { value: 50000, from: /v1/models, date: "2026-01-01" }
`

describe('sage explain --base and the lock', () => {
  it('sees what a change of the lock alone decides otherwise', async () => {
    const locked = join(repository, 'locked')
    mkdirSync(locked)
    const text = 'version: 1\nproviders:\n  open: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1" }\n'
    writeFileSync(
      join(locked, 'sage.yaml'),
      `${text}policies: { auto: { rules: [{ name: all, prefer: [open/small] }] } }\n`,
    )
    writeFileSync(join(locked, 'sage.lock.yaml'), LOCK(100_000))
    git('add', '.')
    git('commit', '-q', '-m', 'lock')
    writeFileSync(join(locked, 'sage.lock.yaml'), LOCK(1000))
    writeFileSync(join(locked, 'long.txt'), 'word '.repeat(4000))
    const { stdout, stderr } = await explain(['--base', 'HEAD', '--cases', 'long.txt', '--json'], { cwd: locked })
    const { changes } = JSON.parse(stdout) as DiffDocument
    assert.doesNotMatch(stderr, /error/)
    assert.deepEqual(
      changes.map(({ because, before, after: now }) => [because, before?.chain[0]?.model, now.chain[0]?.model]),
      [[[{ kind: 'fact', what: 'context of open/small', from: '100000', to: '1000' }], 'small', 'other']],
    )
  })
})
