// Routing behaviours of the router that came before this one, replayed on its provider layout and held to our rules.
// The numbers are those of our list of its behaviours; the missing ones belong to other parts or were given up.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Model } from '../../src/catalog/types.ts'
import type { HealthSnapshot } from '../../src/health/types.ts'
import { decide } from '../../src/policy/decide.ts'
import type { Decision, Facts } from '../../src/policy/types.ts'
import type { Pin, Policy } from '../../src/profile/types.ts'
import { can, chainOf, facts, model, policy, profile, reasonsOf, rule, world } from './helpers.ts'

const ALL = ['ollama', 'ollama-2', 'ollama-cloud', 'openai-codex', 'openai', 'google', 'openrouter']
const F = [
  'ollama/glm-5',
  'ollama-2/glm-5.2',
  'ollama-cloud/glm-5.1:cloud',
  'openai-codex/gpt-5.5',
  'openai-codex/gpt-5.4',
]

interface Row {
  number: number
  name: string
  models?: (Model | string)[]
  policies?: Policy[]
  pins?: Pin[]
  health?: HealthSnapshot
  facts: Partial<Facts>
  check: (decision: Decision) => void
}

const preferring = (...prefer: string[]): Policy => policy({ rules: [rule({ prefer })] })
const sight = (target: string): Model => model(target, { capabilities: can('vision', 'tools') })
const noSight = (target: string): Model => model(target, { capabilities: can('tools') })

