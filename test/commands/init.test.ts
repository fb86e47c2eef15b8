// sage init as people and scripts use it.
import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { buildDefaultProfile } from '../../src/commands/default-profile.ts'
import { runInit } from '../../src/commands/init.ts'
import { createAsker } from '../../src/commands/init-questions.ts'
import type { Asker } from '../../src/commands/init-questions.ts'
import type { InitOptions } from '../../src/commands/init-options.ts'
import { reportError } from '../../src/commands/report-error.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { entryList, openAiList, routes } from '../helpers/discovery-fakes.ts'
import { fakeContext } from '../helpers/context.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import type { Result } from '../helpers/sage.ts'
import { createTerminal, KEYS } from '../helpers/terminal.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { refusedUrl } from '../helpers/upstream.ts'

const NOBODY = await refusedUrl()
const CANARY = 'sk-canary-0123456789abcdef'

interface Machine {
  home: string
  cwd: string
  env: Record<string, string>
  servers: Record<string, string>
  run(options?: InitOptions): Promise<Result>
  talk(terminal: Terminal, options?: InitOptions): Promise<Result>
  read(name: string): string
  /** Path → text of every file below the home. */
  files(): Record<string, string>
}

function setUp(t: TestContext, env: Record<string, string> = {}): Machine {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'sage-init-')))
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }))
  const cwd = join(home, 'project')
  mkdirSync(join(cwd, '.git'), { recursive: true })
  const all = { OLLAMA_HOST: NOBODY, PATH: '', ...env }
  const servers: Record<string, string> = {}
  const machine = { home, cwd, env: all, servers }
  const run = async (options: InitOptions, terminal?: Terminal): Promise<Result> => {
    const context = fakeContext([], {
      cwd,
      home,
      env: all,
      ...(terminal === undefined ? { input: '' } : { colorDepth: 4 }),
    })
    const asker = async (): Promise<Asker> => (terminal === undefined ? assert.fail('it asks') : createAsker(terminal))
    const effects = { asker, servers }
    const code = await runInit(context, options, effects).catch((error: unknown) => reportError(error, context))
    return { code, stdout: context.out(), stderr: context.err() }
  }
  return {
    ...machine,
    run: (options = {}) => run({ yes: true, lock: false, ...options }),
    talk: (terminal, options = {}) => run(options, terminal),
    read: (name) => readFileSync(join(cwd, name), 'utf8'),
    files: () => {
      const names = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
        statSync(join(home, name)).isFile(),
      )
      return Object.fromEntries(names.map((name) => [name, readFileSync(join(home, name), 'utf8')]))
    },
  }
}

