// Help must not promise what the program does not do.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { headers } from '../../src/commands/topics/headers.ts'
import { profile } from '../../src/commands/topics/profile.ts'
import { sageHeaders } from '../../src/gateway/headers.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { decided } from '../explain/example.ts'

describe('help topics', () => {
  it('show a profile that is sound', () => {
    const sample = /^A small one:\n\n((?: {2}.*\n)+)/m.exec(profile.text)?.[1] ?? ''
    const { diagnostics, profile: parsed } = parseProfile(sample.replace(/^ {2}/gm, ''), 'sample')
    assert.deepEqual(diagnostics, [])
    assert.equal(parsed?.policies[0]?.rules.length, 1)
  })

  it('list every header of an answer', () => {
    const written = sageHeaders(
      { ...decided.decision, pin: 'a/b' },
      {
        id: '1',
        target: { provider: 'a', model: 'b' },
        attempts: 1,
        isFallback: true,
        isSimulated: true,
        dropped: ['top_k'],
      },
    )
    const ofAnswers = headers.text.split('Of the request')[0]
    const listed = ofAnswers?.match(/^ {2}x-sage-[a-z-]+/gm)?.map((line) => line.trim())
    assert.deepEqual(listed?.toSorted(), Object.keys(written).toSorted())
  })
})
