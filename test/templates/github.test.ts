// The files for reviews on GitHub, run as GitHub and git run them: in a repository of their own, with the real sage.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { parse } from 'yaml'
import { programArgs } from '../helpers/program.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const TEMPLATES = join(ROOT, 'templates', 'github')
const IS_WINDOWS = process.platform === 'win32'
const root = mkdtempSync(join(tmpdir(), 'sage-github-'))
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))

/** Programs that the files call: the sage of this checkout, an npm that installs nothing, a GitHub without a network. */
const bin = join(root, 'bin')
mkdirSync(bin)
program('sage', programArgs(join(ROOT, 'src', 'cli.ts')))
writeFileSync(join(root, 'npm.mjs'), "if (process.argv.slice(2).join(' ') !== 'install --global sage-router') process.exit(1)\n")
program('npm', [join(root, 'npm.mjs')])
writeFileSync(
  join(root, 'gh.mjs'),
  `import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
const args = process.argv.slice(2)
const file = process.env.FAKE_COMMENTS
const comments = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
const method = args.includes('--method') ? args[args.indexOf('--method') + 1] : 'GET'
const path = args.find((each) => each.startsWith('repos/'))
appendFileSync(file + '.calls', method + ' ' + path + '\\n')
if (process.env.GH_TOKEN !== 'the-token' || args[0] !== 'api') process.exit(4)
if (method === 'GET') {
  const [, start] = /startswith\\("(.*?)"\\)/.exec(args[args.indexOf('--jq') + 1])
  for (const each of comments) if (each.login === 'github-actions[bot]' && each.body.startsWith(start)) console.log(each.id)
} else {
  const field = args[args.indexOf('--field') + 1]
  const body = readFileSync(field.slice('body=@'.length), 'utf8')
  const id = method === 'PATCH' ? Number(path.split('/').at(-1)) : comments.length + 1
  const rest = comments.filter((each) => each.id !== id)
  writeFileSync(file, JSON.stringify([...rest, { id, login: 'github-actions[bot]', body }]))
}
`,
)
program('gh', [join(root, 'gh.mjs')])

function program(name: string, args: readonly string[]): void {
  const words = [process.execPath, ...args].map((word) => `"${word}"`).join(' ')
  writeFileSync(join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 })
  if (IS_WINDOWS) writeFileSync(join(bin, `${name}.cmd`), `@${words} %*\r\n`)
}

const ENV = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
  HOME: root,
  NO_COLOR: '1',
  GIT_CONFIG_GLOBAL: join(root, 'none'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}

interface Ran {
  status: number | null
  output: string
}

function run(cwd: string, command: string, args: readonly string[], env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env: { ...ENV, ...env }, encoding: 'utf8' })
  assert.equal(error, undefined)
  return { status, output: stdout + stderr }
}

function git(cwd: string, ...args: string[]): Ran {
  return run(cwd, 'git', args)
}

const PROFILE = `version: 1
providers:
  openai: { kind: openai, key: env:K, models: [gpt-5, gpt-5-mini] }
policies:
  auto:
    rules:
      - name: everything
        prefer: [openai/gpt-5]
`
const CHANGED = PROFILE.replace('prefer: [openai/gpt-5]', 'prefer: [openai/gpt-5-mini]')
const CASES = `- id: hello
  prompt: hello
- id: big
  prompt: fix the failing test in main.py
  expect: { model: 'openai/gpt-5*' }
`

/** A repository with one commit on main, and a remote branch of that name. */
function createRepository(): string {
  const folder = mkdtempSync(join(root, 'repository-'))
  git(folder, 'init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, 'sage.yaml'), PROFILE)
  writeFileSync(join(folder, 'sage.cases.yaml'), CASES)
  git(folder, 'add', '.')
  assert.equal(git(folder, 'commit', '--quiet', '-m', 'first').status, 0)
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
  return folder
}

interface Workflow {
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      permissions: Record<string, string>
      if?: string
      steps: { name?: string; uses?: string; run?: string; env?: Record<string, string> }[]
    }
  >
}

const workflow = parse(readFileSync(join(TEMPLATES, 'workflow.yml'), 'utf8')) as Workflow
const CONTEXT: Readonly<Record<string, string>> = {
  'github.base_ref': 'main',
  'github.repository': 'owner/project',
  'github.token': 'the-token',
  'github.event.pull_request.number': '7',
}

function evaluate(text: string): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => CONTEXT[name] ?? assert.fail(`${name} is not known`))
}

/** Runs the `run:` steps of a job as GitHub does on Linux, until one fails. */
function runJob(name: string, folder: string): Ran {
  const ran: Ran = { status: 0, output: '' }
  for (const { run: script, env = {} } of workflow.jobs[name]?.steps ?? assert.fail(name)) {
    if (script === undefined) continue
    // An expression in a script would let a branch name run commands.
    assert.ok(!script.includes('${{'), script)
    const values = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, evaluate(value)]))
    const files = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), FAKE_COMMENTS: join(folder, 'comments.json') }
    const { status, output } = run(folder, 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      ...values,
      ...files,
    })
    ran.status = status
    ran.output += output
    if (status !== 0) break
  }
  return ran
}

