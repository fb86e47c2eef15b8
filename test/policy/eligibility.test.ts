import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Model } from '../../src/catalog/types.ts'
import { decide } from '../../src/policy/decide.ts'
import type { DropReason, Facts } from '../../src/policy/types.ts'
import type { Requirements, Rule } from '../../src/profile/types.ts'
import { can, facts, model, policy, profile, rule, world } from './helpers.ts'

interface Case {
  name: string
  /** A context of undefined is unknown. */
  model?: Partial<Omit<Model, 'provider' | 'id' | 'context'>> & { context?: number | undefined }
  facts?: Partial<Facts>
  require?: Requirements
  allow?: string[]
  deny?: string[]
  rule?: Partial<Rule>
  /** Absent: kept. */
  reason?: DropReason
  detail?: RegExp
}

const cases: Case[] = [
  { name: 'nothing asked, nothing dropped' },
  { name: 'in the allow list', allow: ['b/*', 'a/*'] },
  { name: 'outside the allow list', allow: ['b/*'], reason: 'not_allowed' },
  { name: 'in the deny list', deny: ['*/x'], reason: 'denied' },
  { name: 'deny beats allow', allow: ['a/*'], deny: ['a/*'], reason: 'denied' },
  { name: 'chosen by the rule', rule: { only: ['a/x'] } },
  { name: 'not chosen by the rule', rule: { only: ['a/y'] }, reason: 'not_chosen' },
  { name: 'local as the policy requires', model: { local: true }, require: { local: true } },
  { name: 'not local', require: { local: true }, reason: 'not_local' },
  { name: 'not local, says the rule', rule: { require: { local: true } }, reason: 'not_local' },
  { name: 'local: false requires nothing', require: { local: false } },
  {
    name: 'required capability missing',
    model: { capabilities: can() },
    require: { capabilities: ['thinking'] },
    reason: 'no_thinking',
  },
  {
    name: 'required capability unknown',
    model: { capabilities: {} },
    require: { capabilities: ['thinking'] },
    reason: 'no_thinking',
    detail: /unknown: declare/,
  },
  { name: 'window as large as required', require: { min_context: 100_000 } },
  {
    name: 'window smaller than required',
    require: { min_context: 100_001 },
    reason: 'context_too_small',
    detail: /100000 tokens, at least 100001/,
  },
  {
    name: 'window unknown but required',
    model: { context: undefined },
    require: { min_context: 1 },
    reason: 'context_unknown',
  },
  {
    name: 'price within bounds',
    model: { price: { input: 1, output: 5 } },
    require: { max_price: { input: 1, output: 5 } },
  },
  {
    name: 'price too high',
    model: { price: { input: 1, output: 5 } },
    require: { max_price: { output: 4 } },
    reason: 'price_too_high',
    detail: /output costs 5 .* at most 4/,
  },
  { name: 'price unknown', require: { max_price: { input: 100 } }, reason: 'price_unknown' },
  { name: 'no price bound, price unknown', require: { max_price: {} } },
  {
    name: 'tools offered, none possible',
    model: { capabilities: can('vision') },
    facts: { tools: 2 },
    reason: 'no_tools',
    detail: /offers 2 tools; the model has no tools/,
  },
  {
    name: 'tools offered, ability unknown',
    model: { capabilities: {} },
    facts: { tools: 2 },
    reason: 'no_tools',
    detail: /unknown: declare capabilities or run discover/,
  },
  { name: 'no tools offered, ability unknown', model: { capabilities: {} } },
  { name: 'image, blind model', model: { capabilities: can('tools') }, facts: { vision: true }, reason: 'no_vision' },
  {
    name: 'document, model without',
    model: { capabilities: can('tools') },
    facts: { documents: true },
    reason: 'no_documents',
  },
  { name: 'JSON object', model: { capabilities: can('tools') }, facts: { json: 'object' }, reason: 'no_json' },
  { name: 'JSON schema', model: { capabilities: can('tools') }, facts: { json: 'schema' }, reason: 'no_json' },
  { name: 'thinking is a wish', model: { capabilities: can() }, facts: { thinking: 'on' } },
  { name: 'fits with the reserve', facts: { inputTokens: 99_744 } },
  {
    name: 'one token too many',
    facts: { inputTokens: 99_745 },
    reason: 'context_too_small',
    detail: /context of 100000 tokens, 100001 needed: about 99745 of input and 256 for the answer/,
  },
  {
    name: 'output limit counts',
    model: { output: 50_000 },
    facts: { inputTokens: 60_000, maxOutputTokens: 40_001 },
    reason: 'context_too_small',
  },
  {
    name: 'only up to what the model can write',
    model: { output: 1000 },
    facts: { inputTokens: 90_000, maxOutputTokens: 64_000 },
  },
  { name: 'and up to a quarter where that is unknown', facts: { inputTokens: 75_000, maxOutputTokens: 64_000 } },
  {
    name: 'window unknown',
    model: { context: undefined },
    facts: { inputTokens: 900_000 },
    detail: /^context unknown$/,
  },
]

/** Sets a fact of a model, or removes it. */
function built(given: Case['model'] = {}): Model {
  const { context, ...rest } = given
  const one = model('a/x', rest)
  if ('context' in given && context === undefined) delete one.context
  else if (context !== undefined) one.context = context
  return one
}

describe('eligibility under a policy', () => {
  for (const one of cases) {
    it(one.name, () => {
      const ruled = one.rule === undefined ? [] : [rule(one.rule)]
      const strict = policy({ require: one.require ?? {}, allow: one.allow ?? [], deny: one.deny ?? [], rules: ruled })
      const decision = decide(profile({ policies: [strict] }), facts(one.facts), world([built(one.model)]))
      const [candidate] = decision.candidates
      assert.equal(candidate?.reason, one.reason)
      assert.equal(candidate?.kept, one.reason === undefined)
      assert.equal(decision.error?.code, one.reason === undefined ? undefined : 'no_candidate')
      if (one.detail !== undefined) assert.match(candidate?.detail ?? '', one.detail)
    })
  }

  it('names the first check that fails', () => {
    const bad = model('a/x', { capabilities: can(), context: 10 })
    const steps: [Parameters<typeof policy>[0], DropReason][] = [
      [{ allow: ['b/*'], deny: ['a/*'] }, 'not_allowed'],
      [{ deny: ['a/*'], rules: [rule({ only: ['b/*'] })] }, 'denied'],
      [{ require: { local: true }, rules: [rule({ only: ['b/*'] })] }, 'not_chosen'],
      [{ require: { local: true, capabilities: ['vision'] } }, 'not_local'],
      [{ require: { capabilities: ['vision'], min_context: 50 } }, 'no_vision'],
      [{ require: { min_context: 50, max_price: { input: 1 } } }, 'context_too_small'],
      [{ require: { max_price: { input: 1 } } }, 'price_unknown'],
      [{}, 'no_tools'],
    ]
    const wants = facts({ tools: 1, vision: true, documents: true, json: 'object' })
    for (const [given, reason] of steps) {
      const decision = decide(profile({ policies: [policy(given)] }), wants, world([bad]))
      assert.equal(decision.candidates[0]?.reason, reason)
    }
  })
})
