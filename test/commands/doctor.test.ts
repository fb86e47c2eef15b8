import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { checks } from '../../src/commands/topics/checks.ts'
import { CHECK_IDS } from '../../src/doctor/check-ids.ts'
import type { ReportDocument } from '../../src/doctor/view/json.ts'
import { runCli } from '../helpers/context.ts'
import type { FakeOptions } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'
import { packageRoot } from '../helpers/sources.ts'
import { refusedUrl } from '../helpers/upstream.ts'

const SCHEMA = JSON.parse(readFileSync(join(packageRoot, 'schemas', 'doctor.schema.json'), 'utf8')) as {
  $defs: { check: { enum: string[] } }
}
const validate = new Ajv2020({ allowUnionTypes: true }).compile(SCHEMA)

const PROFILE = 'version: 1\nserve: { port: 0 }\nproviders: { simulated: { kind: demo, models: [a] } }\n'
const NOWHERE = await refusedUrl()
const isWindows = process.platform === 'win32'

function folder(t: TestContext, files: Record<string, string> = { 'sage.yaml': PROFILE }): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'sage-doctor-command-')))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(join(path, 'home'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text, { mode: 0o600 })
  return path
}

function doctor(cwd: string, argv: readonly string[] = [], options: FakeOptions = {}): Promise<Result> {
  const env = { OLLAMA_HOST: NOWHERE, ...options.env }
  const given = { cwd, home: join(cwd, 'home'), now: () => Date.parse('2026-11-01'), ...options, env }
  return runCli(['doctor', ...argv], given)
}

async function report(cwd: string, argv: readonly string[] = [], options?: FakeOptions): Promise<ReportDocument> {
  const { stdout } = await doctor(cwd, [...argv, '--json'], options)
  const document = JSON.parse(stdout) as ReportDocument
  assert.ok(validate(document), JSON.stringify(validate.errors))
  return document
}

