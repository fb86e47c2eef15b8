import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CLIENT_DIALECTS } from '../../src/dialects/index.ts'
import type { EncodeTarget, ProviderDialectId } from '../../src/dialects/types.ts'
import { limitBody } from '../../src/gateway/limit-body.ts'
import { limitModel, limitRequest } from '../../src/gateway/request-limits.ts'
import { editObject } from '../../src/lib/json-edit.ts'
import { JsonOutline } from '../../src/lib/json-outline.ts'
import type { RequestLimits } from '../../src/profile/types.ts'
import { can, model } from '../policy/helpers.ts'

type Body = Record<string, unknown>

const MODEL = model('p/gpt-5', { capabilities: can('tools', 'thinking'), output: 64_000 })
const chat = { messages: [{ role: 'user', content: 'hi' }] }
const gemini = { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }

/** What a body of a dialect becomes on its way to a provider of the same dialect. */
function limited(dialect: ProviderDialectId, body: Body, limits: RequestLimits, id = MODEL.id): Body | 'untouched' {
  const outline = new JsonOutline(Buffer.from(JSON.stringify({ model: 'm', ...body })))
  const asked = CLIENT_DIALECTS[dialect].decodeRequest({ model: 'm', ...body })
  const known = limitModel({ ...MODEL, id }, limits)
  const target: EncodeTarget = { model: id, quirks: {}, inputTokens: 10, thinking: true, output: known.output ?? 0 }
  const edits = limitBody(outline, asked, limitRequest(asked, limits, known, dialect), dialect, target)
  if (edits === undefined) return 'untouched'
  const { model: _model, ...rest } = JSON.parse(editObject(outline, { ...edits, rename: new Map() }).toString()) as Body
  return rest
}

interface Case {
  dialect: ProviderDialectId
  body: Body
  limits: RequestLimits
  /** What is there besides the conversation. */
  result: Body | 'untouched'
  id?: string
}