const rows: Row[] = [
  {
    number: 1,
    name: 'a pin at the wrong provider names the right one instead of going there unasked',
    facts: { model: 'ollama/gpt-5.5' },
    check: ({ error }) => assert.deepEqual([error?.code, error?.near[0]], ['unknown_model', 'openai-codex/gpt-5.5']),
  },
  {
    number: 2,
    name: 'a pin stays in front, with its fallback behind',
    pins: [{ match: 'ollama/*', fallback: ['ollama-2/glm-5.2'] }],
    facts: { model: 'ollama/glm-5' },
    check: (decision) => assert.deepEqual(chainOf(decision), ['ollama/glm-5', 'ollama-2/glm-5.2']),
  },
  {
    number: 3,
    name: 'a pin that is unable leaves the request to its fallback',
    models: [model('ollama-cloud/embed', { capabilities: can() }), 'openai-codex/gpt-5.5'],
    pins: [{ match: 'ollama-cloud/*', fallback: ['sage/auto'] }],
    facts: { model: 'ollama-cloud/embed', tools: 3 },
    check: (decision) => assert.deepEqual(chainOf(decision), ['openai-codex/gpt-5.5']),
  },
  {
    number: 4,
    name: 'a preferred provider with many models still leaves room for another provider',
    models: [...['1', '2', '3', '4', '5', '6'].map((id) => `ollama-cloud/${id}`), 'openai/gpt'],
    policies: [preferring('ollama-cloud/*')],
    facts: {},
    check: (decision) => assert.deepEqual(chainOf(decision).slice(0, 2), ['ollama-cloud/1', 'openai/gpt']),
  },
  {
    number: 5,
    name: 'a hosted model asked for at the local provider is named, not silently moved',
    facts: { model: 'ollama/glm-5.1:cloud' },
    check: ({ error }) => assert.equal(error?.near[0], 'ollama-cloud/glm-5.1:cloud'),
  },
  {
    number: 7,
    name: 'the name of a policy is never a pin',
    policies: [policy(), policy({ name: 'balanced' })],
    facts: { model: 'sage/balanced' },
    check: ({ policy: name, pin }) => assert.deepEqual([name, pin], ['balanced', undefined]),
  },
  {
    number: 7,
    name: 'a target may stand behind the prefix',
    models: ['google/gemini-2.5-flash', 'openai/gpt'],
    facts: { model: 'sage/google/gemini-2.5-flash' },
    check: (decision) => assert.deepEqual(chainOf(decision), ['google/gemini-2.5-flash']),
  },
  {
    number: 9,
    name: 'a rate-limited favourite makes way, and the scores show who is next',
    models: ['ollama/glm-5', 'google/gemini', 'openai-codex/gpt-5.5'],
    policies: [preferring('ollama/*', 'openai-codex/*', 'google/*')],
    health: { targets: {}, providers: { ollama: { restingUntil: 5000, reason: 'rate_limit' } } },
    facts: {},
    check: (decision) => {
      assert.deepEqual(chainOf(decision), ['openai-codex/gpt-5.5', 'google/gemini'])
      const [codex, google] = decision.candidates
      assert.ok(codex && google && codex.score > google.score)
    },
  },
  {
    number: 11,
    name: 'an account past due takes all models of its provider out',
    models: ['ollama-cloud/1', 'ollama-cloud/2', 'openai/gpt'],
    health: { targets: {}, providers: { 'ollama-cloud': { restingUntil: 5000, reason: 'quota' } } },
    facts: {},
    check: (decision) => {
      assert.deepEqual(chainOf(decision), ['openai/gpt'])
      assert.deepEqual(reasonsOf(decision), { 'ollama-cloud/1': 'resting', 'ollama-cloud/2': 'resting' })
    },
  },
  {
    number: 12,
    name: 'the first three attempts go to at least two providers',
    models: [...['1', '2', '3', '4'].map((id) => `openai-codex/${id}`), 'openai/gpt', 'ollama/glm-5'],
    policies: [preferring('openai-codex/*')],
    facts: {},
    check: ({ chain }) => {
      assert.equal(chain[0]?.provider, 'openai-codex')
      assert.ok(new Set(chain.slice(0, 3).map(({ provider }) => provider)).size >= 2)
    },
  },
  {
    number: 13,
    name: 'balanced goes to Ollama first and keeps the subscription behind',
    policies: [policy(), { ...preferring('ollama*/*'), name: 'balanced' }],
    facts: { model: 'balanced' },
    check: (decision) => {
      assert.equal(chainOf(decision)[0], 'ollama/glm-5')
      assert.ok(chainOf(decision).includes('openai-codex/gpt-5.5'))
    },
  },
  {
    number: 14,
    name: 'a constraint without a match is not relaxed: the refusal says what it was (theirs relaxed it)',
    policies: [policy({ allow: ['nowhere/*'] })],
    facts: { tools: 1 },
    check: ({ error, chain }) => {
      assert.deepEqual([error?.code, chain.length], ['no_candidate', 0])
      assert.match(error?.message ?? '', /5 × not_allowed/)
    },
  },
  {
    number: 16,
    name: 'a request with an image goes to models that see, only',
    models: [noSight('ollama/glm-5'), sight('openai/gpt'), sight('google/gemini'), noSight('google/text')],
    policies: [preferring('ollama/*')],
    facts: { vision: true, liveVision: true },
    check: (decision) => assert.deepEqual(chainOf(decision), ['openai/gpt', 'google/gemini']),
  },
  {
    number: 16,
    name: 'a pin that cannot see leaves an image to a fallback that can',
    models: [noSight('ollama/glm-5'), noSight('google/text'), sight('openai/gpt')],
    pins: [{ match: 'ollama/*', fallback: ['sage/auto'] }],
    facts: { model: 'ollama/glm-5', vision: true },
    check: (decision) => assert.deepEqual(chainOf(decision), ['openai/gpt']),
  },
  {
    number: 17,
    name: 'a text model is refused for an image, its seeing variant is not',
    models: [noSight('ollama/glm-5'), sight('ollama/glm-5v')],
    facts: { vision: true },
    check: (decision) => {
      assert.deepEqual(chainOf(decision), ['ollama/glm-5v'])
      assert.deepEqual(reasonsOf(decision), { 'ollama/glm-5': 'no_vision' })
    },
  },
  {
    number: 17,
    name: 'both are there for text',
    models: [noSight('ollama/glm-5'), sight('ollama/glm-5v')],
    facts: {},
    check: (decision) => assert.deepEqual(chainOf(decision), ['ollama/glm-5', 'ollama/glm-5v']),
  },
  {
    number: 18,
    name: 'a pin is not moved to another provider with the same id',
    models: ['openrouter/gemini-2.5-flash', 'google/gemini-2.5-flash'],
    facts: { model: 'google/gemini-2.5-flash' },
    check: (decision) => assert.deepEqual(chainOf(decision), ['google/gemini-2.5-flash']),
  },
  {
    number: 18,
    name: 'unless it has no key and the profile names the other as fallback',
    models: ['openrouter/gemini-2.5-flash', 'google/gemini-2.5-flash'],
    pins: [{ match: 'google/*', fallback: ['openrouter/gemini-2.5-flash'] }],
    health: { targets: {}, providers: { google: { restingUntil: Infinity, reason: 'no_key' } } },
    facts: { model: 'google/gemini-2.5-flash' },
    check: (decision) => assert.deepEqual(chainOf(decision), ['openrouter/gemini-2.5-flash']),
  },
]

describe('known behaviours', () => {
  for (const { number, name, models = F, policies, pins = [], health, facts: given, check } of rows) {
    it(`${number}: ${name}`, () => {
      const built = profile({ providers: ALL, policies: policies ?? [policy()], pins })
      check(decide(built, facts(given), world(models, health === undefined ? {} : { health })))
    })
  }
})