describe('sage doctor', () => {
  it('says that nothing is wrong', async (t) => {
    const { code, stdout, stderr } = await doctor(folder(t))
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^sage 0\.0\.0, Node 24\.0\.0, profile: sage\.yaml \(working directory\)\n/)
    assert.match(stdout, /^profile\n {2}✓ sage\.yaml \(working directory\) is used: 1 provider, 1 policy$/m)
    assert.ok(stdout.endsWith('\nnothing is wrong\n'), stdout)
  })

  it('shows what is broken, where, what it means and what mends it; exit code 1', async (t) => {
    const { code, stdout } = await doctor(folder(t, { 'sage.yaml': `${PROFILE}polices: {}\n` }))
    assert.equal(code, 1)
    assert.match(
      stdout,
      /^ {2}✗ sage\.yaml:4:1: unknown key "polices"\n {4}sage does not start with this profile\n {4}fix: did you mean "policies"\?$/m,
    )
    assert.ok(stdout.endsWith('\n1 error\n'), stdout)
  })

  it('leaves the exit code at 0 for warnings, but not with --strict', async (t) => {
    const cwd = folder(t)
    const options = { env: { HTTP_PROXY: 'http://proxy:3128' } }
    assert.deepEqual([(await doctor(cwd, [], options)).code, (await doctor(cwd, ['--strict'], options)).code], [0, 1])
    assert.equal((await doctor(cwd, ['--strict'])).code, 0)
  })

  it('has ASCII only where a terminal shows no more, and colour only when told to', async (t) => {
    const cwd = folder(t, { 'sage.yaml': `${PROFILE}polices: {}\n` })
    const { stdout } = await doctor(cwd, [], { env: { TERM: 'linux' } })
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(stdout, /[^\x00-\x7f]/)
    assert.match(stdout, /^ {2}ok sage\.yaml \(working directory\)/m)
    assert.match(stdout, /^ {2}XX sage\.yaml:4:1/m)
    assert.ok((await doctor(cwd, ['--color'])).stdout.includes('\u001b[31m✗'))
  })

  it('prints JSON that its schema describes', async (t) => {
    const document = await report(folder(t))
    assert.deepEqual(document.summary, { ok: document.findings.length, info: 0, warning: 0, error: 0 })
    assert.deepEqual(document.skipped, [{ check: 'live', because: 'not_live' }])
    const broken = await report(folder(t, { 'sage.yaml': `${PROFILE}polices: {}\n` }))
    assert.deepEqual(broken.summary.error, 1)
    const failure = JSON.parse((await doctor(folder(t), ['--only', 'nothing', '--json'])).stdout) as unknown
    assert.ok(validate(failure), JSON.stringify(validate.errors))
  })

  it('has every check in its schema and in its help', () => {
    assert.deepEqual(SCHEMA.$defs.check.enum, [...CHECK_IDS])
    const listed = checks.text.match(/^ {2}[a-z-]+(?:, [a-z-]+)*(?= {2,}\S)/gm) ?? []
    assert.deepEqual(
      listed.flatMap((names) => names.trim().split(', ')),
      [...CHECK_IDS],
    )
  })

  it('prints annotations for GitHub', async (t) => {
    const { code, stdout } = await doctor(folder(t, { 'sage.yaml': `${PROFILE}"100%": {}\n` }), ['--format', 'github'])
    assert.equal(code, 1)
    assert.match(
      stdout,
      /^::error file=sage\.yaml,line=4,col=1,title=sage doctor%3A profile \(SAGE1011\)::unknown key "100%25"%0Asage does not start with this profile%0Afix: .+\n$/,
    )
  })

  it('runs the checks that --only names, by commas or one by one', async (t) => {
    const cwd = folder(t)
    const names = async (...argv: string[]): Promise<string[]> =>
      (await report(cwd, argv)).findings.map(({ check }) => check)
    assert.deepEqual(await names('--only', 'serve,node'), ['node', 'serve'])
    assert.deepEqual(await names('--only', 'proxy', '--only', 'node'), ['node', 'proxy'])
  })

  it('leaves out the network with --offline', async (t) => {
    const { findings, skipped } = await report(folder(t), ['--offline'])
    assert.deepEqual(
      skipped.map(({ check, because }) => [check, because]),
      ['port', 'dns', 'tcp', 'tls', 'http', 'auth', 'live', 'clock', 'ollama-sign-in', 'ollama-context'].map((id) => [
        id,
        'offline',
      ]),
    )
    assert.ok(findings.every(({ check }) => !skipped.some((each) => each.check === check)))
    assert.match(
      (await doctor(folder(t), ['--offline'])).stdout,
      /nothing is wrong; 10 checks left out \(--offline\)\n$/,
    )
  })

  const usage: [argv: string[], message: RegExp][] = [
    [['--only', 'prot'], /there is no check "prot"\nhint: did you mean "port"\?/],
    [['--offline', '--live'], /give --offline or --live, not both/],
    [['--dry-run'], /--dry-run goes with --fix/],
    [['--format', 'xml'], /Allowed choices are text, json, github/],
    [['--timeout', 'soon'], /whole number/],
  ]
  for (const [argv, message] of usage) {
    it(`refuses ${argv.join(' ')}`, async (t) => {
      const { code, stdout, stderr } = await doctor(folder(t), argv)
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, message)
    })
  }

  it(
    'mends file modes with --fix, and says so; --dry-run only says so',
    { skip: isWindows && 'no modes' },
    async (t) => {
      const cwd = folder(t, { 'sage.yaml': PROFILE, '.env': 'A=b\n' })
      const path = join(cwd, '.env')
      chmodSync(path, 0o644)
      assert.match((await doctor(cwd)).stdout, /\n1 warning; 1 can be mended by: sage doctor --fix\n$/)
      const dry = await doctor(cwd, ['--fix', '--dry-run', '--strict'])
      assert.deepEqual([dry.code, statSync(path).mode & 0o777], [1, 0o644])
      assert.ok(dry.stdout.includes(`\nwould set the mode of ${path} to 0600\n`), dry.stdout)
      const { repairs, summary } = await report(cwd, ['--fix'])
      assert.deepEqual([statSync(path).mode & 0o777, summary.warning], [0o600, 0])
      assert.deepEqual(repairs, [
        { check: 'file-modes', code: 'file-readable', action: `set the mode of ${path} to 0600`, done: true },
      ])
      assert.deepEqual((await report(cwd, ['--fix'])).repairs, [])
    },
  )

  it('shows its progress on a terminal, and takes it away', async (t) => {
    const { stdout, stderr } = await doctor(folder(t), [], { colorDepth: 8 })
    assert.match(stderr, /\rchecking 0\/23: node, node-settings, profile, \.\.\. *\r/)
    assert.match(stderr, /\r {5,}\r$/)
    assert.ok(stdout.includes('nothing is wrong'))
    assert.equal((await doctor(folder(t), ['--json'], { colorDepth: 8 })).stderr, '')
  })
})
