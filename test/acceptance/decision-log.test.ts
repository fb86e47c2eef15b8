// A log of real traffic, written by the server over HTTP, is decided again without a difference.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { runServe } from '../../src/commands/serve.ts'
import type { ServeOptions } from '../../src/commands/serve.ts'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { openUpstream } from '../helpers/opened.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { continuing } from '../helpers/rescue-bench.ts'
import type { Handler } from '../helpers/upstream.ts'

const root = mkdtempSync(join(tmpdir(), 'sage-replay-'))
after(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))

const KEY = 'a-key-that-nobody-must-see'
const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })

interface Line {
  type: string
  id: string
  facts: { headers: Record<string, string>; texts: Record<string, { text?: string }> }
  world: { affinity?: object; health: { targets: object; providers: object } }
  decision: { sticky: boolean; chain: string[]; error?: { code: string } }
  outcome: { ending: string; status: number; attempts: { outcome: string; rescue?: true }[] }
}

/** A server in this process that logs to `decisions.jsonl` of its own folder, until `use` is done. */
async function serving(
  handlers: readonly Handler[],
  options: ServeOptions,
  use: (url: string) => Promise<void>,
  settings = '',
  { rescue = 'off', facts: more = 'context: 200000' }: { rescue?: string; facts?: string } = {},
): Promise<string> {
  const cwd = mkdtempSync(join(root, 'run-'))
  const providers = await Promise.all(
    handlers.map(async (handler, at) => {
      const { url } = await openUpstream(handler)
      const facts = `{ capabilities: [tools, vision, json], ${more} }`
      return `  ${'abc'[at]}: { kind: openai-compatible, base_url: "${url}/v1", key: env:K, models: { m: ${facts} } }\n`
    }),
  )
  const policies = `policies:
  auto:
    ties: spread
    rescue: ${rescue}
    rules:
      - { name: red team, when: { header: { x-team: red* } }, prefer: [b/m] }
      - { name: code, when: { intent: code }, prefer: [a/m, b/m] }
pins: { a/m: { fallback: [sage/auto] } }
`
  writeFileSync(join(cwd, 'sage.yaml'), `version: 1\n${settings}providers:\n${providers.join('')}${policies}`)
  let seed = 7
  const context = fakeContext([], {
    cwd,
    env: { K: KEY },
    now: () => Date.now(),
    mono: () => performance.now(),
    random: () => (seed = (seed * 16807) % 2147483647) / 2147483647,
  })
  const running = runServe(context, { port: 0, quiet: true, ...options })
  let url: string | undefined
  const ended = running.then(() => true)
  while (url === undefined && !(await Promise.race([ended, nextTurn(false)]))) {
    url = /listening on (\S+)\n/.exec(context.err())?.[1]
  }
  assert.ok(url !== undefined, context.err())
  try {
    await use(url)
  } finally {
    context.send('SIGTERM')
    assert.equal(await running, 0)
  }
  return cwd
}

function readLines(cwd: string): Line[] {
  const lines = readFileSync(join(cwd, 'decisions.jsonl'), 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Line).filter(({ type }) => type === 'decision')
}

const explain = (cwd: string, ...argv: string[]): Promise<Result> =>
  runCli(['explain', '--log', 'decisions.jsonl', ...argv], { cwd })

/** Traffic with everything in it that a decision may depend on. */
async function traffic(url: string): Promise<number> {
  let count = 0
  const send: typeof ask = async (...args) => {
    count++
    return ask(...args)
  }
  for (const client of TEST_CLIENTS) {
    for (const text of ['hello there', 'fix the failing test in main.py', 'translate this into French: pomegranate']) {
      const messages = [{ role: 'user', content: text }]
      await send(url, client, { messages }, { 'x-session-id': text })
      await send(url, client, { messages }, { 'x-session-id': text })
      await send(url, client, { messages }, { 'x-team': 'red-1', 'x-private': 'persimmon' })
    }
    await send(url, client, { model: 'a/m' })
    await send(url, client, { model: 'no-such-model' })
  }
  // At once, so that health moves while requests are under way.
  await Promise.all(TEST_CLIENTS.map((client) => send(url, client, { model: 'sage/auto' })))
  return count
}

