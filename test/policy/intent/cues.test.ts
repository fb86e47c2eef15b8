import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { builtInCues } from '../../../src/policy/intent/built-in-cues.ts'
import { type CueRow, CUES } from '../../../src/policy/intent/cues.ts'
import { ASIAN_CUES } from '../../../src/policy/intent/cues-asian.ts'
import { EUROPEAN_CUES } from '../../../src/policy/intent/cues-european.ts'
import { matchCues } from '../../../src/policy/intent/match-cues.ts'
import { tokenize } from '../../../src/policy/intent/tokenize.ts'

const ALL = [...CUES, ...EUROPEAN_CUES, ...ASIAN_CUES]
const phrasesOf = (rows: readonly CueRow[]): string[] =>
  rows.flatMap(({ phrases }) => phrases.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' ')))
const cues = (text: string): string[] => matchCues(tokenize(text), builtInCues()).map(({ cue }) => cue.name)

describe('cues', () => {
  it('are words and phrases of one to five words', () => {
    for (const phrase of phrasesOf(ALL)) {
      const { count } = tokenize(phrase)
      assert.ok(count >= 1 && count <= 5, phrase)
    }
  })

  it('stand once for each label among the English ones', () => {
    const keys = CUES.flatMap((row) => phrasesOf([row]).map((phrase) => `${row.label}: ${phrase}`))
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    )
  })

  it('are all found in a text that has them, unless a longer one begins there', () => {
    for (const phrase of phrasesOf(ALL)) {
      const word = phrase.replaceAll('*', '')
      const found = matchCues(tokenize(`- ${word}.`), builtInCues())
      assert.ok(
        found.some(({ start, end }) => start === 2 && end >= 2 + word.length),
        phrase,
      )
    }
  })

  const cases: { text: string; found: string[]; why: string }[] = [
    { text: 'a unit test', found: ['unit test'], why: 'the longest phrase takes its words with it' },
    { text: 'unit of a test', found: ['test'], why: 'a phrase is words in a row' },
    { text: 'contest, detest', found: [], why: 'words are whole words' },
    {
      text: 'TRADUCCIÓN traduccion Traducción',
      found: ['traducción', 'traducción', 'traducción'],
      why: 'case and accents',
    },
    { text: 'übersetzt Übersetzung', found: ['übersetz*', 'übersetz*'], why: 'endings' },
    { text: '请帮我翻译这段话', found: ['翻译', '这段话'], why: 'no blanks' },
    { text: 'このコードを直して', found: ['コード'], why: 'no blanks' },
    { text: "l'équation", found: ['equation'], why: 'behind an article' },
  ]
  for (const { text, found, why } of cases) it(why, () => assert.deepEqual(cues(text), found))
})

describe('tokenize', () => {
  const cases: [string, string[]][] = [
    ['', []],
    ["What's up?", ["What's", 'up']],
    ['What’s up?', ['What’s', 'up']],
    ["d'accord", ['d', 'accord']],
    ['C++, C# and F#', ['C++', 'C#', 'and', 'F#']],
    ['a+b 1++', ['a', 'b', '1']],
    ['snake_case x.py', ['snake_case', 'x', 'py']],
    ['Ünïcode Привет', ['Ünïcode', 'Привет']],
    ['用SQL查询', ['用', 'SQL', '查询']],
  ]
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const { count, starts, ends } = tokenize(text)
      assert.deepEqual(
        Array.from({ length: count }, (_, i) => text.slice(starts[i], ends[i])),
        expected,
      )
    })
  }

  it('knows words again in any case, without accents, and numbers by their length', () => {
    const hash = (text: string): number | undefined => tokenize(text).hashes[0]
    assert.equal(hash('Résumé'), hash('resume'))
    assert.equal(hash("what's"), hash('What’s'))
    assert.equal(hash('17'), hash('42'))
    assert.notEqual(hash('17'), hash('4'))
    assert.notEqual(hash('c++'), hash('c'))
  })
})
