import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countTokensBody, geminiModel, geminiModels } from '../../../src/dialects/gemini/index.ts'
import { parseGeminiPath } from '../../../src/dialects/gemini/path.ts'

describe('parseGeminiPath', () => {
  const table: [string, string, string][] = [
    ['/v1beta/models/gemini-3-flash:generateContent', 'gemini-3-flash', 'generateContent'],
    ['/v1beta/models/sage/auto:streamGenerateContent', 'sage/auto', 'streamGenerateContent'],
    ['/v1/models/sage/auto:streamGenerateContent', 'sage/auto', 'streamGenerateContent'],
    ['/v1beta/sage/auto:streamGenerateContent', 'sage/auto', 'streamGenerateContent'],
    ['/models/sage/auto:countTokens', 'sage/auto', 'countTokens'],
    ['/auto:generateContent', 'auto', 'generateContent'],
    [
      '/v1beta/models/ollama/qwen3-coder:480b-cloud:generateContent',
      'ollama/qwen3-coder:480b-cloud',
      'generateContent',
    ],
    ['/v1beta/models/openrouter/a/b/c:countTokens', 'openrouter/a/b/c', 'countTokens'],
    ['/v1beta/models/sage%2Fauto:generateContent', 'sage/auto', 'generateContent'],
    ['/v1beta/models/x:generateContent:countTokens', 'x:generateContent', 'countTokens'],
  ]
  for (const [path, model, method] of table) {
    it(path, () => assert.deepEqual(parseGeminiPath(path), { model, method }))
  }

  for (const path of [
    '/',
    '/v1beta/models',
    '/v1beta/models/sage/auto',
    '/v1beta/models/:generateContent',
    '/v1beta/:generateContent',
    '/v1beta/models/x:embedContent',
    '/v1beta/models/x:generatecontent',
    '/v1beta/models/x:generateContent/y',
    '/v1/chat/completions',
    '/v1beta/models/%zz:generateContent',
    'v1beta/models/x:generateContent',
  ]) {
    it(`not ${path}`, () => assert.equal(parseGeminiPath(path), undefined))
  }
})

describe('models', () => {
  it('gives one model with its limits', () => {
    assert.deepEqual(geminiModel({ id: 'google/gemini-3-flash', title: 'Flash', context: 1000, output: 100 }), {
      name: 'models/google/gemini-3-flash',
      displayName: 'Flash',
      inputTokenLimit: 1000,
      outputTokenLimit: 100,
      supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
    })
  })

  it('gives limits for unknown ones: clients compute with them', () => {
    const { inputTokenLimit, outputTokenLimit } = geminiModel({ id: 'sage/auto', title: 'sage auto' })
    assert.ok(Number(inputTokenLimit) > 0 && Number(outputTokenLimit) > 0)
  })

  it('lists them', () => {
    const entries = [
      { id: 'sage/auto', title: 'a' },
      { id: 'x/y', title: 'b' },
    ]
    assert.deepEqual(geminiModels(entries), { models: entries.map(geminiModel) })
    assert.deepEqual(geminiModels([]), { models: [] })
  })

  it('answers countTokens', () => assert.deepEqual(countTokensBody(7), { totalTokens: 7 }))
})
