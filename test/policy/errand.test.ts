import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { intentOf } from '../../src/policy/errand.ts'
import type { Facts } from '../../src/policy/types.ts'
import { facts } from './helpers.ts'

const cases: { name: string; facts: Partial<Facts>; errand: string | undefined }[] = [
  { name: 'a question', facts: { turn: 'Why is the sky blue?' }, errand: undefined },
  { name: 'a title', facts: { system: 'You are a title generator. You output only a title.' }, errand: 'title' },
  {
    name: 'a title for a picture',
    facts: { system: 'You are a title generator.', vision: true, liveVision: true },
    errand: 'title',
  },
  {
    name: 'a topic check',
    facts: { system: 'Analyze if this message indicates a new conversation topic.' },
    errand: 'topic',
  },
  {
    name: 'a compaction',
    facts: { turn: 'Create a detailed summary of our conversation so far.' },
    errand: 'compaction',
  },
  { name: 'an empty prompt for one token', facts: { turn: '', maxOutputTokens: 1 }, errand: 'warm-up' },
  { name: 'a quota check', facts: { turn: 'quota', maxOutputTokens: 1 }, errand: 'warm-up' },
  { name: 'a warm-up with tools', facts: { turn: 'Warmup', tools: 12 }, errand: 'warm-up' },
  {
    name: 'one token of a long text',
    facts: { turn: 'Is this a cat or a dog? Say C or D.', maxOutputTokens: 1 },
    errand: undefined,
  },
  {
    name: 'a loop that began with the words of an errand',
    facts: { turn: 'Create a detailed summary of our conversation so far.', inToolLoop: true, tools: 3 },
    errand: undefined,
  },
]

describe('errands', () => {
  for (const { name, facts: given, errand } of cases) {
    it(`${name}: ${errand ?? 'none'}`, () => assert.equal(intentOf(facts(given)).errand, errand))
  }

  it('takes a recorded intent as it is', () => {
    const intent = { label: 'code', confidence: 0.7, evidence: [], errand: 'topic' as const }
    assert.equal(intentOf(facts({ turn: 'Write a poem.', intent })), intent)
  })
})
