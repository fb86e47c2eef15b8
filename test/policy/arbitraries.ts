// Random but valid profiles, facts and worlds. They share a small vocabulary, so that names and globs often meet.
import fc from 'fast-check'
import type { Catalog, Model } from '../../src/catalog/types.ts'
import { targetOf } from '../../src/catalog/types.ts'
import type { Facts, Overrides, World } from '../../src/policy/types.ts'
import type {
  Capability,
  Condition,
  Errand,
  Fallback,
  Pin,
  Policy,
  Profile,
  ProfileModel,
  PriceLimit,
  ProfileProvider,
  RequestLimits,
  Requirements,
  Rule,
  SourceRef,
} from '../../src/profile/types.ts'

const SOURCE: SourceRef = { file: 'sage.yaml', line: 1, column: 1 }
const PROVIDERS = ['ollama', 'openai', 'anthropic', 'nim']
const IDS = ['small', 'large', 'coder', 'qwen3:8b', 'meta/llama-3.1']
const POLICIES = ['auto', 'local', 'cheap']
const CAPABILITIES: Capability[] = ['tools', 'vision', 'json', 'thinking', 'documents']
const LABELS = [
  'code',
  'reasoning',
  'creative',
  'general',
  'summarize_extract',
  'translate',
  'tools',
  'simple',
  'vision',
]
const TARGETS = PROVIDERS.flatMap((provider) => IDS.map((id) => `${provider}/${id}`))

const tokens: fc.Arbitrary<number> = fc.constantFrom(0, 100, 4000, 8192, 32_768, 131_072)
const window: fc.Arbitrary<number> = fc.constantFrom(4096, 32_768, 131_072, 1_000_000)
const price = fc.constantFrom(0, 0.1, 1, 15)
const glob = fc.constantFrom(
  '*',
  '*/small',
  'ollama/*',
  '*coder*',
  '*:8b',
  'nothing/*',
  'tag:cheap',
  'tag:*',
  ...TARGETS,
)
const globs: fc.Arbitrary<string[]> = fc.array(glob, { maxLength: 3 })
const source = fc.constant(SOURCE)
const noGlobs: fc.Arbitrary<string[]> = fc.constant([])
const nothingRequired: fc.Arbitrary<Requirements> = fc.constant({})

/** Drops the keys a random record left undefined: the project reads optional fields exactly. */
function optional<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  const chosen: fc.Arbitrary<unknown> = fc.record(model, { requiredKeys: [] })
  return chosen as fc.Arbitrary<Partial<T>>
}

export const requirementsArbitrary: fc.Arbitrary<Requirements> = optional<Required<Requirements>>({
  local: fc.boolean(),
  capabilities: fc.subarray(CAPABILITIES, { maxLength: 2 }),
  min_context: tokens,
  max_price: optional({ input: price, output: price }),
})

const priceLimit: fc.Arbitrary<PriceLimit> = optional({ input: price, output: price })

const fallbackLimitArbitrary: fc.Arbitrary<Fallback> = optional<Required<Fallback>>({
  never: fc.constant('remote'),
  never_exceed: priceLimit,
  max_attempts: fc.integer({ min: 1, max: 8 }),
})

const limitsArbitrary: fc.Arbitrary<RequestLimits> = optional<Required<RequestLimits>>({
  thinking: fc.constantFrom('off', 'low', 'medium', 'high'),
  max_output: fc.constantFrom(1, 1000, 100_000),
})

/** What a request may ask for, tags left out: those are facts that rules match. */
export const overridesArbitrary: fc.Arbitrary<Overrides> = optional<Required<Overrides>>({
  policy: fc.constantFrom(...POLICIES),
  local: fc.constant(true),
  maxPrice: priceLimit,
  capabilities: fc.subarray(CAPABILITIES, { maxLength: 2 }),
  deny: fc.array(fc.constantFrom('*/small', 'ollama/*', '*coder*', 'tag:cheap'), { maxLength: 2 }),
  maxAttempts: fc.integer({ min: 1, max: 8 }),
})

/** Mostly the first, now and then the second. */
function usually<T>(often: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>, times = 4): fc.Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: often }, { weight: 1, arbitrary: seldom })
}

const anyCondition: fc.Arbitrary<Condition> = optional<Required<Condition>>({
  intent: fc.subarray(LABELS, { minLength: 5 }),
  min_confidence: fc.constantFrom(0, 0.5, 0.9),
  errand: fc.oneof(fc.boolean(), fc.subarray<Errand>(['title', 'compaction', 'warm-up'], { minLength: 1 })),
  tools: fc.boolean(),
  tool_loop: fc.boolean(),
  vision: fc.boolean(),
  documents: fc.boolean(),
  json: fc.boolean(),
  thinking: fc.boolean(),
  stream: fc.boolean(),
  min_tokens: tokens,
  max_tokens: tokens,
  client: fc.subarray(['codex*', '*'], { minLength: 1 }),
  header: fc.constantFrom<Record<string, string>>({}, { 'x-team': 'red*' }, { constructor: '*' }),
  tags: fc.subarray(['batch', '*'], { minLength: 1 }),
  time: fc.constant([{ from: 22 * 60, to: 6 * 60 }]),
  days: fc.constant(['sat', 'sun']),
})

