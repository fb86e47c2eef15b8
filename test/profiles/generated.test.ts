import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { buildCatalog } from '../../src/catalog/build.ts'
import type { Catalog } from '../../src/catalog/types.ts'
import type { RequestFacts } from '../../src/dialects/types.ts'
import { EMPTY_HEALTH } from '../../src/health/types.ts'
import { decide } from '../../src/policy/decide.ts'
import type { Decision } from '../../src/policy/types.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import type { Capability, Profile } from '../../src/profile/types.ts'
import { catalogSources } from '../../src/providers/catalog-sources.ts'
import { matchFile } from '../helpers/match-file.ts'
import { facts } from '../policy/helpers.ts'
import { generateProfile } from '../../src/providers/generate-profile.ts'
import type { Found, FoundModel } from '../../src/providers/generate-profile.ts'
import { resolveProviders } from '../../src/providers/resolve.ts'
import { Secret } from '../../src/secrets/secret.ts'
import { READY, SCHEMA_PATH } from './ready.ts'

const ALWAYS = ['auto', 'fast', 'balanced', 'best', 'coding', 'local-first']
const KEYS = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'OPENROUTER_API_KEY',
  'DEEPSEEK_API_KEY',
  'MISTRAL_API_KEY',
  'XAI_API_KEY',
  'GROQ_API_KEY',
  'NVIDIA_API_KEY',
  'OLLAMA_API_KEY',
]

interface Ready {
  profile: Profile
  catalog: Catalog
}

/** Parses without any diagnostic, resolves, builds the catalogue. */
function load(text: string): Ready {
  const { profile, diagnostics } = parseProfile(text, 'test.yaml')
  assert.deepEqual(diagnostics, [], text)
  assert.ok(profile)
  const providers = resolveProviders(profile, (reference) => new Secret('k', reference))
  assert.deepEqual(
    providers.filter((provider) => provider.missingKey !== undefined),
    [],
  )
  return { profile, catalog: buildCatalog(catalogSources(profile, providers)) }
}

function ask({ profile, catalog }: Ready, model: string, given: Partial<RequestFacts> = {}): Decision {
  const turn = 'Tell me something about the sea.'
  const asked = facts({ model, stream: true, turn, firstTurn: turn, ...given })
  return decide(profile, asked, { catalog, health: EMPTY_HEALTH, now: 0, seed: 0 })
}

/** Each list names only what exists, each policy and alias leads to a model, each preference holds. */
function check(ready: Ready): void {
  const { profile, catalog } = ready
  const names = profile.policies.map((policy) => policy.name)
  const hasLocal = catalog.models.some((model) => model.local)
  assert.deepEqual(names, hasLocal ? [...ALWAYS, 'local-only'] : ALWAYS)
  for (const policy of profile.policies) {
    for (const rule of policy.rules) {
      assert.notDeepEqual(rule.prefer, [], `${policy.name}/${rule.name}`)
      for (const target of rule.prefer) assert.ok(catalog.byTarget.has(target), target)
    }
    const decision = ask(ready, `sage/${policy.name}`)
    assert.equal(decision.error, undefined, policy.name)
    const first = decision.chain[0]
    assert.ok(first)
    if (policy.name === 'local-only' || (policy.name === 'local-first' && hasLocal)) {
      assert.equal(catalog.byTarget.get(`${first.provider}/${first.model}`)?.local, true)
    }
  }
  for (const name of ['claude-haiku-4-5', 'claude-sonnet-4-6', 'claude-opus-5-5']) {
    assert.equal(ask(ready, name).error, undefined, name)
  }
}

/** A policy answers a request that needs something, or says which model lacks what. */
function checkNeeds(ready: Ready, given: Partial<RequestFacts>): void {
  for (const policy of ready.profile.policies) {
    const decision = ask(ready, `sage/${policy.name}`, given)
    if (decision.error === undefined) {
      assert.ok(decision.chain.length > 0)
      continue
    }
    assert.equal(decision.error.code, 'no_candidate')
    for (const candidate of decision.candidates) assert.ok(candidate.reason, candidate.model)
  }
}

const NEEDS: readonly Partial<RequestFacts>[] = [
  { tools: 8, turn: 'Fix the failing test in parser.ts.' },
  { vision: true, liveVision: true, turn: 'What is in this picture?' },
  { json: 'schema' },
  { documents: true },
  { thinking: 'on', turn: 'Prove that there are infinitely many primes.' },
  { inputTokens: 10_000_000 },
]

test('the ready profiles are those in profiles/', () => {
  const files = readdirSync(new URL('../../profiles/', import.meta.url)).filter((name) => name.endsWith('.yaml'))
  assert.deepEqual(files.toSorted(), Object.keys(READY).toSorted())
})

for (const [file, found] of Object.entries(READY)) {
  test(`profiles/${file} is up to date, without mistakes, and every policy answers`, () => {
    const text = generateProfile(found, SCHEMA_PATH)
    matchFile(fileURLToPath(new URL(`../../profiles/${file}`, import.meta.url)), text)
    const ready = load(text)
    check(ready)
    for (const given of NEEDS) checkNeeds(ready, given)
  })
}

