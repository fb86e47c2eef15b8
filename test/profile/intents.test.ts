import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseProfile } from '../../src/profile/parse.ts'

const parse = (rest: string): ReturnType<typeof parseProfile> =>
  parseProfile(`version: 1\nproviders: { a: { kind: ollama, models: [m] } }\n${rest}`, 'sage.yaml')

describe('intents of a profile', () => {
  it('are a list in the order of the source, every part a list', () => {
    const { profile, diagnostics } = parse('intents: { deploy: { words: [ship] }, "7": {}, code: { patterns: [a+] } }')
    assert.deepEqual(diagnostics, [])
    assert.deepEqual(profile?.intents, [
      { name: 'deploy', description: '', words: ['ship'], examples: [], patterns: [] },
      { name: '7', description: '', words: [], examples: [], patterns: [] },
      { name: 'code', description: '', words: [], examples: [], patterns: ['a+'] },
    ])
  })

  it('are absent when there are none', () => {
    const { profile } = parse('')
    assert.equal(profile?.intents, undefined)
    assert.equal(profile?.min_intent_confidence, undefined)
    assert.equal(parse('min_intent_confidence: 0.5').profile?.min_intent_confidence, 0.5)
  })

  it('may be asked for by rules', () => {
    const rules = 'policies: { auto: { rules: [{ name: r, when: { intent: [deploy, code] } }] } }'
    assert.deepEqual(parse(`intents: { deploy: {} }\n${rules}`).diagnostics, [])
    const [unknown] = parse(`intents: { deployed: {} }\n${rules}`).diagnostics
    assert.equal(unknown?.message, 'there is no intent "deploy"')
    assert.equal(unknown.hint, 'did you mean "deployed"?')
  })

  for (const [pattern, takesAll] of [
    ['x*', true],
    ['(?i)deploy|', true],
    ['^', true],
    ['^$', false],
    ['x+', false],
  ] as const) {
    it(`${takesAll ? 'warn of' : 'take'} the pattern ${pattern}`, () => {
      const { profile, diagnostics } = parse(`intents: { odd: { patterns: ['${pattern}'] } }`)
      assert.ok(profile !== undefined)
      const told = diagnostics.map(({ severity, code }) => `${severity} ${code}`)
      assert.deepEqual(told, takesAll ? ['warning SAGE1014'] : [])
    })
  }
})