/** Few fields, so that it often holds. */
const conditionArbitrary: fc.Arbitrary<Condition> = fc
  .tuple(anyCondition, fc.nat(2))
  .map(([all, count]): Condition => Object.fromEntries(Object.entries(all).slice(0, count)))

/** Adds what is there only now and then. */
function withOptional<T extends object>(
  base: fc.Arbitrary<T>,
): fc.Arbitrary<T & RequestLimits & { fallback?: Fallback }> {
  return fc
    .tuple(base, limitsArbitrary, fc.option(fallbackLimitArbitrary, { nil: undefined }))
    .map(([one, limits, fallback]) => ({ ...one, ...limits, ...(fallback === undefined ? {} : { fallback }) }))
}

const ruleArbitrary: fc.Arbitrary<Rule> = withOptional(
  fc.record({
    name: fc.constantFrom('first', 'second', 'third'),
    when: conditionArbitrary,
    prefer: globs,
    avoid: globs,
    only: usually(noGlobs, globs, 6),
    require: usually(nothingRequired, requirementsArbitrary, 2),
    source,
  }),
)

const weight = fc.constantFrom(0, 0, 1, 2.5, 10)

const policyArbitrary = (name: string): fc.Arbitrary<Policy> =>
  withOptional(
    fc.record({
      name: fc.constant(name),
      description: fc.constant(''),
      require: usually(nothingRequired, requirementsArbitrary, 2),
      allow: usually(noGlobs, globs, 3),
      deny: usually(noGlobs, globs, 2),
      weights: fc.record({
        order: weight,
        avoid: weight,
        health: weight,
        latency: weight,
        price: weight,
        locality: weight,
        context: weight,
        capability: weight,
        cache: weight,
      }),
      ties: fc.constantFrom('order', 'spread'),
      tie_margin: fc.constantFrom(0, 0.25, 2),
      affinity: fc.record({ min_confidence: fc.constantFrom(0, 0.6, 1) }),
      max_attempts: fc.integer({ min: 1, max: 8 }),
      retry_wait_ms: fc.constantFrom(0, 2000),
      rescue: fc.constantFrom('off', 'prose'),
      rules: fc.uniqueArray(ruleArbitrary, { maxLength: 3, selector: ({ name: rule }) => rule }),
      source,
    }),
  )

const modelArbitrary: fc.Arbitrary<ProfileModel> = fc
  .record({
    id: fc.constantFrom(...IDS),
    facts: optional({
      capabilities: usually(fc.constant(CAPABILITIES), fc.subarray(CAPABILITIES)),
      context: window,
      output: tokens,
      price: fc.record({ input: price, output: price }),
      tags: fc.subarray(['cheap', 'house']),
    }),
  })
  .map(({ id, facts }) => ({ id, ...facts }))

const providerArbitrary = (name: string): fc.Arbitrary<ProfileProvider> =>
  fc.record({
    name: fc.constant(name),
    kind: fc.constantFrom('openai-compatible', 'anthropic', 'ollama'),
    keys: fc.constant([]),
    headers: fc.constant({}),
    quirks: fc.constant({}),
    defaults: fc.constant({}),
    timeouts: fc.constant({}),
    models: usually(
      fc.uniqueArray(modelArbitrary, { minLength: 1, maxLength: 4, selector: ({ id }) => id }),
      fc.constant([]),
      8,
    ),
    source,
  })

