import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ExplainDocument } from '../../src/explain/json.ts'
import { runCli } from '../helpers/context.ts'
import type { FakeOptions } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const KEYS = { CLOUD_KEY: 'k1', CLAUDE_KEY: 'k2' }
const SCHEMA = readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'decision.schema.json'), 'utf8')
const validate = new Ajv2020().compile(JSON.parse(SCHEMA) as object)
const folder = mkdtempSync(join(tmpdir(), 'sage-explain-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function explain(argv: readonly string[], options: FakeOptions = {}): Promise<Result> {
  return runCli(['explain', ...argv], { cwd: FIXTURES, env: KEYS, ...options })
}

async function decide(argv: readonly string[], options?: FakeOptions): Promise<ExplainDocument['decisions'][number]> {
  const { code, stdout, stderr } = await explain([...argv, '--json'], options)
  const document = JSON.parse(stdout) as ExplainDocument
  assert.ok(validate(document), JSON.stringify(validate.errors))
  const [decision] = document.decisions
  assert.ok(decision)
  assert.deepEqual([code, stderr], [decision.error === undefined ? 0 : 1, ''])
  return decision
}

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const first = ({ chain }: { chain: { provider: string; model: string }[] }): string =>
  `${chain[0]?.provider}/${chain[0]?.model}`

const IMAGE = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }

