import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { quote } from '../../src/explain/quote.ts'

describe('quote', () => {
  it('shows what stands around a match', () => {
    assert.deepEqual(quote('one two three', 4, 7), { before: 'one ', match: 'two', after: ' three' })
    assert.deepEqual(quote('one two three', 4, 7, 2), { before: '…e ', match: 'two', after: ' t…' })
  })

  it('never cuts a character in two', () => {
    const whole = fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(whole, fc.nat(5), ([before, match, after], around) => {
        const text = before + match + after
        const quoted = quote(text, before.length, before.length + match.length, around)
        const shown = quoted.before + quoted.match + quoted.after
        assert.equal(Buffer.from(shown).toString(), shown)
        assert.equal(quoted.match, match)
      }),
    )
  })
})