const name = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('', 'auto', 'sage/auto', 'sage/local', 'local', 'SAGE/Cheap') },
  { weight: 4, arbitrary: fc.constantFrom(...TARGETS, ...TARGETS.map((target) => `sage/${target}`)) },
  { weight: 2, arbitrary: fc.constantFrom(...IDS, 'claude-9', 'gpt-x', 'Small', 'ollama/', '/', 'nobody/small') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

const fallback = fc.oneof(fc.constantFrom('sage/auto', 'sage/local', 'nowhere/at-all'), fc.constantFrom(...TARGETS))

const pinArbitrary: fc.Arbitrary<Pin> = fc.record({
  match: fc.constantFrom('*', 'ollama/*', 'openai/*'),
  fallback: fc.array(fallback, { maxLength: 3 }),
})

export const profileArbitrary: fc.Arbitrary<Profile> = fc
  .tuple(
    usually(fc.constant(PROVIDERS), fc.subarray(PROVIDERS, { minLength: 1 })),
    usually(fc.constant(POLICIES), fc.subarray(POLICIES)),
  )
  .chain(([providers, policies]) =>
    fc.record({
      file: fc.constant('sage.yaml'),
      serve: fc.constant({
        host: '127.0.0.1',
        port: 8787,
        max_body_bytes: 1_000_000,
        refresh: false,
        reload: false,
        drain_ms: 30_000,
        state: false,
      }),
      providers: fc.tuple(...providers.map(providerArbitrary)),
      policies: fc.tuple(...policies.map(policyArbitrary)),
      aliases: fc.array(
        fc.record({
          match: fc.constantFrom('claude-*', 'gpt-*', 'small'),
          to: fc.constantFrom('sage/auto', 'sage/local', 'claude-9', 'gpt-x', 'openai/large', 'nothing'),
        }),
        { maxLength: 2 },
      ),
      pins: fc.array(pinArbitrary, { maxLength: 2 }),
    }),
  )

const turn = fc.oneof(
  fc.constantFrom('fix it', 'write a poem', 'debug app.ts', '翻译成英文', 'hi', '', 'continue'),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

export const factsArbitrary: fc.Arbitrary<Facts> = fc.record({
  model: name,
  stream: fc.boolean(),
  turn,
  previousTurn: turn,
  firstTurn: turn,
  system: fc.oneof(fc.constant('You are a title generator.'), fc.string({ maxLength: 60 })),
  inToolLoop: fc.boolean(),
  tools: fc.constantFrom(0, 0, 0, 3),
  toolForced: fc.boolean(),
  toolsBytes: fc.nat(1000),
  vision: usually(fc.constant(false), fc.constant(true), 3),
  liveVision: usually(fc.constant(false), fc.constant(true), 5),
  documents: usually(fc.constant(false), fc.constant(true), 5),
  json: usually(fc.constant('none'), fc.constantFrom('object', 'schema')),
  thinking: fc.constantFrom('on', 'off', 'unset'),
  inputTokens: fc.constantFrom(0, 100, 3840, 3841, 30_000, 130_000),
  maxOutputTokens: fc.constantFrom(0, 0, 1000, 32_000),
  session: fc.constant(''),
  dialect: fc.constantFrom('openai-chat', 'anthropic-messages', 'ollama-chat'),
  client: fc.constantFrom('', 'codex/1.0', 'curl/8'),
  headers: fc.constantFrom<Record<string, string>>({}, { 'x-team': 'red-1' }),
  tags: fc.subarray(['batch', 'night']),
})

const NOW = 1_000_000

const health = fc.record({
  targets: fc.dictionary(
    fc.constantFrom(...TARGETS),
    fc
      .record({
        state: fc.constantFrom<('closed' | 'open' | 'half-open')[]>('closed', 'open', 'half-open'),
        failures: fc.nat(5),
        more: optional({ retryAt: fc.constantFrom(NOW - 1, NOW, NOW + 5000), latencyMs: fc.nat(20_000) }),
      })
      .map(({ state, failures, more }) => ({ state, failures, ...more })),
    { maxKeys: 8 },
  ),
  providers: fc.dictionary(
    fc.constantFrom(...PROVIDERS),
    fc.record({
      restingUntil: fc.constantFrom(NOW - 1, NOW + 5000, Infinity),
      reason: fc.constantFrom('rate_limit', 'quota', 'auth', 'no_key'),
    }),
    { maxKeys: 2 },
  ),
})

const affinity = fc.record({
  target: fc.constantFrom(...TARGETS),
  policy: fc.constantFrom('', 'auto', 'auto', 'auto', ...POLICIES),
  rule: fc.constantFrom('first', 'default', 'default', 'pin'),
})

/** The world around a profile: the catalogue holds exactly the profile's models, all local or not at random. */
export const worldArbitrary = (profile: Profile): fc.Arbitrary<World> =>
  fc
    .record({
      local: fc.subarray(PROVIDERS),
      health,
      seed: fc.integer(),
      wall: fc.nat(2 ** 31).map((seconds) => seconds * 1000),
      affinity: fc.option(affinity, { nil: undefined }),
    })
    .map((parts) => {
      const world: World = {
        catalog: catalogOf(profile, new Set(parts.local)),
        health: parts.health,
        now: NOW,
        wall: parts.wall,
        zone: 'UTC',
        seed: parts.seed,
      }
      if (parts.affinity !== undefined) world.affinity = parts.affinity
      return world
    })

/** A profile with facts and a world that fit it. */
export const inputsArbitrary: fc.Arbitrary<{ profile: Profile; facts: Facts; world: World }> = profileArbitrary.chain(
  (profile) => fc.record({ profile: fc.constant(profile), facts: factsArbitrary, world: worldArbitrary(profile) }),
)

function catalogOf(profile: Profile, local: ReadonlySet<string>): Catalog {
  const models = profile.providers.flatMap((provider) =>
    provider.models.map((known): Model => {
      const { id, capabilities, ...rest } = known
      const able = capabilities && CAPABILITIES.map((one): [string, boolean] => [one, capabilities.includes(one)])
      return {
        ...rest,
        provider: provider.name,
        id,
        capabilities: Object.fromEntries(able ?? []),
        local: local.has(provider.name),
        sources: ['profile'],
      }
    }),
  )
  return { models, byTarget: new Map(models.map((model) => [targetOf(model), model])) }
}
