import assert from 'node:assert/strict'
import { validateHeaderValue } from 'node:http'
import { test } from 'node:test'
import fc from 'fast-check'
import { ascii, describeAttempts, sageHeaders } from '../../src/gateway/headers.ts'
import { decide } from '../../src/policy/decide.ts'
import type { Decision } from '../../src/policy/types.ts'
import { facts, policy, profile, world } from '../policy/helpers.ts'

const ASCII: [text: string, value: string][] = [
  ['plain text, 100%', 'plain text, 100%'],
  ['', ''],
  ['qwen3:8b/x_y~z', 'qwen3:8b/x_y~z'],
  ['ünï', '%C3%BCn%C3%AF'],
  ['码', '%E7%A0%81'],
  ['😀', '%F0%9F%98%80'],
  ['a\r\nx-evil: 1', 'a%0D%0Ax-evil: 1'],
  ['\u0000\u007f', '%00%7F'],
  // A half of a pair has no bytes of its own.
  ['\ud800', '%EF%BF%BD'],
]
for (const [text, value] of ASCII) {
  test(`ascii: ${JSON.stringify(text)}`, () => {
    assert.equal(ascii(text), value)
  })
}

test('ascii: any text becomes a valid header value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const value = ascii(text)
      validateHeaderValue('x-test', value)
      assert.match(value, /^[\x20-\x7e]*$/)
    }),
  )
})

const FACTS = { id: '0123456789abcdef', attempts: 1, isFallback: false, isSimulated: false, dropped: [] }

function decision(given: Partial<Decision> = {}): Decision {
  return { ...decide(profile({ policies: [policy()] }), facts({ model: 'auto' }), world(['a/m'])), ...given }
}

test('headers: a refused request has an id and its attempts only', () => {
  assert.deepEqual(sageHeaders(undefined, { ...FACTS, attempts: 0 }), {
    'x-sage-decision-id': '0123456789abcdef',
    'x-sage-attempts': '0',
  })
})

test('headers: an answer under a policy', () => {
  assert.deepEqual(sageHeaders(decision(), { ...FACTS, target: { provider: 'a', model: 'm' } }), {
    'x-sage-decision-id': '0123456789abcdef',
    'x-sage-policy': 'auto',
    'x-sage-intent': 'simple',
    'x-sage-rule': 'default',
    'x-sage-attempts': '1',
    'x-sage-model': 'a/m',
    'x-sage-provider': 'a',
  })
})

test('headers: everything that can be said', () => {
  const headers = sageHeaders(decision({ policy: '', rule: 'réponse', pin: 'ünï/m', sticky: true }), {
    ...FACTS,
    attempts: 3,
    target: { provider: 'ünï', model: 'm\n' },
    isFallback: true,
    isSimulated: true,
    dropped: ['top_k', 'tool:wéb'],
  })
  assert.equal(headers['x-sage-policy'], 'none')
  assert.equal(headers['x-sage-rule'], 'r%C3%A9ponse')
  assert.equal(headers['x-sage-model'], '%C3%BCn%C3%AF/m%0A')
  assert.equal(headers['x-sage-sticky'], 'true')
  assert.equal(headers['x-sage-fallback-from'], '%C3%BCn%C3%AF/m')
  assert.equal(headers['x-sage-simulated'], 'true')
  assert.equal(headers['x-sage-dropped'], 'top_k, tool:w%C3%A9b')
  for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value)
})

test('headers: a long list of what was dropped is cut', () => {
  const headers = sageHeaders(undefined, { ...FACTS, dropped: Array.from({ length: 1000 }, () => 'tool:web_search') })
  assert.equal(headers['x-sage-dropped']?.length, 1000)
})

test('headers: attempts in words', () => {
  const attempts = [
    { provider: 'a', model: 'm', outcome: 'rate_limit' as const, status: 429, message: 'slow down', ms: 1 },
    { provider: 'b', model: 'n/o', outcome: 'network' as const, status: 0, message: '', ms: 1 },
    { provider: 'c', model: 'p', outcome: 'server' as const, status: 500, message: 'x'.repeat(1000), ms: 1 },
  ]
  assert.equal(
    describeAttempts(attempts),
    `a/m: rate_limit (429) slow down; b/n/o: network; c/p: server (500) ${'x'.repeat(300)}`,
  )
  assert.equal(describeAttempts([]), '')
})