const cases: Case[] = [
  { dialect: 'openai-chat', body: { reasoning_effort: 'low' }, limits: { thinking: 'medium' }, result: 'untouched' },
  {
    dialect: 'openai-chat',
    body: { reasoning_effort: 'xhigh', x: 1 },
    limits: { thinking: 'medium' },
    result: { reasoning_effort: 'medium', x: 1 },
  },
  { dialect: 'openai-chat', body: {}, limits: { thinking: 'low' }, result: { reasoning_effort: 'low' } },
  {
    dialect: 'openai-chat',
    body: { reasoning: { effort: 'high' } },
    limits: { thinking: 'low' },
    result: { reasoning_effort: 'low' },
  },
  {
    dialect: 'openai-chat',
    body: { reasoning_effort: 'high' },
    limits: { thinking: 'off' },
    result: { reasoning_effort: 'none' },
    id: 'gpt-5.4',
  },
  { dialect: 'openai-chat', body: { max_tokens: 100 }, limits: { max_output: 200 }, result: 'untouched' },
  {
    dialect: 'openai-chat',
    body: { max_tokens: 900 },
    limits: { max_output: 200 },
    result: { max_completion_tokens: 200 },
  },
  { dialect: 'openai-chat', body: {}, limits: { max_output: 200 }, result: { max_completion_tokens: 200 } },
  {
    dialect: 'openai-responses',
    body: { reasoning: { effort: 'high', summary: 'detailed' }, max_output_tokens: 900 },
    limits: { thinking: 'low', max_output: 200 },
    result: { reasoning: { effort: 'low', summary: 'detailed' }, max_output_tokens: 200 },
  },
  { dialect: 'anthropic-messages', body: { max_tokens: 900 }, limits: { thinking: 'low' }, result: 'untouched' },
  {
    dialect: 'anthropic-messages',
    body: { max_tokens: 900 },
    limits: { max_output: 200 },
    result: { max_tokens: 200 },
  },
  {
    dialect: 'anthropic-messages',
    body: { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 20_000 } },
    limits: { thinking: 'low' },
    result: { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 4096 } },
  },
  {
    dialect: 'anthropic-messages',
    body: { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 20_000 } },
    limits: { max_output: 8000 },
    result: { max_tokens: 8000, thinking: { type: 'enabled', budget_tokens: 4000 } },
  },
  {
    dialect: 'anthropic-messages',
    body: { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 20_000 } },
    limits: { thinking: 'off' },
    result: { max_tokens: 32_000, thinking: { type: 'disabled' } },
  },
  {
    dialect: 'anthropic-messages',
    body: {
      max_tokens: 32_000,
      thinking: { type: 'adaptive' },
      output_config: { effort: 'max', format: { type: 'x' } },
    },
    limits: { thinking: 'medium' },
    result: {
      max_tokens: 32_000,
      thinking: { type: 'adaptive' },
      output_config: { effort: 'medium', format: { type: 'x' } },
    },
  },
  {
    dialect: 'gemini',
    body: { generationConfig: { temperature: 0.5, maxOutputTokens: 9000, thinkingConfig: { thinkingBudget: 20_000 } } },
    limits: { thinking: 'low', max_output: 2000 },
    result: {
      generationConfig: {
        temperature: 0.5,
        maxOutputTokens: 2000,
        thinkingConfig: { thinkingBudget: 4096, includeThoughts: true },
      },
    },
    id: 'gemini-2.5-flash',
  },
  {
    dialect: 'gemini',
    body: { generation_config: { top_k: 3, max_output_tokens: 9000 } },
    limits: { max_output: 2000 },
    result: { generationConfig: { top_k: 3, maxOutputTokens: 2000 } },
    id: 'gemini-2.5-flash',
  },
  {
    dialect: 'ollama-chat',
    body: { think: true, options: { num_ctx: 4096, num_predict: 900 } },
    limits: { thinking: 'off', max_output: 200 },
    result: { think: false, options: { num_ctx: 4096, num_predict: 200 } },
    id: 'qwen3:8b',
  },
  {
    dialect: 'ollama-chat',
    body: { think: 'high' },
    limits: { thinking: 'low' },
    result: { think: 'low' },
    id: 'gpt-oss:20b',
  },
]

describe('limits on a body of the provider’s own dialect', () => {
  for (const { dialect, body, limits, result, id } of cases) {
    test(`${dialect}: ${JSON.stringify(body)} under ${JSON.stringify(limits)}`, () => {
      const conversation = dialect === 'gemini' ? gemini : dialect === 'openai-responses' ? { input: 'hi' } : chat
      const changed = limited(dialect, { ...conversation, ...body }, limits, id)
      assert.deepEqual(changed, result === 'untouched' ? result : { ...conversation, ...result })
    })
  }
})

describe('limits on a canonical request', () => {
  const asked = { model: 'm', messages: [], tools: [], stream: false }

  test('are no change where the client asked for less', () => {
    const request = { ...asked, maxTokens: 100, thinking: { mode: 'on', effort: 'low' } as const }
    assert.equal(limitRequest(request, { max_output: 200, thinking: 'high' }, MODEL, 'openai-chat'), request)
  })

  test('ask nothing of a model that cannot reason, or may not', () => {
    for (const capabilities of [can('tools'), {}]) {
      const plain = model('p/x', { capabilities })
      assert.equal(limitRequest(asked, { thinking: 'low' }, plain, 'openai-chat'), asked)
    }
  })

  test('turn reasoning off where it may happen unasked', () => {
    const thinking = (known: Partial<Record<'thinking', boolean>>, dialect: ProviderDialectId): unknown =>
      limitRequest(asked, { thinking: 'off' }, model('p/x', { capabilities: known }), dialect).thinking
    assert.deepEqual(thinking({ thinking: true }, 'ollama-chat'), { mode: 'off' })
    assert.deepEqual(thinking({}, 'openai-chat'), { mode: 'off' })
    assert.equal(thinking({ thinking: false }, 'openai-chat'), undefined)
    assert.equal(thinking({ thinking: true }, 'anthropic-messages'), undefined)
  })
})
