// Whatever is asked and whatever fails, no call goes to a target that the profile or the request forbids.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ErrorKind } from '../../src/chat/error.ts'
import { failover } from '../../src/gateway/failover.ts'
import { Provenance } from '../../src/gateway/provenance.ts'
import { Sessions } from '../../src/gateway/sessions.ts'
import type { AttemptResult, Gateway } from '../../src/gateway/types.ts'
import { HealthTracker } from '../../src/health/tracker.ts'
import { decide } from '../../src/policy/decide.ts'
import { readAsked } from '../../src/policy/read-overrides.ts'
import type { DecisionInputs } from '../../src/policy/recheck.ts'
import type { Facts } from '../../src/policy/types.ts'
import type { Fallback, Policy, Profile } from '../../src/profile/types.ts'
import { resolveProviders } from '../../src/providers/resolve.ts'
import { Secret } from '../../src/secrets/secret.ts'
import { runsOf } from '../helpers/runs.ts'
import { inputsArbitrary } from '../policy/arbitraries.ts'
import { forbiddenBy } from '../policy/forbidden.ts'

/** What a client may write into its headers, and the same in words of the body. */
const words = fc.record(
  {
    policy: fc.constantFrom('auto', 'local', 'cheap', 'sage/local'),
    local: fc.constantFrom('true', 'false', '1'),
    'max-price': fc.constantFrom('0', '1/5', '0.1', 'mid'),
    require: fc.constantFrom('tools', 'vision,json'),
    deny: fc.constantFrom('*/small', 'ollama/*,*coder*', 'tag:cheap'),
    'max-attempts': fc.constantFrom('1', '2', '8'),
  },
  { requiredKeys: [] },
)
const nothing = fc.constant({})
const EASY = {
  tools: 0,
  vision: false,
  liveVision: false,
  documents: false,
  json: 'none' as const,
  thinking: 'unset' as const,
  inputTokens: 100,
}
const requested = fc.oneof(
  { weight: 3, arbitrary: fc.record({ headers: nothing, body: nothing }) },
  { weight: 2, arbitrary: fc.record({ headers: words, body: nothing }) },
  { weight: 2, arbitrary: fc.record({ headers: nothing, body: words }) },
  { weight: 1, arbitrary: fc.record({ headers: words, body: words }) },
)
/** A request that most models can serve, so that the profile alone decides who does; by every kind of name. */
const modest: fc.Arbitrary<Partial<Facts>> = fc
  .constantFrom(
    'auto',
    'auto',
    'sage/local',
    'sage/cheap',
    'claude-9',
    'gpt-x',
    'small',
    'ollama/coder',
    'openai/large',
  )
  .map((model) => ({ ...EASY, model }))

const FALLBACKS: Fallback[] = [
  { never: 'remote' },
  { never: 'remote' },
  { never: 'remote', never_exceed: { input: 1 } },
]
/**
 * A random policy allows little: most are widened, and given a limit on fallbacks and attempts enough to come to it.
 * Spread ties are left out: what a limit drops moves the bounds of the runs that are shuffled, and so the first choice.
 */
const change: fc.Arbitrary<Partial<Policy>> = fc
  .record({
    fallback: fc.option(fc.constantFrom(...FALLBACKS), { nil: undefined }),
    isWide: fc.constantFrom(true, true, false),
  })
  .map(({ fallback, isWide }) => ({
    ties: 'order' as const,
    ...(fallback === undefined ? {} : { fallback }),
    ...(isWide ? { require: {}, allow: [], max_attempts: 8, retry_wait_ms: 0 } : {}),
  }))

const KINDS: ErrorKind[] = [
  'rate_limit',
  'quota',
  'auth',
  'not_found',
  'context_length',
  'unsupported',
  'overloaded',
  'server',
  'timeout',
  'network',
  'bad_answer',
  'refusal',
]
const failure: fc.Arbitrary<AttemptResult> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    neverSent: fc.constantFrom(false, false, true),
    isOpen: fc.constantFrom(false, false, false, true),
  })
  .map(({ kind, neverSent, isOpen }): AttemptResult => {
    const error = { kind, status: 500, message: 'down' }
    return isOpen ? { type: 'cut', error, usage: undefined, isOpen } : { type: 'failed', error, neverSent }
  })
interface Deeds {
  failures: AttemptResult[]
  /** Places in the chain whose breakers are open by now, and of providers without a free slot; one bit each. */
  open: number
  busy: number
}

