import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { looksLikeSecret, maskShapes } from '../../src/diagnostics/secret-shapes.ts'
import { didYouMean, nearest } from '../../src/diagnostics/suggest.ts'

const CASES: readonly [word: string, candidates: string[], near: string | undefined][] = [
  ['prot', ['host', 'port', 'token'], 'port'],
  ['PORT', ['port'], 'port'],
  ['port', ['port'], undefined],
  ['ab', ['xy'], undefined],
  ['olama', ['openai', 'ollama'], 'ollama'],
  ['abcdefgh', ['abcdwxyz'], undefined],
  ['fallbak', ['prefer', 'fallback'], 'fallback'],
  ['', ['a'], undefined],
  ['a', [], undefined],
  ['x'.repeat(200), ['x'.repeat(199)], undefined],
]

describe('nearest', () => {
  for (const [word, candidates, near] of CASES) {
    it(`takes "${word.slice(0, 20)}" for ${near ?? 'nothing'}`, () => {
      assert.equal(nearest(word, candidates), near)
      assert.equal(didYouMean(word, candidates), near === undefined ? undefined : `did you mean "${near}"?`)
    })
  }
})

describe('the shapes of keys', () => {
  const keys = [
    'sk-proj-abcdefghijklmnop',
    'sk-ant-api03-abcdefghijklmnop',
    'sk-or-v1-0123456789abcdef',
    `AIza${'a'.repeat(35)}`,
    'gsk_abcdefghijklmnopqrst',
    'nvapi-abcdefghijklmnopqrst',
    'xai-abcdefghijklmnopqrst',
    'hf_abcdefghijklmnopqrst',
    'ghp_abcdefghijklmnopqrst',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl',
    'Bearer abcdefgh',
    'Basic dXNlcjpwYXNz',
  ]
  for (const key of keys) {
    it(`are known: ${key.slice(0, 10)}…`, () => {
      assert.equal(looksLikeSecret(`x ${key} y`), true)
      assert.equal(maskShapes(`x ${key} y`), `x ${'*'.repeat(key.length)} y`)
    })
  }

  it('do not fit names of models and other ordinary text', () => {
    const ordinary = [
      'claude-sonnet-4-5-20250929',
      'gpt-5.5',
      'openai/gpt-oss-120b',
      'hf.co/bartowski/Qwen3-8B-GGUF:Q4_K_M',
      'task-abcdefghijklmnopqrst',
      'qwen3:8b',
      'env:OPENAI_API_KEY',
      'the basic idea',
      'sk-short',
      'risk-assessment-of-long-names',
      'https://api.groq.com/openai/v1',
    ]
    assert.deepEqual(ordinary.filter(looksLikeSecret), [])
  })
})
