// Small builders: a test states only what it is about.
import type { Catalog, Model } from '../../src/catalog/types.ts'
import { targetOf } from '../../src/catalog/types.ts'
import { EMPTY_HEALTH } from '../../src/health/types.ts'
import type { Decision, Facts, World } from '../../src/policy/types.ts'
import type { Capability, Policy, Profile, ProfileProvider, Rule, Weights } from '../../src/profile/types.ts'

const SOURCE = { file: 'sage.yaml', line: 1, column: 1 }
export const NO_WEIGHTS: Weights = {
  order: 0,
  avoid: 0,
  health: 0,
  latency: 0,
  price: 0,
  locality: 0,
  context: 0,
  capability: 0,
  cache: 0,
}

/** A request of nothing but a short turn. */
export function facts(given: Partial<Facts> = {}): Facts {
  return {
    model: '',
    stream: false,
    turn: 'hello there',
    previousTurn: '',
    firstTurn: '',
    system: '',
    inToolLoop: false,
    tools: 0,
    toolForced: false,
    toolsBytes: 0,
    vision: false,
    liveVision: false,
    documents: false,
    json: 'none',
    thinking: 'unset',
    inputTokens: 100,
    maxOutputTokens: 0,
    session: '',
    dialect: 'openai-chat',
    client: '',
    headers: {},
    ...given,
  }
}

/** A model of which everything is known and good; `can` replaces what it is able to do. */
export function model(target: string, given: Partial<Omit<Model, 'provider' | 'id'>> = {}): Model {
  const slash = target.indexOf('/')
  return {
    provider: target.slice(0, slash),
    id: target.slice(slash + 1),
    capabilities: can('tools', 'vision', 'json', 'documents'),
    context: 100_000,
    local: false,
    sources: ['profile'],
    ...given,
  }
}

/** Capabilities: those named are there, all others are known not to be. */
export function can(...able: Capability[]): Model['capabilities'] {
  const all: Capability[] = ['tools', 'vision', 'json', 'thinking', 'documents']
  return Object.fromEntries(all.map((one) => [one, able.includes(one)]))
}

export function catalog(models: readonly Model[]): Catalog {
  return { models, byTarget: new Map(models.map((one) => [targetOf(one), one])) }
}

export function world(models: readonly (Model | string)[], given: Partial<Omit<World, 'catalog'>> = {}): World {
  const built = models.map((one) => (typeof one === 'string' ? model(one) : one))
  return { catalog: catalog(built), health: EMPTY_HEALTH, now: 0, seed: 0, ...given }
}

export function rule(given: Partial<Rule> = {}): Rule {
  return { name: 'only-rule', when: {}, prefer: [], avoid: [], only: [], require: {}, source: SOURCE, ...given }
}

export function policy(given: Partial<Omit<Policy, 'weights'>> & { weights?: Partial<Weights> } = {}): Policy {
  return {
    name: 'auto',
    description: '',
    require: {},
    allow: [],
    deny: [],
    ties: 'order',
    tie_margin: 0,
    affinity: { min_confidence: 0.6 },
    max_attempts: 4,
    retry_wait_ms: 2000,
    rescue: 'off',
    rules: [],
    source: SOURCE,
    ...given,
    weights: { ...NO_WEIGHTS, order: 1, ...given.weights },
  }
}

export function profile(given: Partial<Omit<Profile, 'providers'>> & { providers?: string[] } = {}): Profile {
  return {
    file: 'sage.yaml',
    serve: {
      host: '127.0.0.1',
      port: 8787,
      max_body_bytes: 1_000_000,
      refresh: false,
      reload: false,
      drain_ms: 30_000,
      state: false,
    },
    policies: [policy()],
    aliases: [],
    pins: [],
    ...given,
    providers: (given.providers ?? []).map(provider),
  }
}

function provider(name: string): ProfileProvider {
  return {
    name,
    kind: 'openai-compatible',
    keys: [],
    headers: {},
    quirks: {},
    defaults: {},
    timeouts: {},
    models: [],
    source: SOURCE,
  }
}

/** The chain as `provider/model` names. */
export function chainOf(decision: Decision): string[] {
  return decision.chain.map((target) => `${target.provider}/${target.model}`)
}

/** Reason for each dropped target. */
export function reasonsOf(decision: Decision): Record<string, string> {
  const dropped = decision.candidates.filter(({ kept }) => !kept)
  return Object.fromEntries(dropped.map((one) => [`${one.provider}/${one.model}`, one.reason ?? '']))
}
