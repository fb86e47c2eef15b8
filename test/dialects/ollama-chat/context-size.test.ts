import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { contextSize } from '../../../src/dialects/ollama-chat/context-size.ts'

describe('context size', () => {
  const cases: [inputTokens: number, maxTokens: number | undefined, context: number | undefined, expected: number][] = [
    [0, 1, undefined, 4096],
    [0, undefined, undefined, 8192],
    [1000, 1000, undefined, 4096],
    [2867, 0, undefined, 4096],
    [2868, 0, undefined, 8192],
    [20_000, undefined, undefined, 32_768],
    [20_000, 32_000, undefined, 65_536],
    [10_000, 32_000, undefined, 32_768],
    [100_000, undefined, undefined, 131_072],
    [100_000, undefined, 131_072, 131_072],
    [20_000, 32_000, 40_960, 40_960],
    [500_000, undefined, 131_072, 131_072],
    [0, 1, 2048, 2048],
  ]
  for (const [inputTokens, maxTokens, context, expected] of cases) {
    it(`for ${inputTokens} in, ${maxTokens} out and a window of ${context} is ${expected}`, () => {
      assert.equal(contextSize({ inputTokens, maxTokens, context }), expected)
    })
  }

  it('holds the request unless the window is smaller, and takes few values', () => {
    const tokens = fc.nat(2_000_000)
    fc.assert(
      fc.property(tokens, tokens, fc.option(tokens, { nil: undefined }), (inputTokens, maxTokens, context) => {
        const size = contextSize({ inputTokens, maxTokens, context })
        if (size === context) return
        assert.ok(size >= inputTokens + Math.min(maxTokens, 8192))
        assert.ok(Number.isInteger(Math.log2(size)) && size >= 4096)
        assert.ok(context === undefined || size < context)
      }),
    )
  })
})
