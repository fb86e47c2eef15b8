import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { compileGlob, isGlob, matchGlob } from '../../src/profile/glob.ts'

const CASES: readonly [pattern: string, text: string, matches: boolean][] = [
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a/b', true],
  ['?', '', false],
  ['?', 'a', true],
  ['a', 'a', true],
  ['a', 'ab', false],
  ['a*', 'a', true],
  ['*a', 'ba', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['ab*ba', 'aba', false],
  ['a**b', 'ab', true],
  ['a*?', 'a', false],
  ['a*?', 'ab', true],
  ['*?b*', 'ab', true],
  ['*?b*', 'b', false],
  ['*b?*d', 'abbcd', true],
  ['ollama/*', 'ollama/qwen3:8b', true],
  ['ollama/*', 'ollama2/qwen3:8b', false],
  ['*/*mini*', 'openai/gpt-5-mini', true],
  ['*/*mini*', 'gemini', false],
  ['Claude-*', 'claude-HAIKU', true],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['(a|b)+$', '(a|b)+$', true],
  ['gpt-5.?', 'gpt-5.5', true],
]

describe('globs', () => {
  for (const [pattern, text, matches] of CASES) {
    it(`"${pattern}" ${matches ? 'matches' : 'does not match'} "${text}"`, () => {
      assert.equal(matchGlob(pattern, text), matches)
    })
  }

  it('match what the equal regular expression matches', () => {
    const some = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '/', '.'), maxLength: 8 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '/'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, some, (glob, text) => {
        const source = glob.replace(/[.*?/]/g, (char) => ({ '*': '.*', '?': '.' })[char] ?? `\\${char}`)
        assert.equal(compileGlob(glob)(text), new RegExp(`^${source}$`, 'is').test(text))
      }),
      { numRuns: 5000 },
    )
  })

  it('take no time for a text that would make a regular expression explode', () => {
    assert.equal(matchGlob('*a*a*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(1_000_000)), false)
    assert.equal(matchGlob('*?a*?a*?a*?a*?a*?a*?a*?b', 'a'.repeat(1_000_000)), false)
  })

  it('are told from names', () => {
    assert.deepEqual(['a', 'a*', 'a?', ''].map(isGlob), [false, true, true, false])
  })
})
