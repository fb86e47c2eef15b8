import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { behaviourFor, readSimulation } from '../../src/explain/simulate.ts'
import type { Assumption } from '../../src/explain/simulate.ts'
import { restoreCatalog } from '../../src/explain/replay.ts'
import { parseProfile } from '../../src/profile/parse.ts'

const { profile } = parseProfile(
  `version: 1
providers:
  openai: { kind: openai, models: [gpt-5, gpt-5-mini] }
  anthropic: { kind: anthropic, models: [claude] }
  open: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1" }
`,
  'sage.yaml',
)
assert.ok(profile)
const catalog = restoreCatalog(
  profile.providers.flatMap(({ name, models }) =>
    models.map(({ id }) => ({ provider: name, id, capabilities: {}, local: false, sources: [] })),
  ),
)
const read = (text: string): ReturnType<typeof readSimulation> => readSimulation(text, profile, catalog)

describe('readSimulation', () => {
  const good: [text: string, names: string[], behaviours: string[]][] = [
    ['openai=429', ['openai'], ['429']],
    [' openai/gpt-5 = SLOW , anthropic=down,', ['openai/gpt-5', 'anthropic'], ['slow', 'down']],
    ['claude=timeout', ['claude'], ['slow']],
    ['openai/*=content-filter', ['openai/*'], ['filtered']],
    ['open/any=reset', ['open/any'], ['reset']],
    ['openai=error-in-stream,openai=cut', ['openai', 'openai'], ['error', 'cut']],
  ]
  for (const [text, names, behaviours] of good) {
    it(`reads ${text}`, () => {
      const found = read(text)
      assert.ok(Array.isArray(found), JSON.stringify(found))
      assert.deepEqual(
        found.map(({ name }) => name),
        names,
      )
      assert.deepEqual(
        found.map(({ behaviour }) => behaviour),
        behaviours,
      )
    })
  }
  const bad: [text: string, problem: RegExp, hint: RegExp][] = [
    ['', /nothing is simulated/, /name=outcome/],
    ['openai', /openai is not understood/, /openai=429/],
    ['=429', /=429 is not understood/, /openai=429/],
    ['opnai=429', /unknown provider or model opnai/, /did you mean "openai"/],
    ['openai/gpt-6=429', /unknown provider or model openai\/gpt-6/, /did you mean "openai\/gpt-5"/],
    ['openai=dwn', /unknown outcome dwn/, /did you mean "down"/],
    ['openai=418', /unknown outcome 418/, /did you mean|one of ok, down/],
    ['openai=constructor', /unknown outcome constructor/, /one of ok, down/],
    ['nothing/*=429', /unknown provider or model nothing\/\*/, /a glob such as/],
  ]
  for (const [text, problem, hint] of bad) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const found = read(text)
      assert.ok(!Array.isArray(found))
      assert.match(found.problem, problem)
      assert.match(found.hint, hint)
    })
  }
})

describe('behaviourFor', () => {
  const target = { provider: 'openai', model: 'gpt-5' }
  const cases: [string, string][] = [
    ['anthropic=429', 'ok'],
    ['openai=429', '429'],
    ['openai/gpt-5=500,openai/*=429,openai=down', '500'],
    ['openai/*=429,openai=down', '429'],
    ['openai=down,gpt-5=429', '429'],
    ['gpt-5=429,openai/gpt-5=ok', 'ok'],
    ['openai=429,openai=down', 'down'],
  ]
  for (const [text, behaviour] of cases) {
    it(text, () => assert.equal(behaviourFor(target, read(text) as Assumption[]), behaviour))
  }
})