const deeds: fc.Arbitrary<Deeds> = fc.record({
  failures: fc.array(failure, { minLength: 1, maxLength: 8 }),
  open: fc.nat(255),
  busy: fc.nat(15),
})

const request = fc.record({
  needs: fc.oneof({ weight: 6, arbitrary: modest }, { weight: 1, arbitrary: nothing }),
  asks: requested,
  deeds,
})
/** Several requests for each profile, which takes longer to make up than they take. */
const run = fc.record({
  inputs: inputsArbitrary,
  changes: fc.array(change, { minLength: 3, maxLength: 3 }),
  requests: fc.array(request, { minLength: 8, maxLength: 8 }),
})

describe('what is forbidden', () => {
  it('is neither chosen nor asked, whatever is asked for and whatever fails', async () => {
    let calls = 0
    await fc.assert(
      fc.asyncProperty(run, async ({ inputs: { facts: first, world, ...rest }, changes, requests }) => {
        const policies = rest.profile.policies.map((policy, at) => ({ ...policy, ...changes[at] }))
        const profile: Profile = { ...rest.profile, policies, tiers: { mid: { input: 1, output: 1 } } }
        for (const { needs, asks, deeds: planned } of requests) {
          const plain = { ...first, ...needs }
          const facts = withAsked(plain, asks)
          if (facts === undefined) continue
          const decision = decide(profile, facts, world)
          const inputs = { profile, facts, world, decision }
          for (const { provider, model } of decision.chain) {
            assert.equal(forbiddenBy(inputs, `${provider}/${model}`), undefined, `chosen: ${provider}/${model}`)
          }
          const before = decide(profile, plain, world)
          if (decision.error === undefined) assert.ok(decision.maxAttempts <= before.maxAttempts)
          const called = await walk(inputs, planned)
          for (const target of called) assert.equal(forbiddenBy(inputs, target), undefined, `asked: ${target}`)
          calls += called.length
        }
      }),
      runsOf('forbidden', 50, 5000),
    )
    assert.ok(calls > 50, `only ${calls} calls`)
  })
})

/** The targets that are asked, one by one, when all of them fail; some rest, and some have no free slot. */
async function walk(inputs: DecisionInputs, { failures, open, busy }: Deeds): Promise<string[]> {
  const { profile, world, decision } = inputs
  const written = profile.providers.map((one, at) => ({ ...one, base_url: `http://h${at}.test` }))
  const providers = resolveProviders({ ...profile, providers: written }, (reference) => new Secret('k', reference))
  const health = new HealthTracker(Object.fromEntries(providers.map(({ name, keys }) => [name, keys.length])))
  let now = world.now
  for (const [at, { provider, model }] of decision.chain.entries()) {
    if ((open >> at) % 2 === 1) health.block(`${provider}/${model}`, 60_000, now)
  }
  const full = providers.filter((_, at) => (busy >> at) % 2 === 1).map((one) => ({ ...one, maxConcurrency: 1 }))
  const slots = full.map((one) => health.slots.take(one, now))
  const gateway: Gateway = {
    profile,
    providers: new Map([...providers, ...full].map((one) => [one.name, one])),
    catalog: world.catalog,
    health,
    sessions: new Sessions(),
    provenance: new Provenance(),
    sendTo: () => assert.fail('nothing is sent'),
    clock: { mono: () => now, wall: () => 0 },
    random: () => 0.5,
    redact: (text) => text,
    log: () => undefined,
  }
  const called: string[] = []
  await failover(gateway, inputs, [], {
    tryTarget: (provider, model) => {
      now += 10
      const failure = failures[called.length % failures.length] ?? assert.fail()
      called.push(`${provider.name}/${model.id}`)
      return Promise.resolve(failure)
    },
    pause: (ms, start) => {
      now += ms
      for (const slot of slots.splice(0)) slot?.free(now)
      start?.(() => undefined)
      return Promise.resolve('over')
    },
    rescue: { written: () => 10, giveUp: () => undefined },
  })
  return called
}

/** The facts with what headers and body ask for; undefined when they do not go together. */
function withAsked(facts: Facts, { headers, body }: { headers: object; body: object }): Facts | undefined {
  const own = Object.fromEntries(Object.entries(headers).map(([word, value]) => [`x-sage-${word}`, String(value)]))
  const sage = Object.fromEntries(
    Object.entries(body).map(([word, value]) => [word.replace('-', '_'), value as unknown]),
  )
  try {
    const { overrides } = readAsked(own, Object.keys(sage).length === 0 ? {} : { sage })
    return overrides === undefined ? facts : { ...facts, overrides }
  } catch {
    return undefined
  }
}
