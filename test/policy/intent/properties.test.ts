import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { classifyIntent } from '../../../src/policy/intent/classify.ts'
import { classifyTurn } from '../../../src/policy/intent/classify-turn.ts'
import { builtInModel } from '../../../src/policy/intent/built-in-model.ts'
import { explainLead } from '../../../src/policy/intent/contributions.ts'
import { excerptOf } from '../../../src/policy/intent/excerpt.ts'
import { extractFeatures } from '../../../src/policy/intent/features.ts'
import { INTENT_LABELS, TEXT_LABELS } from '../../../src/policy/intent/labels.ts'
import { scoreLabels } from '../../../src/policy/intent/predict.ts'
import { tokenize } from '../../../src/policy/intent/tokenize.ts'
import { facts } from '../helpers.ts'

const WORDS = [
  'translate',
  'summarize',
  'the',
  '```',
  'def f(',
  '$x^2$',
  'übersetze',
  '翻译',
  '直して',
  'hi',
  '?',
  '7',
  '\n',
  '…',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.string({ unit: 'grapheme', maxLength: 1500 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 600 }).map((words) => words.join(' ')),
)
const CONTEXTS = [
  { offersTools: false, isCodingAgent: false },
  { offersTools: true, isCodingAgent: false },
]

describe('classification of any text', () => {
  it('is a label with a confidence, and evidence inside the turn; the same each time', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(3), (turn, previousTurn, tools) => {
        const { label, confidence, evidence } = classifyIntent(facts({ turn, previousTurn, tools }))
        assert.ok(INTENT_LABELS.some((known) => known === label))
        assert.ok(confidence >= 0 && confidence <= 1)
        for (const { start, end, weight } of evidence) {
          assert.ok(0 <= start && start <= end && end <= turn.length && weight > 0)
        }
        const again = classifyIntent(facts({ turn, previousTurn, tools }))
        assert.deepEqual({ ...again }, { label, confidence, evidence, ...lowOf(again) })
        assert.ok(tools > 0 || label !== 'tools')
      }),
      { numRuns: 300 },
    )
  })

  it('has evidence that adds up to the lead over the second label, as far as it is given', () => {
    const model = builtInModel()
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }), (words) => {
        const excerpt = excerptOf(words.join(' '))
        for (const context of CONTEXTS) {
          const features = extractFeatures(excerpt, model.bits, context)
          const scores = scoreLabels(features, model)
          const pair = [0, 2] as const
          const sum = explainLead(features, model, excerpt, pair).reduce(
            (lead, { label, weight }) => lead + (label === TEXT_LABELS[0] ? weight : -weight),
            0,
          )
          // up to a dozen pieces are given; what is left out is small
          assert.ok(Math.abs(sum - ((scores[0] ?? 0) - (scores[2] ?? 0))) < 0.5)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('reads no more of a longer turn', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 2000 }), (middle, more) => {
        const opening = 'debug this log for me '.repeat(30)
        const ending = 'and then tell me what you found '.repeat(20)
        const reader = { model: builtInModel(), context: { offersTools: false, isCodingAgent: false } }
        const { label, confidence } = classifyTurn(`${opening}${middle}${ending}`, '', reader)
        const longer = classifyTurn(`${opening}${middle}${'x'.repeat(more)}${ending}`, '', reader)
        assert.deepEqual([longer.label, longer.confidence], [label, confidence])
      }),
    )
  })

  it('finds words that lie in order, apart and inside the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { count, starts, ends } = tokenize(text)
        for (let i = 0; i < count; i++) {
          assert.ok((i === 0 ? 0 : (ends[i - 1] ?? 0)) <= (starts[i] ?? -1))
          assert.ok((starts[i] ?? 0) < (ends[i] ?? 0) && (ends[i] ?? 0) <= text.length)
        }
      }),
    )
  })
})

function lowOf({ lowConfidence }: { lowConfidence?: boolean }): { lowConfidence?: boolean } {
  return lowConfidence === undefined ? {} : { lowConfidence }
}
