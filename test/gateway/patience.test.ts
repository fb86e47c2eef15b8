import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstContentMs } from '../../src/gateway/patience.ts'
import { resolveProviders } from '../../src/providers/resolve.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { can, facts, model } from '../policy/helpers.ts'

function patience(thinking: 'on' | 'off' | 'unset', thinks: boolean | undefined): number {
  const yaml = 'version: 1\nproviders: { a: { kind: ollama, models: [m], timeouts: { first_content_ms: 1000 } } }\n'
  const { profile } = parseProfile(yaml, 'test.yaml')
  assert.ok(profile !== undefined)
  const [provider] = resolveProviders(profile, () => undefined)
  assert.ok(provider !== undefined)
  const capabilities = thinks === undefined ? {} : thinks ? can('thinking') : can()
  return firstContentMs(provider, model('a/m', { capabilities }), facts({ thinking }))
}

const CASES: [thinking: 'on' | 'off' | 'unset', thinks: boolean | undefined, ms: number][] = [
  ['unset', true, 1000],
  ['off', true, 1000],
  ['on', true, 5000],
  ['on', undefined, 5000],
  ['on', false, 1000],
]
for (const [thinking, thinks, ms] of CASES) {
  test(`patience: thinking ${thinking}, the model ${thinks === undefined ? 'may think' : thinks ? 'thinks' : 'does not'}`, () => {
    assert.equal(patience(thinking, thinks), ms)
  })
}
