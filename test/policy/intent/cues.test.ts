import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CueRow, CUES } from '../../../src/policy/intent/cues.ts'
import { SUBSTRING_CUES, WORD_CUES } from '../../../src/policy/intent/cues-multilingual.ts'
import { matchSubstringCues, matchWordCues } from '../../../src/policy/intent/match-cues.ts'
import { tokenize } from '../../../src/policy/intent/tokenize.ts'

const phrasesOf = (rows: readonly CueRow[]): string[] =>
  rows.flatMap(({ phrases }) => phrases.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' ')))

describe('cues', () => {
  it('are words and phrases of one to four words', () => {
    for (const phrase of phrasesOf([...CUES, ...WORD_CUES])) {
      const count = tokenize(phrase).length
      assert.ok(count >= 1 && count <= 4, phrase)
    }
  })

  it('stand once for each label', () => {
    for (const rows of [CUES, SUBSTRING_CUES]) {
      const keys = rows.flatMap((row) => phrasesOf([row]).map((phrase) => `${row.label}: ${phrase}`))
      assert.deepEqual(
        keys.filter((key, index) => keys.indexOf(key) !== index),
        [],
      )
    }
  })

  it('are all found in a text that has them', () => {
    for (const phrase of phrasesOf([...CUES, ...WORD_CUES])) {
      const found = matchWordCues(tokenize(`- ${phrase.toUpperCase().replace('ß', 'ß')}.`)).map(({ cue }) => cue)
      assert.ok(found.includes(phrase) || phrase.toUpperCase().toLowerCase() !== phrase, phrase)
    }
    for (const phrase of phrasesOf(SUBSTRING_CUES)) {
      assert.ok(
        matchSubstringCues(`あ${phrase}あ`, 0).some(({ cue }) => cue === phrase),
        phrase,
      )
    }
  })

  it('take the longest phrase and its words with it', () => {
    const cues = (text: string): string[] => matchWordCues(tokenize(text)).map(({ cue }) => cue)
    assert.deepEqual(cues('a unit test'), ['unit test'])
    assert.deepEqual(cues('unit of a test'), ['test'])
    assert.deepEqual(cues('contest, detest, latest'), ['latest'])
  })
})

describe('tokenize', () => {
  const cases: [string, string[]][] = [
    ['', []],
    ["What's up?", ["what's", 'up']],
    ['What’s up?', ["what's", 'up']],
    ['C++, C# and F#', ['c++', 'c#', 'and', 'f#']],
    ['snake_case x.py', ['snake_case', 'x', 'py']],
    ['Ünïcode Привет', ['ünïcode', 'привет']],
    ['\ud800 a', ['a']],
  ]
  for (const [text, words] of cases) {
    it(JSON.stringify(text), () =>
      assert.deepEqual(
        tokenize(text).map((word) => word.text),
        words,
      ),
    )
  }
})
