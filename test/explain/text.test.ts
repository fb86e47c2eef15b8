import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { explainText } from '../../src/explain/text.ts'
import { matchFile } from '../helpers/match-file.ts'
import { decided, refused } from './example.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const PLAIN = { color: 0, width: 100 } as const

describe('explain as text', () => {
  it('tells a decision', () => matchFile(join(FIXTURES, 'decided.txt'), explainText(decided, PLAIN)))

  it('tells a refusal', () => matchFile(join(FIXTURES, 'refused.txt'), explainText(refused, PLAIN)))

  it('fits a narrow terminal', () => {
    matchFile(join(FIXTURES, 'narrow.txt'), explainText(decided, { color: 0, width: 60 }))
  })

  it('says the same in colour', () => {
    const painted = explainText(decided, { color: 1, width: 100 })
    assert.notEqual(painted, explainText(decided, PLAIN))
    assert.equal(stripVTControlCharacters(painted), explainText(decided, PLAIN))
  })

  it('lets nothing through that steers a terminal', () => {
    const evil = '\u001b[2J\u202e'
    const { facts, decision } = decided
    const text = explainText(
      {
        id: decided.id,
        facts: { ...facts, model: evil + 'm', client: evil + 'c', turn: evil.repeat(20) },
        decision: {
          ...decision,
          rule: evil + 'rule',
          policy: evil + 'policy',
          notes: [evil + 'note'],
          candidates: decision.candidates.map((each) => ({ ...each, model: evil + each.model, detail: evil })),
          chain: decision.chain.map((each) => ({ ...each, provider: evil + each.provider })),
          intent: { ...decision.intent, label: evil + 'x' },
        },
      },
      PLAIN,
    )
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(text, /[\u001b\u202e]/)
  })
})
