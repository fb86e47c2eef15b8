import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { classifyIntent, classifyOptions } from '../../../src/policy/intent/classify.ts'
import type { Intent } from '../../../src/policy/types.ts'
import type { ProfileIntent } from '../../../src/profile/types.ts'
import { facts, profile } from '../helpers.ts'

const intent = (name: string, given: Partial<ProfileIntent>): ProfileIntent => ({
  name,
  description: '',
  words: [],
  examples: [],
  patterns: [],
  ...given,
})

const INTENTS = [
  intent('deploy', {
    words: ['roll out', 'kubern*', 'デプロイ', 'выкат*', 'ARGO-CD'],
    patterns: ['(?i)ship .* to (staging|prod)'],
    examples: ['put the new version on the staging servers'],
  }),
  intent('legal', { words: ['contract', 'roll out'], patterns: ['§ ?[0-9]+'] }),
  intent('code', { words: ['flux capacitor'] }),
  intent('travel', { words: ['İzmir', '🚀', '火箭🚀'], patterns: ['🛫+', '\\x{1F6EC}'] }),
]

const classify = (turn: string, given: Parameters<typeof facts>[0] = {}): Intent =>
  classifyIntent(facts({ turn, ...given }), classifyOptions(profile({ intents: INTENTS })))

describe('intents of the profile', () => {
  const cases: { turn: string; label: string; cue?: string; text?: string }[] = [
    { turn: 'Please ROLL  OUT version 4', label: 'deploy', cue: 'word roll out', text: 'ROLL  OUT' },
    { turn: 'write a poem about kubernetes', label: 'deploy', cue: 'word kubern*', text: 'kubernetes' },
    { turn: '新版をデプロイして', label: 'deploy', cue: 'word デプロイ', text: 'デプロイ' },
    { turn: 'Пора выкатывать релиз', label: 'deploy', cue: 'word выкат*', text: 'выкатывать' },
    { turn: 'restart argo-cd', label: 'deploy', cue: 'word ARGO-CD', text: 'argo-cd' },
    { turn: 'ship it to PROD now', label: 'deploy', text: 'ship it to PROD' },
    { turn: 'what does § 12 say', label: 'legal', cue: 'pattern § ?[0-9]+', text: '§ 12' },
    { turn: 'put this new version on the staging servers', label: 'deploy' },
    { turn: 'explain the flux capacitor', label: 'code', cue: 'word flux capacitor' },
    // The capital i with a dot is an i.
    { turn: 'a walk in IZMIR', label: 'travel', cue: 'word İzmir', text: 'IZMIR' },
    { turn: 'a walk in izmir', label: 'travel', cue: 'word İzmir', text: 'izmir' },
    { turn: 'a walk in İZMİR', label: 'travel', cue: 'word İzmir', text: 'İZMİR' },
    // Places count UTF-16 units, and no half of a pair is anything.
    { turn: '👩‍🚀👩‍🚀 to the moon', label: 'travel', cue: 'word 🚀', text: '🚀' },
    { turn: '𠮷の火箭🚀!', label: 'travel', cue: 'word 火箭🚀', text: '火箭🚀' },
    { turn: '👍👍 off we go 🛫🛫', label: 'travel', cue: 'pattern 🛫+', text: '🛫🛫' },
    { turn: '👍 home 🛬', label: 'travel', text: '🛬' },
    { turn: '👍 🚁', label: 'general' },
    // whole words only
    { turn: 'write a poem about a contractor', label: 'creative' },
    { turn: 'write a poem about rolling outside', label: 'creative' },
    { turn: 'write a poem about the sea', label: 'creative' },
  ]
  for (const { turn, label, cue, text } of cases) {
    it(`${label}: ${turn}`, () => {
      const { evidence, ...rest } = classify(turn)
      assert.equal(rest.label, label)
      if (cue !== undefined) assert.equal(evidence[0]?.cue, cue)
      if (text !== undefined) assert.equal(turn.slice(evidence[0]?.start, evidence[0]?.end), text)
    })
  }

  it('of two that match equally well, the first of the profile wins', () => {
    assert.equal(classify('a contract to roll out').label, 'deploy')
    assert.equal(classify('ship the contract to prod').label, 'deploy')
  })

  it('beat the model, but neither an image nor an errand', () => {
    assert.equal(classify('translate the contract to French').label, 'legal')
    assert.equal(classify('roll out', { liveVision: true, vision: true }).label, 'vision')
    assert.equal(
      classify('roll out', { system: 'You are a title generator. You output ONLY a title.' }).label,
      'simple',
    )
  })

  it('are handed down to a terse turn', () => {
    assert.equal(classify('try again', { previousTurn: 'roll out the new version' }).label, 'deploy')
  })

  it('give the place behind the unread middle of a long turn', () => {
    const turn = `${'x '.repeat(3000)}please roll out`
    const [found] = classify(turn).evidence
    assert.equal(turn.slice(found?.start, found?.end), 'roll out')
  })

  it('leave out a pattern that is none', () => {
    const broken = profile({ intents: [intent('broken', { patterns: ['a(b'] })] })
    assert.equal(classifyIntent(facts({ turn: 'hi' }), classifyOptions(broken)).label, 'simple')
  })
})

describe('the confidence that a profile asks for', () => {
  const turn = 'the elite team met in Gemini city'

  it('makes what is less sure general, and says so', () => {
    const options = classifyOptions(profile({ min_intent_confidence: 1 }))
    const intent = classifyIntent(facts({ turn: 'write a poem about how to debug python' }), options)
    assert.equal(intent.label, 'general')
    assert.equal(intent.lowConfidence, true)
    assert.ok(intent.confidence < 1)
  })

  it('changes nothing when it is 0', () => {
    const options = classifyOptions(profile({ min_intent_confidence: 0 }))
    assert.equal(classifyIntent(facts({ turn }), options).lowConfidence, undefined)
  })
})
