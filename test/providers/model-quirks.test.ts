import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Quirks } from '../../src/dialects/quirks.ts'
import { openaiChatClient, openaiChatProvider } from '../../src/dialects/openai-chat/index.ts'
import { editObject } from '../../src/lib/json-edit.ts'
import { JsonOutline } from '../../src/lib/json-outline.ts'
import { withModelQuirks } from '../../src/providers/model-quirks.ts'

const XAI = 'https://api.x.ai'
const MOONSHOT = 'https://api.moonshot.ai'

describe('withModelQuirks', () => {
  const table: [model: string, origin: string, refused: readonly string[], takesEffort: boolean][] = [
    ['grok-4', XAI, ['stop', 'presence_penalty'], false],
    ['grok-4-1-fast-reasoning', XAI, ['stop'], false],
    ['grok-4-fast-non-reasoning', XAI, [], false],
    ['grok-4.20-0309-reasoning', XAI, ['frequency_penalty'], false],
    ['grok-4.20-multi-agent-0309', XAI, ['stop'], true],
    ['grok-4.3', XAI, ['stop'], true],
    ['grok-3', XAI, [], false],
    ['grok-3-mini', XAI, ['stop'], true],
    ['grok-code-fast-1', 'https://eu-west-1.api.x.ai', ['stop'], false],
    ['grok-4', 'https://openrouter.ai', [], true],
    ['grok-4', 'https://notx.ai', [], true],
    ['kimi-k2.6', MOONSHOT, ['temperature', 'top_p', 'n'], true],
    ['kimi-k3', 'https://api.moonshot.cn', ['temperature'], true],
    ['kimi-for-coding', 'https://api.kimi.com', ['temperature'], true],
    ['moonshotai/Kimi-K2.5', MOONSHOT, ['temperature'], true],
    ['kimi-k2-0905-preview', MOONSHOT, [], true],
    ['kimi-k2.6:cloud', 'https://ollama.com', [], true],
  ]
  for (const [model, origin, refused, takesEffort] of table) {
    it(`${model} at ${origin}`, () => {
      const quirks = withModelQuirks({}, origin, model)
      for (const name of refused) assert.ok(quirks.drop_parameters?.includes(name), name)
      if (refused.length === 0) assert.deepEqual(quirks.drop_parameters ?? [], [])
      assert.equal(quirks.reasoning_effort !== false, takesEffort)
    })
  }

  it('adds to what the provider refuses, and leaves a flag to the profile', () => {
    const given: Quirks = { drop_parameters: ['seed', 'stop'], reasoning_effort: true, max_tokens_field: 'max_tokens' }
    const quirks = withModelQuirks(given, XAI, 'grok-4')
    assert.deepEqual(quirks, {
      ...given,
      drop_parameters: ['seed', 'stop', 'presence_penalty', 'frequency_penalty'],
    })
    assert.equal(withModelQuirks(given, XAI, 'embedding'), given)
  })

  it('keeps what is refused out of bodies of either way, by name', () => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'hi' }], temperature: 0.2, top_p: 0.9, seed: 1 }
    const target = { model: 'kimi-k2.6', quirks: withModelQuirks({}, MOONSHOT, 'kimi-k2.6'), inputTokens: 1 }
    const encoded = openaiChatProvider.encodeRequest(openaiChatClient.decodeRequest(body), target)
    assert.deepEqual(encoded.dropped.toSorted(), ['temperature', 'top_p'])
    const outline = new JsonOutline(Buffer.from(JSON.stringify(body)))
    const edits = openaiChatProvider.adaptBody?.(outline, target)
    assert.ok(edits !== undefined)
    const { temperature: _, top_p: __, ...rest } = body
    assert.deepEqual(JSON.parse(editObject(outline, edits).toString('utf8')), rest)
  })
})