describe('sage init', () => {
  it('writes the very profile that sage serve builds', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY, GROQ_API_KEY: CANARY })
    const { code, stdout, stderr } = await machine.run()
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^wrote sage\.yaml\nwrote \.gitignore\nnext: sage serve\n$/)
    assert.equal(machine.read('sage.yaml'), (await buildDefaultProfile(machine.env)).text)
    assert.equal(machine.read('.gitignore'), '.env\n')
  })

  it('changes nothing a second time, whatever it has set up', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY })
    const client = ['aider,claude-code,cline,codex,continue,gemini-cli,hermes', 'openclaw,opencode,pi,qwen-code']
    await machine.run({ client })
    const first = machine.files()
    const { code, stdout } = await machine.run({ client })
    assert.equal(code, 0)
    assert.doesNotMatch(stdout, /^(?:wrote|changed|by hand)/m)
    assert.deepEqual(machine.files(), first)
  })

  it('finds servers on this machine, with what they say of their models', async (t) => {
    const machine = setUp(t)
    const lmstudio = await openUpstream(
      routes({
        'GET /v1/models': () => entryList({ id: 'qwen3-14b', owned_by: 'organization_owner' }),
        'GET /api/v0/models': () => ({
          json: { data: [{ id: 'qwen3-14b', type: 'llm', capabilities: ['tool_use'], loaded_context_length: 16_384 }] },
        }),
      }),
    )
    const ollama = await openUpstream(
      routes({
        'GET /api/tags': () => ({
          json: ollamaTags([{ name: 'qwen3:8b', capabilities: ['completion', 'tools'], context: 40_960 }]),
        }),
      }),
    )
    machine.env['OLLAMA_HOST'] = ollama.url
    Object.assign(machine.servers, { lmstudio: `${lmstudio.url}/v1`, llamacpp: `${NOBODY}/v1` })
    assert.equal((await machine.run({ client: ['codex'] })).code, 0)
    const { profile, diagnostics } = parseProfile(machine.read('sage.yaml'), 'sage.yaml')
    assert.deepEqual(diagnostics, [])
    assert.deepEqual(
      profile?.providers.map(({ name, models }) => [name, models.map(({ id, context }) => [id, context])]),
      [
        ['ollama', [['qwen3:8b', 40_960]]],
        ['lmstudio', [['qwen3-14b', 16_384]]],
      ],
    )
    const codex = machine.files()[join('.codex', 'config.toml')] ?? ''
    assert.match(codex, /^model_context_window = 40960$/m)
  })

  it('adds to an edited profile only what is asked for, and keeps every byte of the rest', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY, XAI_API_KEY: CANARY })
    const edited = `# ours
version: 1
providers:
  mine: {kind: demo,   models: [a]} # odd spacing

# policies of the team
policies:
  team: { rules: [{ name: all, prefer: ['mine/*'] }] }
`
    writeFileSync(join(machine.cwd, 'sage.yaml'), edited)
    const untouched = await machine.run()
    assert.match(untouched.stdout, /^kept sage\.yaml$/m)
    assert.match(untouched.stdout, /^found, but not in the profile: .*\(add with: sage init --provider .*xai/m)
    assert.equal(machine.read('sage.yaml'), edited)
    const { stdout } = await machine.run({ provider: ['xai'], policy: 'team', client: ['claude-code'] })
    assert.match(stdout, /^changed sage\.yaml$/m)
    const lines = machine.read('sage.yaml').split('\n')
    assert.deepEqual(
      edited.split('\n').filter((line) => !lines.includes(line)),
      [],
    )
    assert.deepEqual(
      parseProfile(lines.join('\n'), 'sage.yaml').profile?.providers.map(({ name, keys }) => [name, keys]),
      [
        ['mine', []],
        ['xai', ['env:XAI_API_KEY']],
      ],
    )
    assert.match(machine.files()[join('.claude', 'settings.json')] ?? '', /"ANTHROPIC_MODEL": "sage\/team"/)
  })

  it('writes anew with --force, and --undo brings the old one back', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY })
    const before = 'version: 1\nproviders: { mine: { kind: demo, models: [a] } }\n'
    writeFileSync(join(machine.cwd, 'sage.yaml'), before)
    await machine.run({ force: true })
    assert.match(machine.read('sage.yaml'), /env:OPENAI_API_KEY/)
    const { code, stdout } = await machine.run({ undo: true })
    assert.equal(code, 0)
    assert.match(stdout, /^restored .*sage\.yaml$/m)
    assert.deepEqual(machine.files(), { [join('project', 'sage.yaml')]: before })
    assert.deepEqual([(await machine.run({ undo: true })).code], [2])
  })

  it('undoes the rest and exits with 1 when a file was changed since', async (t) => {
    const machine = setUp(t)
    await machine.run({ client: ['pi'] })
    writeFileSync(join(machine.cwd, 'sage.yaml'), 'mine')
    const { code, stdout } = await machine.run({ undo: true })
    assert.equal(code, 1)
    assert.match(stdout, /^left as it is, for it was changed since: .*sage\.yaml$/m)
    assert.deepEqual(machine.files(), { [join('project', 'sage.yaml')]: 'mine' })
  })

  it('locks through sage discover, and undo takes the lock too', async (t) => {
    const machine = setUp(t)
    const upstream = await openUpstream(routes({ 'GET /v1/models': () => openAiList(['m']) }))
    machine.servers['vllm'] = `${upstream.url}/v1`
    const { stdout } = await machine.run({ lock: true })
    assert.match(stdout, /^wrote sage\.lock\.yaml$/m)
    assert.match(machine.read('sage.lock.yaml'), /vllm/)
    assert.doesNotMatch((await machine.run({ lock: true })).stdout, /lock/)
    await machine.run({ undo: true })
    assert.deepEqual(machine.files(), {})
  })

  it('says why there is no lock, and is content without', async (t) => {
    const machine = setUp(t)
    const { code, stdout } = await machine.run({ lock: true, provider: ['openai'] })
    assert.equal(code, 0)
    assert.match(stdout, /^no sage\.lock\.yaml: no provider gave its models.*\(later: sage discover\)$/m)
  })

  it('writes nothing on a dry run', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY })
    const { code, stdout } = await machine.run({ dryRun: true, client: ['codex'], lock: true })
    assert.equal(code, 0)
    assert.match(stdout, /^\+providers:$/m)
    assert.match(stdout, /^would write sage\.yaml$/m)
    assert.match(stdout, /^would ask the providers for their models and write sage\.lock\.yaml$/m)
    assert.deepEqual(machine.files(), {})
  })

  it('says that clients need the token', async (t) => {
    const machine = setUp(t)
    const text =
      'version: 1\nserve: { token: env:SAGE_TOKEN, port: 9000 }\nproviders: { mine: { kind: demo, models: [a] } }\n'
    writeFileSync(join(machine.cwd, 'sage.yaml'), text)
    assert.match((await machine.run({ client: ['pi'] })).stdout, /^sage demands a token/m)
    assert.match(
      machine.files()[join('.pi', 'agent', 'models.json')] ?? '',
      /"baseUrl": "http:\/\/127\.0\.0\.1:9000\/v1"/,
    )
  })

  it('prints JSON that its schema describes', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY })
    const schema = readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'init.schema.json'), 'utf8')
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(
      JSON.parse(schema) as object,
    )
    const entry = { model: 'bedrock/x', api_key: CANARY }
    writeFileSync(
      join(machine.cwd, 'litellm.yaml'),
      JSON.stringify({
        model_list: [{ litellm_params: entry }, { litellm_params: { model: 'groq/m', api_key: CANARY } }],
      }),
    )
    const options = { json: true, client: ['codex', 'cursor'], import: ['litellm.yaml'] }
    const runs = [
      { ...options, dryRun: true, lock: true },
      options,
      options,
      { json: true, undo: true, dryRun: true },
      { json: true, undo: true },
    ]
    for (const each of runs) {
      const { code, stdout } = await machine.run(each)
      assert.equal(code, 0)
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors))
    }
  })

  it('never lets a key into a file or onto the screen', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: `${CANARY}-env` })
    writeFileSync(join(machine.cwd, '.env'), `GROQ_API_KEY=${CANARY}-dotenv\n`)
    const entry = { model: 'mistral/mistral-large', api_key: `${CANARY}-import` }
    writeFileSync(
      join(machine.cwd, 'litellm_config.yaml'),
      JSON.stringify({ model_list: [{ model_name: 'a', litellm_params: entry }] }),
    )
    mkdirSync(join(machine.home, '.openclaw'))
    const mine = { models: { providers: { own: { apiKey: `${CANARY}-client` } } } }
    writeFileSync(join(machine.home, '.openclaw', 'openclaw.json'), JSON.stringify(mine, null, 2))
    const before = machine.files()
    const options = { import: ['litellm_config.yaml'], client: ['openclaw', 'codex', 'aider'] }
    const shown = [
      await machine.run({ ...options, dryRun: true }),
      await machine.run({ ...options, dryRun: true, json: true }),
      await machine.run(options),
    ]
    for (const { code, stdout, stderr } of shown) {
      assert.equal(code, 0)
      assert.ok(!(stdout + stderr).includes('canary'), stdout)
    }
    assert.match(shown[2]?.stdout ?? '', /^set MISTRAL_API_KEY to the key of mistral, from the settings of LiteLLM/m)
    assert.match(machine.read('sage.yaml'), /key: env:MISTRAL_API_KEY/)
    const holding = Object.entries(machine.files())
      .filter(([, text]) => text.includes('canary'))
      .map(([name]) => name)
    // Where it stood before, and the copy of that file for nobody else to read.
    const copy = holding.filter((name) => !Object.hasOwn(before, name))
    assert.deepEqual(holding.filter((name) => Object.hasOwn(before, name)).sort(), Object.keys(before).sort())
    assert.equal(copy.length, 1)
    assert.match(copy[0] ?? '', /^\.local.state.sage.init-1.\d$/)
    if (process.platform !== 'win32') assert.equal(statSync(join(machine.home, copy[0] ?? '')).mode & 0o777, 0o600)
  })

  for (const [secret, exit, message] of [
    [CANARY, 2, /SAGE1031/],
    ['ordinary-words', 3, /would hold the value of a key/],
  ] as const) {
    it(`refuses to write a key that stands in a wrong place: ${secret}`, async (t) => {
      const machine = setUp(t)
      const entry = { name: 'x', api_base_url: `https://llm.example.com/${secret}/v1`, api_key: secret, models: ['m'] }
      writeFileSync(join(machine.cwd, 'ccr.json'), JSON.stringify({ Providers: [entry] }))
      const { code, stderr } = await machine.run({ import: ['ccr.json'] })
      assert.equal(code, exit)
      assert.match(stderr, message)
      assert.ok(!stderr.includes(secret), stderr)
      assert.deepEqual(Object.keys(machine.files()), [join('project', 'ccr.json')])
    })
  }

  it('refuses a file that it cannot merge into, and says what to put there', async (t) => {
    const machine = setUp(t)
    mkdirSync(join(machine.home, '.codex'))
    writeFileSync(join(machine.home, '.codex', 'config.toml'), 'model = "gpt-5.5"\n')
    const { code, stdout } = await machine.run({ client: ['codex'] })
    assert.equal(code, 0)
    assert.match(stdout, /^by hand .*config\.toml: it sets model itself; put this into it:\n {4}model = "sage\/auto"$/m)
    assert.equal(machine.files()[join('.codex', 'config.toml')], 'model = "gpt-5.5"\n')
  })

  const WRONG: [name: string, options: InitOptions, message: RegExp][] = [
    ['no terminal and no --yes', { yes: false }, /--yes/],
    ['--json without --yes', { yes: false, json: true }, /--yes/],
    ['an unknown client', { client: ['codx'] }, /no client called codx[^]*codex/],
    ['an unknown provider', { provider: ['opnai'] }, /no provider called opnai[^]*openai/],
    ['an unknown policy', { policy: 'fsat' }, /no policy called fsat[^]*fast/],
    ['a server that does not answer', { provider: ['vllm'] }, /vllm does not answer/],
    ['no such file to import', { import: ['none.yaml'] }, /none\.yaml does not exist/],
    ['a file that holds nothing to import', { import: ['empty'] }, /holds no providers/],
  ]
  for (const [name, options, message] of WRONG) {
    it(`exits with 2 and writes nothing: ${name}`, async (t) => {
      const machine = setUp(t)
      writeFileSync(join(machine.cwd, 'empty'), '{}')
      const { code, stderr, stdout } = await machine.run(options)
      assert.equal(code, 2)
      assert.match(stderr + stdout, message)
      assert.deepEqual(machine.files(), { [join('project', 'empty')]: '{}' })
    })
  }

  it('leaves a profile with mistakes alone, and one outside of home', async (t) => {
    const machine = setUp(t)
    writeFileSync(join(machine.cwd, 'sage.yaml'), 'version: 1\nprovider: {}\n')
    assert.equal((await machine.run()).code, 2)
    assert.equal((await machine.run({ profile: join(machine.home, '..', 'elsewhere.yaml') })).code, 3)
    assert.deepEqual(machine.files(), { [join('project', 'sage.yaml')]: 'version: 1\nprovider: {}\n' })
  })
})