function commentsOf(folder: string): { id: number; body: string }[] {
  const file = join(folder, 'comments.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { id: number; body: string }[]) : []
}

describe('templates/github/workflow.yml', { skip: IS_WINDOWS && 'its steps run on Linux' }, () => {
  it('asks for no more than it needs', () => {
    assert.deepEqual(workflow.permissions, {})
    assert.deepEqual(workflow.jobs['explain']?.permissions, { contents: 'read' })
    assert.deepEqual(workflow.jobs['comment']?.permissions, { 'pull-requests': 'write' })
    assert.match(workflow.jobs['comment'].if ?? '', /head\.repo\.full_name == github\.repository/)
    // Whoever may write does not see the files of the pull request.
    assert.ok(!workflow.jobs['comment'].steps.some(({ uses }) => uses?.startsWith('actions/checkout')))
    const on = parse(readFileSync(join(TEMPLATES, 'workflow.yml'), 'utf8')) as { on: object }
    assert.deepEqual(Object.keys(on.on), ['pull_request'])
  })

  it('tells in one comment what the branch decides otherwise, and keeps it up to date', () => {
    const folder = createRepository()
    writeFileSync(join(folder, 'sage.yaml'), CHANGED)
    assert.equal(git(folder, 'commit', '--quiet', '-am', 'second').status, 0)
    const explained = runJob('explain', folder)
    assert.equal(explained.status, 0, explained.output)
    assert.match(readFileSync(join(folder, 'summary.md'), 'utf8'), /gpt-5-mini/)
    for (const round of [1, 2]) {
      const commented = runJob('comment', folder)
      assert.equal(commented.status, 0, commented.output)
      const comments = commentsOf(folder)
      assert.equal(comments.length, 1, `round ${round}`)
      assert.match(comments[0]?.body ?? '', /^<!-- sage explain -->\n[\s\S]*openai\/gpt-5`?[\s\S]*openai\/gpt-5-mini/)
    }
    assert.deepEqual(readFileSync(join(folder, 'comments.json.calls'), 'utf8').trim().split('\n'), [
      'GET repos/owner/project/issues/7/comments',
      'POST repos/owner/project/issues/7/comments',
      'GET repos/owner/project/issues/7/comments',
      'PATCH repos/owner/project/issues/comments/1',
    ])
  })

  it('fails on a failed expectation, with a comment that says so', () => {
    const folder = createRepository()
    writeFileSync(join(folder, 'sage.cases.yaml'), CASES.replace('openai/gpt-5*', 'openai/o1'))
    git(folder, 'commit', '--quiet', '-am', 'second')
    const explained = runJob('explain', folder)
    assert.equal(explained.status, 1, explained.output)
    assert.equal(runJob('comment', folder).status, 0)
    assert.match(commentsOf(folder)[0]?.body ?? '', /big[\s\S]*openai\/o1/)
  })

  it('fails on a broken profile, with a comment that points to the log', () => {
    const folder = createRepository()
    writeFileSync(join(folder, 'sage.yaml'), 'version: 1\nprovders: {}\n')
    git(folder, 'commit', '--quiet', '-am', 'second')
    const explained = runJob('explain', folder)
    assert.equal(explained.status, 2)
    assert.match(explained.output, /provders/)
    assert.equal(runJob('comment', folder).status, 0)
    assert.match(commentsOf(folder)[0]?.body ?? '', /cannot be explained: see the log/)
  })
})

for (const hook of ['pre-commit', 'pre-commit-node']) {
  describe(`templates/github/${hook}`, () => {
    function withHook(): string {
      const folder = createRepository()
      copyFileSync(join(TEMPLATES, hook), join(folder, '.git', 'hooks', 'pre-commit'))
      chmodSync(join(folder, '.git', 'hooks', 'pre-commit'), 0o755)
      return folder
    }

    it('lets through what does as expected, and what is none of its business', () => {
      const folder = withHook()
      writeFileSync(join(folder, 'sage.yaml'), CHANGED)
      const good = git(folder, 'commit', '--quiet', '-am', 'mini')
      assert.deepEqual(good, { status: 0, output: '' })
      // Broken, but not staged.
      writeFileSync(join(folder, 'sage.yaml'), 'nonsense')
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
      git(folder, 'add', 'package.json')
      assert.equal(git(folder, 'commit', '--quiet', '-m', 'other').status, 0)
    })

    it('refuses a broken profile, even when the folder has a mended one', () => {
      const folder = withHook()
      writeFileSync(join(folder, 'sage.yaml'), 'version: 1\nprovders: {}\n')
      git(folder, 'add', '.')
      writeFileSync(join(folder, 'sage.yaml'), PROFILE)
      const { status, output } = git(folder, 'commit', '--quiet', '-m', 'broken')
      assert.notEqual(status, 0)
      assert.match(output, /sage\.yaml:2:1[\s\S]*provders[\s\S]*pre-commit: /)
    })

    it('refuses a failed expectation, also of a new case only', () => {
      const folder = withHook()
      writeFileSync(join(folder, 'sage.cases.yaml'), CASES.replace('openai/gpt-5*', 'openai/o1'))
      const { status, output } = git(folder, 'commit', '--quiet', '-am', 'case')
      assert.notEqual(status, 0)
      assert.match(output, /FAILED big/)
      assert.equal(git(folder, 'commit', '--quiet', '--no-verify', '-am', 'case').status, 0)
    })

    it('checks the profile alone when there are no cases', () => {
      const folder = withHook()
      git(folder, 'rm', '--quiet', 'sage.cases.yaml')
      assert.equal(git(folder, 'commit', '--quiet', '-m', 'no cases').status, 0)
      writeFileSync(join(folder, 'sage.yaml'), PROFILE.replace('rules:', 'ruls:'))
      assert.match(git(folder, 'commit', '--quiet', '-am', 'broken').output, /ruls/)
    })
  })
}