describe('sage serve --log', () => {
  it('records traffic with rate limits, failures, failover and sessions that explain --log decides the same', async () => {
    const limited: Handler = (received, n) =>
      n % 3 === 1
        ? { status: 429, headers: { 'retry-after': '3' }, json: { error: { message: 'slow down' } } }
        : fine(received, n)
    const broken: Handler = (received, n) => (n % 4 === 2 ? { status: 500, text: 'broken' } : fine(received, n))
    let count = 0
    const cwd = await serving([limited, broken, fine], { log: 'decisions.jsonl' }, async (url) => {
      count = await traffic(url)
    })
    const lines = readLines(cwd)
    assert.equal(lines.length, count)
    // It must have been such traffic, or the rest proves little.
    const outcomes = new Set(lines.flatMap(({ outcome }) => outcome.attempts.map((attempt) => attempt.outcome)))
    for (const each of ['ok', 'rate_limit', 'server']) assert.ok(outcomes.has(each), each)
    assert.ok(lines.some(({ decision }) => decision.sticky))
    assert.ok(lines.some(({ world }) => world.affinity !== undefined))
    assert.ok(lines.some(({ world }) => Object.keys(world.health.providers).length > 0))
    assert.ok(lines.some(({ world }) => Object.keys(world.health.targets).length > 0))
    assert.ok(lines.some(({ decision }) => decision.error?.code === 'unknown_model'))

    const text = readFileSync(join(cwd, 'decisions.jsonl'), 'utf8')
    for (const word of ['pomegranate', 'persimmon', 'failing test in', KEY]) assert.ok(!text.includes(word), word)
    assert.ok(lines.some(({ facts }) => facts.headers['x-team'] === 'red-1'))

    const again = await explain(cwd)
    assert.deepEqual(again, {
      code: 0,
      stdout: `decisions.jsonl: ${count} decisions, decided again: no difference\n`,
      stderr: '',
    })
    const json = await explain(cwd, '--json')
    assert.deepEqual(JSON.parse(json.stdout), { version: 1, log: 'decisions.jsonl', decisions: count, different: [] })
  })

  it('marks the attempt that went on with a text, and decides that request again the same', async () => {
    const text = 'one two three four five six'
    const broken: Handler = () => ({ chunks: chatStream({ model: 'm', text }).slice(0, 3) })
    const client = TEST_CLIENTS.find(({ stream }) => stream)
    assert.ok(client !== undefined)
    const cwd = await serving(
      [broken, continuing('chat', text)],
      { log: 'decisions.jsonl' },
      async (url) => assert.equal(client.readText((await ask(url, client)).text), text),
      '',
      { rescue: 'prose', facts: 'continues_prefill: true' },
    )
    const [line] = readLines(cwd)
    assert.deepEqual(
      line?.outcome.attempts.map(({ outcome, rescue }) => [outcome, rescue]),
      [
        ['cut', undefined],
        ['ok', true],
      ],
    )
    assert.equal((await explain(cwd)).stdout, 'decisions.jsonl: 1 decision, decided again: no difference\n')
  })

  it('says where a decision is not the logged one', async () => {
    const cwd = await serving([fine, fine], { log: 'decisions.jsonl' }, async (url) => {
      for (const client of TEST_CLIENTS) await ask(url, client, {}, { 'x-team': 'red' })
    })
    const path = join(cwd, 'decisions.jsonl')
    const [, second] = readLines(cwd)
    assert.ok(second !== undefined)
    const forged = readFileSync(path, 'utf8').replace(
      new RegExp(`("id":"${second.id}".*)"chain":\\["b/m","a/m"\\]`),
      '$1"chain":["a/m","b/m"]',
    )
    writeFileSync(path, forged)
    const all = await explain(cwd)
    assert.equal(all.code, 1)
    assert.equal(
      all.stdout,
      `decisions.jsonl: 4 decisions, decided again: 1 differs\n` +
        `  decisions.jsonl:5: ${second.id}: chain[0] was "a/m", is now "b/m"\n`,
    )
    const one = await explain(cwd, '--id', second.id)
    assert.equal(one.code, 1)
    assert.match(one.stdout, /^answer +b\/m, then a\/m[\s\S]*rule +red team[\s\S]*chain\[0\] was "a\/m"/)
    const json = await explain(cwd, '--format', 'json', '--id', second.id)
    const document = JSON.parse(json.stdout) as { decisions: number; decision: { rule: string } }
    assert.deepEqual([document.decisions, document.decision.rule], [1, 'red team'])
    const missing = await explain(cwd, '--id', 'ffff')
    assert.equal(missing.code, 2)
    assert.match(missing.stderr, /decisions\.jsonl has no decision ffff/)
  })

  it('shows what another profile would do with the traffic', async () => {
    const cwd = await serving([fine, fine], { log: 'decisions.jsonl' }, async (url) => {
      for (const client of TEST_CLIENTS) await ask(url, client, {}, { 'x-team': 'red' })
      for (const client of TEST_CLIENTS) await ask(url, client, { model: 'b/m' })
    })
    const profile = readFileSync(join(cwd, 'sage.yaml'), 'utf8')
    writeFileSync(join(cwd, 'same.yaml'), profile)
    const same = await explain(cwd, '--against', 'same.yaml')
    assert.deepEqual([same.code, same.stdout], [0, 'decisions.jsonl under same.yaml: 8 requests, nothing changes\n'])

    const rules = '- { name: blue team, when: { header: { x-team: red* } }, prefer: [a/m] }'
    writeFileSync(join(cwd, 'new.yaml'), profile.replace(/- \{ name: red team.*/, rules))
    assert.equal((await explain(cwd, '--against', 'same.yaml', '--fail-on-change')).code, 0)
    assert.equal((await explain(cwd, '--against', 'new.yaml', '--fail-on-change')).code, 1)
    for (const more of [['--cases', 'x'], ['--base', 'x'], ['--simulate', 'a=429'], ['--request', 'x'], ['hello']]) {
      const { code, stderr } = await explain(cwd, ...more)
      assert.equal(code, 2)
      assert.match(stderr, /--log does not go with/)
    }
    const changed = await explain(cwd, '--against', 'new.yaml')
    assert.equal(changed.code, 0)
    assert.match(
      changed.stdout,
      /8 requests, 4 go elsewhere first, 0 have other fallbacks, 0 are decided by another rule/,
    )
    assert.match(changed.stdout, / 4 +auto +simple +b\/m +a\/m +auto\/red team → +auto\/blue team/)
    const table = await explain(cwd, '--against', 'new.yaml', '--format', 'markdown')
    assert.match(
      table.stdout,
      /\| 4 \| auto \| simple \| b\/m \| a\/m \| auto\/red team → auto\/blue team \| [0-9a-f]{16} \|/,
    )
    const page = await explain(cwd, '--format', 'html')
    assert.match(page.stdout, /<p>decisions\.jsonl: 8 decisions, decided again: no difference<\/p>/)
    const { changes } = JSON.parse((await explain(cwd, '--against', 'new.yaml', '--json')).stdout) as {
      changes: { kind: string; before: { rule: string }; after: { rule: string; chain: string[] } }[]
    }
    assert.equal(changes.length, 4)
    assert.deepEqual(changes[0]?.after, { chain: ['a/m', 'b/m'], policy: 'auto', rule: 'blue team' })

    writeFileSync(join(cwd, 'other.yaml'), profile.replace('x-team', 'x-squad'))
    const other = await explain(cwd, '--against', 'other.yaml')
    assert.match(other.stderr, /header x-squad is not in the log: rules that look at it do not hold/)
    assert.match(other.stdout, /auto\/red team → +auto\/default/)
    const broken = await explain(cwd, '--against', 'nowhere.yaml')
    assert.equal(broken.code, 2)
  })

  it('is set in the profile too, with prompts only on request', async () => {
    const settings = 'serve: { decision_log: { path: decisions.jsonl } }\n'
    const [client] = TEST_CLIENTS
    assert.ok(client !== undefined)
    const speak = async (url: string): Promise<void> => void (await ask(url, client))
    const silent = await serving([fine, fine], {}, speak, settings)
    assert.deepEqual(
      readLines(silent).map(({ facts }) => facts.texts['turn']?.text),
      [undefined],
    )
    const open = await serving([fine, fine], { recordPrompts: true }, speak, settings)
    assert.deepEqual(
      readLines(open).map(({ facts }) => facts.texts['turn']?.text),
      ['hello there'],
    )
    assert.equal((await explain(open)).code, 0)
    const spoken = await serving([fine, fine], {}, speak, settings.replace('jsonl', 'jsonl, prompts: true'))
    assert.match(readFileSync(join(spoken, 'decisions.jsonl'), 'utf8'), /"text":"hello there"/)
  })

  it('does not start when the log cannot be written', async () => {
    const cwd = mkdtempSync(join(root, 'bad-'))
    writeFileSync(join(cwd, 'sage.yaml'), 'version: 1\nproviders: { d: { kind: demo } }\n')
    writeFileSync(join(cwd, 'notes'), 'mine')
    const refused = await runCli(['serve', '--port', '0', '--log', 'notes'], { cwd })
    assert.deepEqual([refused.code, refused.stdout], [3, ''])
    assert.match(refused.stderr, /notes is something else than a decision log/)
    const useless = await runCli(['serve', '--port', '0', '--record-prompts'], { cwd })
    assert.equal(useless.code, 2)
    assert.match(useless.stderr, /--record-prompts needs a decision log/)
  })
})
