// F-24: whatever is done to a profile, it is served or refused.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { buildCatalog } from '../../../src/catalog/build.ts'
import { assumeKey } from '../../../src/commands/key-lookup.ts'
import { EMPTY_HEALTH } from '../../../src/health/types.ts'
import { decide } from '../../../src/policy/decide.ts'
import { parseProfile } from '../../../src/profile/parse.ts'
import type { Profile } from '../../../src/profile/types.ts'
import { catalogSources } from '../../../src/providers/catalog-sources.ts'
import { resolveProviders } from '../../../src/providers/resolve.ts'
import { SEED } from '../../helpers/seed.ts'
import { request } from '../../helpers/http.ts'
import { applyEdits, edit, mutate, mutation } from '../../helpers/mutate-profile.ts'
import type { TestRouter } from '../../helpers/router.ts'
import { facts } from '../../policy/helpers.ts'
import { startRouter } from '../../helpers/router.ts'
import { HEAD } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'profiles')
const SOURCES = ['demo.yaml', 'ollama-only.yaml', 'one-key.yaml', 'several-keys.yaml', 'example-change/after.yaml'].map(
  (name) => readFileSync(join(FOLDER, name), 'utf8'),
)
/** A profile that takes longer than this has hung, in ms. */
const HUNG = 10_000

const damaged = fc.oneof(
  fc
    .tuple(fc.constantFrom(...SOURCES), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([source, mutations]) => mutate(source, mutations)),
  fc
    .tuple(fc.constantFrom(...SOURCES), fc.array(edit, { minLength: 1, maxLength: 3 }))
    .map(([source, edits]) => applyEdits(source, edits)),
)

export const PROFILE_MUTATION_CASES: readonly LabCase[] = [mutations(150), { ...mutations(10_000), slow: 'minute' }]

function mutations(count: number): LabCase {
  return {
    id: 'F-24',
    fault: `${count} damaged copies of five valid profiles`,
    expected: 'valid: loaded, and a request is decided by it; not valid: an error with its place; never a crash',
    per: 'once',
    run: async (lab) => {
      const router = await startRouter(HEAD)
      lab.onClose(router.close)
      let valid = 0
      let slowest = 0
      const property = fc.asyncProperty(damaged, async (text) => {
        const started = performance.now()
        const { profile, diagnostics } = parseProfile(text, 'x.yaml')
        slowest = Math.max(slowest, performance.now() - started)
        const errors = diagnostics.filter(({ severity }) => severity === 'error')
        assert.equal(profile === undefined, errors.length > 0)
        for (const { line, column, message } of errors) assert.ok(line >= 1 && column >= 1 && message !== '')
        if (profile === undefined) return
        valid++
        await serve(router, profile)
      })
      await fc.assert(property, { numRuns: count, seed: SEED })
      assert.ok(valid > 0 && valid < count)
      assert.ok(slowest < HUNG)
      return `${valid} loaded, ${count - valid} refused, slowest ${Math.round(slowest)} ms, seed ${SEED}`
    },
  }
}

/** Loads the profile into the running server, has it list its models, and decides a request by it. */
async function serve(router: TestRouter, profile: Profile): Promise<void> {
  const providers = resolveProviders(profile, (reference) => assumeKey(reference).secret)
  const catalog = buildCatalog(catalogSources(profile, providers))
  router.reload({ profile, providers, catalog })
  const listed = await request(`${router.url}/v1/models`)
  assert.equal(listed.status, 200)
  const decision = decide(profile, facts(), { catalog, health: EMPTY_HEALTH, now: 0, seed: 0 })
  assert.ok(decision.chain.length > 0 || decision.error !== undefined)
}
