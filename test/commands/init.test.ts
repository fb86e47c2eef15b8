// sage init as scripts use it: everything by flags.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { buildDefaultProfile } from '../../src/commands/default-profile.ts'
import type { InitOptions } from '../../src/commands/init-options.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { entryList, openAiList, routes } from '../helpers/discovery-fakes.ts'
import { CANARY, NOBODY, setUp } from '../helpers/init-machine.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'

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