describe('sage init on a terminal', () => {
  it('asks, shows the difference, and writes after the last answer', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY, GROQ_API_KEY: CANARY })
    mkdirSync(join(machine.home, '.codex'))
    const terminal = createTerminal([
      ['Which providers?', KEYS.down, KEYS.space, KEYS.enter],
      ['Which clients', KEYS.space, KEYS.enter],
      ['lock what they say', 'n', KEYS.enter],
      ['Which policy', KEYS.down, KEYS.enter],
      ['Write these 3 files?', KEYS.enter],
    ])
    const { code, stdout } = await machine.talk(terminal)
    assert.deepEqual([code, terminal.left()], [0, []])
    assert.match(stdout, /keys: .*OPENAI_API_KEY/)
    const { profile } = parseProfile(machine.read('sage.yaml'), 'sage.yaml')
    assert.equal(profile?.providers.length, 1)
    const second = profile?.policies[1]?.name ?? ''
    assert.match(machine.files()[join('.codex', 'config.toml')] ?? '', new RegExp(`model = "sage/${second}"`))
  })

  it('offers the settings of other programs', async (t) => {
    const machine = setUp(t)
    const entry = {
      name: 'groq',
      api_base_url: 'https://api.groq.com/openai/v1/chat/completions',
      api_key: '$MINE',
      models: ['m'],
    }
    mkdirSync(join(machine.home, '.claude-code-router'))
    writeFileSync(join(machine.home, '.claude-code-router', 'config.json'), JSON.stringify({ Providers: [entry] }))
    const terminal = createTerminal([
      ['Take over groq from claude-code-router', KEYS.enter],
      ['lock what they say', 'n', KEYS.enter],
      ['Write these 2 files?', KEYS.enter],
    ])
    assert.deepEqual([(await machine.talk(terminal)).code, terminal.left()], [0, []])
    assert.match(machine.read('sage.yaml'), /preset: groq\n {4}key: env:MINE/)
  })

  it('writes nothing and exits with 1 on a no', async (t) => {
    const machine = setUp(t)
    const terminal = createTerminal([['Write these 2 files?', 'n', KEYS.enter]])
    assert.equal((await machine.talk(terminal, { lock: false })).code, 1)
    assert.deepEqual(machine.files(), {})
  })

  for (const question of ['Which providers?', 'Which clients', 'lock what they say', 'Which policy', 'Write these']) {
    it(`writes nothing and exits with 130 on Ctrl-C at "${question}"`, async (t) => {
      const machine = setUp(t, { OPENAI_API_KEY: CANARY, GROQ_API_KEY: CANARY })
      mkdirSync(join(machine.home, '.codex'))
      const script = [
        ['Which providers?', KEYS.enter],
        ['Which clients', KEYS.space, KEYS.enter],
        ['lock what they say', KEYS.enter],
        ['Which policy', KEYS.enter],
      ] as const
      const at = script.findIndex(([text]) => text === question)
      const terminal = createTerminal([...(at === -1 ? script : script.slice(0, at)), [question, KEYS.interrupt]])
      assert.deepEqual([(await machine.talk(terminal)).code, terminal.left()], [130, []])
      assert.deepEqual(machine.files(), {})
    })
  }
})
