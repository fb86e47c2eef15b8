import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decide } from '../../src/policy/decide.ts'
import { chainOf, facts, policy, profile, world } from './helpers.ts'

const PROFILE = profile({
  providers: ['ollama', 'openai', 'openrouter', 'open'],
  policies: [policy(), policy({ name: 'local' }), policy({ name: 'gpt-policy' })],
  aliases: [
    { match: 'claude-*', to: 'fast' },
    { match: 'fast', to: 'sage/local' },
    { match: 'loop-a', to: 'loop-b' },
    { match: 'loop-b', to: 'loop-a' },
    { match: 'self*', to: 'self-again' },
    { match: 'three', to: 'two-hops' },
    { match: 'two-hops', to: 'claude-x' },
    { match: 'big', to: 'openai/gpt-5' },
    { match: 'stale', to: 'openai/gone' },
  ],
})
const WORLD = world([
  'ollama/qwen3:8b',
  'ollama/Llama',
  'openai/gpt-5',
  'openai/o4-mini',
  'openrouter/openai/gpt-5',
  'openrouter/openai/only-here',
  'openrouter/gpt-5',
])

const cases: { name: string; policy?: string; pin?: string[]; error?: string; near?: string[] }[] = [
  { name: '', policy: 'auto' },
  { name: 'auto', policy: 'auto' },
  { name: 'sage/auto', policy: 'auto' },
  { name: 'sage/local', policy: 'local' },
  { name: 'local', policy: 'local' },
  { name: 'SAGE/Local', policy: 'local' },
  { name: 'claude-opus-9', policy: 'local' },
  { name: 'big', pin: ['openai/gpt-5'] },
  { name: 'ollama/qwen3:8b', pin: ['ollama/qwen3:8b'] },
  { name: 'sage/ollama/qwen3:8b', pin: ['ollama/qwen3:8b'] },
  { name: 'qwen3:8b', pin: ['ollama/qwen3:8b'] },
  { name: 'llama', pin: ['ollama/Llama'] },
  { name: 'gpt-5', pin: ['openai/gpt-5', 'openrouter/gpt-5'] },
  { name: 'openai/gpt-5', pin: ['openai/gpt-5'] },
  { name: 'openrouter/openai/gpt-5', pin: ['openrouter/openai/gpt-5'] },
  { name: 'openai/only-here', pin: ['openrouter/openai/only-here'] },
  { name: 'open/whatever/it:is', pin: ['open/whatever/it:is'] },
  { name: 'sage/open/x', pin: ['open/x'] },
  { name: 'open/', error: 'unknown_model' },
  { name: 'loop-a', error: 'unknown_model' },
  { name: 'self', error: 'unknown_model' },
  { name: 'three', error: 'unknown_model' },
  { name: 'stale', error: 'unknown_model' },
  {
    name: 'ollama/gpt-5',
    error: 'unknown_model',
    near: ['openai/gpt-5', 'openrouter/gpt-5', 'openrouter/openai/gpt-5'],
  },
  { name: 'sage/locl', error: 'unknown_model', near: ['sage/local'] },
  { name: 'sage/zzzzzzzzz', error: 'unknown_model', near: [] },
  { name: 'o4-mni', error: 'unknown_model', near: ['openai/o4-mini'] },
  { name: 'constructor', error: 'unknown_model' },
  { name: '__proto__', error: 'unknown_model' },
  { name: 'x'.repeat(100_000), error: 'unknown_model', near: [] },
]

describe('resolve-name', () => {
  for (const { name, policy: wanted, pin, error, near } of cases) {
    it(`${name.slice(0, 40) || '(none)'} is ${wanted ?? pin?.join(' or ') ?? error}`, () => {
      const decision = decide(PROFILE, facts({ model: name }), WORLD)
      assert.equal(decision.error?.code, error)
      if (wanted !== undefined) assert.deepEqual([decision.policy, decision.pin], [wanted, undefined])
      if (pin !== undefined) assert.deepEqual([chainOf(decision), decision.rule, decision.pin], [pin, 'pin', name])
      if (near !== undefined) assert.deepEqual(decision.error?.near.slice(0, near.length || 1), near)
      assert.ok((decision.error?.near.length ?? 0) <= 5)
      assert.ok((decision.error?.message.length ?? 0) < 600)
    })
  }

  it('says which aliases it followed', () => {
    const { notes } = decide(PROFILE, facts({ model: 'claude-opus-9' }), WORLD)
    assert.deepEqual(notes, ['alias claude-*: claude-opus-9 means fast', 'alias fast: fast means sage/local'])
  })

  it('does not follow an alias that leads to itself', () => {
    assert.equal(decide(PROFILE, facts({ model: 'self' }), WORLD).notes.length, 1)
    assert.equal(decide(PROFILE, facts({ model: 'loop-a' }), WORLD).notes.length, 2)
  })

  it('never takes a misspelt policy through an alias', () => {
    const catchAll = { ...PROFILE, aliases: [{ match: '*', to: 'sage/auto' }] }
    assert.equal(decide(catchAll, facts({ model: 'sage/locla' }), WORLD).error?.code, 'unknown_model')
    assert.equal(decide(catchAll, facts({ model: 'locla' }), WORLD).policy, 'auto')
  })

  it('stops at an alias that names a target, whatever other aliases match it', () => {
    const aliases = [
      { match: 'gpt-4', to: 'ollama/qwen3:8b' },
      { match: '*', to: 'sage/auto' },
    ]
    assert.deepEqual(chainOf(decide({ ...PROFILE, aliases }, facts({ model: 'gpt-4' }), WORLD)), ['ollama/qwen3:8b'])
  })

  it('lets another case pass only when it is unambiguous', () => {
    const twins = world(['a/Model', 'b/MODEL'])
    assert.equal(decide(PROFILE, facts({ model: 'model' }), twins).error?.code, 'unknown_model')
    assert.deepEqual(chainOf(decide(PROFILE, facts({ model: 'A/model' }), twins)), ['a/Model'])
  })

  it('takes the first policy for auto when none is called so, and says so', () => {
    const decision = decide(profile({ policies: [policy({ name: 'mine' })] }), facts(), WORLD)
    assert.equal(decision.policy, 'mine')
    assert.match(decision.notes.join(), /no policy is called auto/)
    assert.equal(decide(profile({ policies: [] }), facts(), WORLD).error?.code, 'unknown_model')
  })

  it('names the provider that does not list the model', () => {
    const { error } = decide(PROFILE, facts({ model: 'ollama/qwen3:8x' }), WORLD)
    assert.match(
      error?.message ?? '',
      /^provider ollama does not list the model qwen3:8x; did you mean ollama\/qwen3:8b/,
    )
  })
})