test('demo: each kind of work has its model', () => {
  const ready = load(generateProfile({ keys: [] }))
  const first = (given: Partial<RequestFacts>): string | undefined => ask(ready, 'sage/auto', given).chain[0]?.model
  assert.equal(first({ turn: 'Refactor this function in main.py and fix the bug.', tools: 4 }), 'coder')
  assert.equal(first({ turn: 'Write a poem about the sea.' }), 'writer')
  assert.equal(first({ turn: 'What is in this picture?', vision: true, liveVision: true }), 'vision')
  assert.equal(first({ turn: 'hi' }), 'small')
})

test('side calls go to a cheap or local model, and never to the best', () => {
  for (const [file, found] of Object.entries(READY)) {
    const ready = load(generateProfile(found))
    const title = { system: 'You are a title generator. You output a title and nothing else.' }
    const answers = (policy: string): string => {
      const { rule, intent, chain } = ask(ready, policy, { ...title, turn: 'Prove that P is not NP.' })
      assert.deepEqual([rule, intent.errand], ['side calls', 'title'], file)
      return `${chain[0]?.provider}/${chain[0]?.model}`
    }
    const best = ask(ready, 'sage/best').chain[0]
    const expected = answers('sage/auto')
    for (const policy of ['sage/balanced', 'sage/coding']) assert.equal(answers(policy), expected, file)
    if (ready.catalog.models.length > 1) assert.notEqual(expected, `${best?.provider}/${best?.model}`, file)
  }
})

for (const key of KEYS) {
  test(`only ${key}: every policy takes tools and JSON`, () => {
    const ready = load(generateProfile({ keys: [key] }))
    check(ready)
    assert.equal(ready.profile.providers.length, 1)
    for (const { name } of ready.profile.policies) {
      assert.equal(ask(ready, `sage/${name}`, { tools: 8 }).error, undefined, name)
      assert.equal(ask(ready, `sage/${name}`, { json: 'object' }).error, undefined, name)
    }
  })
}

const capability = fc.constantFrom<Capability>('tools', 'vision', 'json', 'thinking')
const model: fc.Arbitrary<FoundModel> = fc.record(
  {
    id: fc.oneof(
      fc.constantFrom(
        'qwen3:8b',
        'gpt-oss:120b-cloud',
        'nomic-embed-text',
        'true',
        '1.5',
        'a#b',
        "it's",
        'ä:1b',
        'has space',
      ),
      fc.stringMatching(/^[!-~]{1,20}$/),
    ),
    capabilities: fc.uniqueArray(capability),
    context: fc.integer({ min: 1_000, max: 1_000_000 }),
    remote: fc.boolean(),
  },
  { requiredKeys: ['id', 'remote'] },
)
const anyFound: fc.Arbitrary<Found> = fc.record(
  {
    keys: fc.uniqueArray(fc.constantFrom(...KEYS, 'HOME', 'constructor')),
    ollama: fc.record({
      baseUrl: fc.constantFrom('http://127.0.0.1:11434', 'http://gpu-box:11434', 'https://ollama.example.com'),
      models: fc.array(model, { maxLength: 6 }),
    }),
  },
  { requiredKeys: ['keys'] },
)

test('whatever is found, the profile is without mistakes and every policy answers', () => {
  fc.assert(
    fc.property(anyFound, (found) => {
      const ready = load(generateProfile(found))
      check(ready)
      for (const given of NEEDS) checkNeeds(ready, given)
    }),
    { numRuns: 60 },
  )
})

test('no value of a key can get into a profile, only names that sage knows', () => {
  const text = generateProfile({ keys: ['OPENAI_API_KEY', 'sk-not-a-name', 'SOME_OTHER_KEY'] })
  assert.match(text, /env:OPENAI_API_KEY/)
  assert.doesNotMatch(text, /sk-not|SOME_OTHER/)
})

test('an Ollama without chat models is mentioned, not configured', () => {
  const ollama = { baseUrl: 'http://127.0.0.1:11434', models: [{ id: 'nomic-embed-text', remote: false }] }
  const text = generateProfile({ keys: ['GROQ_API_KEY'], ollama })
  assert.match(text, /# Ollama is running but has no chat model yet/)
  assert.deepEqual(
    load(text).profile.providers.map((provider) => provider.name),
    ['groq'],
  )
})

test('a cloud model under an ordinary name is left out: it would pass for a local one', () => {
  const models = [
    { id: 'disguised', remote: true },
    { id: 'kimi-k2.6:cloud', remote: true },
  ]
  const { catalog } = load(generateProfile({ keys: [], ollama: { baseUrl: 'http://127.0.0.1:11434', models } }))
  assert.deepEqual(
    catalog.models.map(({ id, local }) => [id, local]),
    [['kimi-k2.6:cloud', false]],
  )
})