describe('sage explain', () => {
  it('explains a prompt as text', async () => {
    const { code, stdout, stderr } = await explain(['please fix the failing test'])
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^answer +claude\/claude-sonnet-4-5, then here\/coder, cloud\/\w+/)
    assert.match(stdout, /^rule +code, sage\.yaml:27:9$/m)
    assert.match(stdout, /\[failing\] test/)
  })

  it('explains a prompt as JSON', async () => {
    const { intent, policy, rule, rule_source: source, chain, kept, dropped } = await decide(['fix the failing test'])
    assert.deepEqual(
      [intent.label, policy, rule, source],
      ['code', 'auto', 'code', { file: 'sage.yaml', line: 27, column: 9 }],
    )
    assert.deepEqual([chain.length, kept.length, dropped.length], [4, 4, 0])
    assert.deepEqual(await explain(['x', '--format', 'json']), await explain(['x', '--json']))
  })

  it('takes words without quotes', async () => {
    assert.deepEqual(await explain(['fix', 'the', 'test']), await explain(['fix the test']))
  })

  it('says the same whatever the clock and chance are', async () => {
    const later = { now: () => 5e12, mono: () => 7e9, random: () => 0.7 }
    assert.deepEqual(await explain(['hello', '--json'], later), await explain(['hello', '--json']))
  })

  for (const argv of [[], ['-']]) {
    it(`reads standard input for "sage explain ${argv.join('')}"`, async () => {
      const piped = await explain(argv, { input: 'please fix the failing test\n' })
      assert.deepEqual(piped, await explain(['please fix the failing test']))
    })
  }

  it('shows help when there is no input but a terminal', async () => {
    const { code, stdout, stderr } = await explain([])
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, /^Examples:\n[^]*Usage: sage explain/)
  })

  it('reads a request body', async () => {
    const body = { model: 'sage/auto', stream: true, messages: [{ role: 'user', content: [IMAGE] }] }
    const decision = await decide(['--request', file('image.json', body)])
    assert.deepEqual([decision.rule, first(decision), decision.dialect], ['pictures', 'cloud/large', 'openai-chat'])
    assert.deepEqual(await decide(['-'], { input: JSON.stringify(body) }), decision)
    const dropped = decision.dropped.find(({ model }) => model === 'small')
    assert.equal(dropped?.reason, 'no_vision')
  })

  it('reads the body of the other dialect', async () => {
    const body = { model: 'claude-sonnet-4-5', max_tokens: 9, system: 'x', messages: [{ role: 'user', content: 'hi' }] }
    const decision = await decide(['--request', file('messages.json', body)])
    assert.deepEqual(
      [decision.dialect, decision.rule, first(decision)],
      ['anthropic-messages', 'pin', 'claude/claude-sonnet-4-5'],
    )
  })

  it('asks for another model than the body does', async () => {
    const body = { model: 'cloud/large', messages: [{ role: 'user', content: 'hi' }] }
    const decision = await decide(['--request', file('model.json', body), '--model', 'sage/private'])
    assert.deepEqual([decision.asked, decision.policy, first(decision)], ['sage/private', 'private', 'here/coder'])
  })

  it('looks at headers', async () => {
    const decision = await decide(['hello', '--header', 'X-Team: nightly', '--header', 'user-agent: x'])
    assert.equal(decision.rule, 'night shift')
    assert.equal((await decide(['hello'])).rule, 'default')
  })

  it('decides with a given health', async () => {
    const health = { targets: { 'claude/claude-sonnet-4-5': { state: 'open', failures: 3, retryAt: 500 } } }
    const argv = ['fix the failing test', '--health', file('health.json', health), '--now']
    const before = await decide([...argv, '499'])
    assert.deepEqual(
      before.dropped.map(({ model, reason }) => [model, reason]),
      [['claude-sonnet-4-5', 'circuit_open']],
    )
    assert.deepEqual((await decide([...argv, '500'])).dropped, [])
  })

  it('keeps a session where it was', async () => {
    for (const affinity of ['cloud/small@default', 'cloud/small@auto/default']) {
      const decision = await decide(['hello', '--affinity', affinity])
      assert.deepEqual([decision.sticky, first(decision)], [true, 'cloud/small'], affinity)
    }
    assert.equal((await decide(['hello', '--affinity', 'cloud/small@private/default'])).sticky, false)
  })

  it('answers no with exit code 1', async () => {
    const unknown = await decide(['hello', '--model', 'sage/privat'])
    assert.deepEqual([unknown.error?.code, unknown.error?.near], ['unknown_model', ['sage/private']])
    const text = await explain(['hello', '--model', 'sage/privat'])
    assert.equal(text.code, 1)
    assert.match(text.stdout, /^answer +no target: .*sage\/private/)
  })

  it('warns of a key that is not set, and leaves its provider out', async () => {
    const { code, stdout, stderr } = await explain(['fix the test'], { env: { CLOUD_KEY: 'k' } })
    assert.deepEqual(
      [code, stderr],
      [0, 'warning: provider claude is left out: environment variable CLAUDE_KEY is not set\n'],
    )
    assert.match(stdout, /claude\/claude-sonnet-4-5 +dropped +resting: no key/)
  })

  it('explains a profile without its keys when asked to', async () => {
    assert.deepEqual(await explain(['fix it', '--assume-keys'], { env: {} }), await explain(['fix it']))
  })

  const refused: [name: string, argv: string[], code: number, message: RegExp, input?: string][] = [
    ['an empty prompt', [' '], 2, /the prompt is empty/],
    ['empty input', ['-'], 2, /standard input is empty/, '\n'],
    ['a prompt and a request', ['hi', '--request', 'x.json'], 2, /a prompt or --request, not both/],
    ['a missing request', ['--request', 'nowhere.json'], 3, /cannot read nowhere\.json \(ENOENT\)/],
    ['a missing profile', ['hi', '--profile', 'nowhere.yaml'], 2, /nowhere\.yaml, which does not exist/],
    [
      'a broken profile',
      ['hi', '--profile', 'broken.yaml'],
      2,
      /broken\.yaml:5:5: error SAGE1011[^]*broken\.yaml:10:18/,
    ],
    ['a broken body', ['-'], 2, /the request body is not JSON: .* at byte/, '{"messages":['],
    ['a body of the wrong shape', ['-'], 2, /the body is no openai-chat request/, '{"messages":{}}'],
    ['a header without a name', ['hi', '--header', 'x'], 2, /--header x is not understood/],
    ['half an affinity', ['hi', '--affinity', 'cloud/small'], 2, /--affinity cloud\/small is not understood/],
    ['a health that is none', ['hi', '--health', 'sage.yaml'], 2, /sage\.yaml is not JSON/],
  ]
  for (const [name, argv, code, message, input = 'x'] of refused) {
    it(`refuses ${name}`, async () => {
      const text = await explain(argv, { input })
      assert.deepEqual([text.code, text.stdout], [code, ''])
      assert.match(text.stderr, message)
      const json = await explain([...argv, '--json'], { input })
      assert.deepEqual([json.code, json.stderr], [code, ''])
      assert.ok(validate(JSON.parse(json.stdout)), JSON.stringify(validate.errors))
    })
  }
})
