// The law: what explain shows is what the server does. Both read the same bytes; the server's own path is the judge.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readInput } from '../../src/commands/explain-input.ts'
import { explainFacts, readFacts } from '../../src/commands/explain-request.ts'
import { buildWorkspace } from '../../src/commands/load-workspace.ts'
import { CLIENT_DIALECTS } from '../../src/dialects/index.ts'
import { decideNow } from '../../src/gateway/handle.ts'
import { readRequest } from '../../src/gateway/read-request.ts'
import { sessionKey } from '../../src/gateway/session-key.ts'
import { Provenance } from '../../src/gateway/provenance.ts'
import { Sessions } from '../../src/gateway/sessions.ts'
import type { Gateway } from '../../src/gateway/types.ts'
import { HealthTracker } from '../../src/health/tracker.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { fakeContext } from '../helpers/context.ts'
import { runsOf } from '../helpers/runs.ts'

const FIXTURE = join(import.meta.dirname, 'fixtures', 'sage.yaml')
const { profile } = parseProfile(readFileSync(FIXTURE, 'utf8'), 'sage.yaml')
assert.ok(profile)
const { providers, catalog, health } = await buildWorkspace(fakeContext([]), profile, { env: { CLOUD_KEY: 'k' } })

const NOW = 10_000
const targets = [...catalog.byTarget.keys()]

const text = fc.oneof(fc.constantFrom('fix the failing test', 'hello', 'translate this', 'why?'), fc.string())
const part = fc.oneof(
  text.map((each) => ({ type: 'text', text: each })),
  fc.constant({ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }),
)
const message = fc.record({
  role: fc.constantFrom('user', 'assistant', 'system'),
  content: fc.oneof(text, fc.array(part, { maxLength: 3 })),
})
const request = fc.record({
  model: fc.oneof(fc.constantFrom('', 'auto', 'sage/auto', 'sage/private', 'nothing', ...targets)),
  messages: fc.array(message, { minLength: 1, maxLength: 4 }),
  stream: fc.boolean(),
  tools: fc.array(fc.constant({ type: 'function', function: { name: 'run', parameters: {} } }), { maxLength: 2 }),
})
const world = fc.record({
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  failing: fc.array(fc.constantFrom(...targets), { maxLength: 6 }),
  affinity: fc.option(fc.record({ target: fc.constantFrom(...targets), rule: fc.constantFrom('code', 'default') })),
  team: fc.constantFrom('night', 'day'),
})

describe('explain', () => {
  it('P-05: decides as the server does', () => {
    fc.assert(
      fc.property(request, world, (body, { random, failing, affinity, team }) => {
        const tracker = new HealthTracker(Object.fromEntries(providers.map(({ name, keys }) => [name, keys.length])))
        for (const name of Object.keys(health.providers)) tracker.disable(name, 'no_key')
        for (const target of failing) tracker.failure(target, random, NOW)
        const sessions = new Sessions()
        const gateway: Gateway = {
          profile,
          providers: new Map(providers.map((provider) => [provider.name, provider])),
          catalog,
          health: tracker,
          sessions,
          provenance: new Provenance(),
          sendTo: () => assert.fail('nothing is sent'),
          clock: { mono: () => NOW, wall: () => NOW },
          random: () => random,
          redact: (each) => each,
          log: () => undefined,
        }
        const bytes = JSON.stringify(body)
        const headers = { 'x-team': team }
        const incoming = { dialect: CLIENT_DIALECTS['openai-chat'], body: Buffer.from(bytes), headers }
        const received = readRequest(incoming)
        const session = sessionKey(received.facts)
        const last = affinity === null ? undefined : { ...affinity, policy: 'auto' }
        if (last !== undefined) sessions.remember(session, last, NOW)

        const { decision: served } = decideNow(gateway, received, session)
        const { decision } = explainFacts(profile, readFacts(readInput(bytes, {}), { headers }), {
          catalog,
          health: tracker.snapshot(),
          now: NOW,
          seed: Math.floor(random * 2 ** 31),
          ...(last === undefined ? {} : { affinity: last }),
        })
        assert.deepEqual(decision, served)
      }),
      runsOf('P-05', 200, 5000),
    )
  })
})
