import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allCues } from '../../../src/policy/intent/all-cues.ts'
import { builtInCues } from '../../../src/policy/intent/built-in-cues.ts'
import { cueOf } from '../../../src/policy/intent/cue.ts'
import { groupCues, indexCues } from '../../../src/policy/intent/cue-index.ts'
import { decodeCues } from '../../../src/policy/intent/decode-cues.ts'
import { encodeCues } from '../../../src/policy/intent/encode-cues.ts'

const INDEXES = ['words', 'stems', 'anywhere'] as const

describe('the built-in cues', () => {
  for (const name of INDEXES) {
    it(`are what their lists say: ${name}`, () => {
      const groups = groupCues(allCues())[name]
      const { find, ...rest } = builtInCues()[name]
      const { find: _, ...expected } = indexCues(allCues())[name]
      assert.ok(groups.size > 50)
      assert.deepEqual(rest, expected)
      for (const [hash, list] of groups) assert.deepEqual(find(hash), list)
      for (const hash of [0, -1, 2 ** 31 - 1, -(2 ** 31)]) assert.deepEqual(find(hash), groups.get(hash))
    })
  }
})

describe('encodeCues', () => {
  it('knows no cue that was not there', () => {
    const { words } = decodeCues(encodeCues([cueOf('code', 3, 'fix')]))
    assert.equal(words.find(7), undefined)
    assert.equal(words.find(cueOf('code', 3, 'fix').words[0]?.hash ?? 0)?.[0]?.name, 'fix')
  })

  it('refuses a label of a profile and a weight that is no digit', () => {
    assert.throws(() => encodeCues([cueOf('own', 3, 'fix')]), RangeError)
    assert.throws(() => encodeCues([cueOf('code', 2.5, 'fix')]), RangeError)
  })
})
