import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { renameCall, renameCalls } from '../../../src/chat/rename-calls.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { PROVIDER_DIALECTS } from '../../../src/dialects/index.ts'
import {
  ANTHROPIC_NAMES,
  GEMINI_NAMES,
  OPENAI_NAMES,
  renameTools,
  type NameRule,
} from '../../../src/dialects/shared/tool-names.ts'
import type { ProviderDialectId } from '../../../src/dialects/types.ts'

const RULES: readonly (readonly [name: string, rule: NameRule, pattern: RegExp])[] = [
  ['OpenAI', OPENAI_NAMES, /^[a-zA-Z0-9_-]{1,64}$/],
  ['Anthropic', ANTHROPIC_NAMES, /^[a-zA-Z0-9_-]{1,128}$/],
  ['Gemini', GEMINI_NAMES, /^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/],
]

function requestOf(tools: readonly string[], calls: readonly string[] = []): ChatRequest {
  return {
    model: 'm',
    stream: false,
    tools: tools.map((name) => ({ type: 'function', name })),
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'go' }] },
      ...calls.flatMap((name, at): ChatRequest['messages'] => [
        { role: 'assistant', content: [{ type: 'tool_call', id: `c${at}`, name, arguments: '{}' }] },
        { role: 'tool', callId: `c${at}`, name, content: [{ type: 'text', text: 'ok' }] },
      ]),
    ],
  }
}

function namesIn({ tools, messages }: ChatRequest): { tools: string[]; calls: string[]; results: string[] } {
  const calls = messages.flatMap((message) =>
    message.role === 'assistant'
      ? message.content.flatMap((part) => (part.type === 'tool_call' ? [part.name] : []))
      : [],
  )
  const results = messages.flatMap((message) => (message.role === 'tool' ? [message.name ?? ''] : []))
  return { tools: tools.map(({ name }) => name), calls, results }
}

const LONG = 'mcp__files__'.repeat(12)

describe('renameTools', () => {
  it('gives back the very request whose names are fine', () => {
    const request = requestOf(['read', 'a-b_C9'], ['read'])
    assert.deepEqual(renameTools(request, OPENAI_NAMES), { request })
    assert.equal(renameTools(request, OPENAI_NAMES).request, request)
  })

  for (const [vendor, rule, pattern] of RULES) {
    it(`makes names that ${vendor} takes, apart from each other, and knows the way back`, () => {
      const name = fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom('a.b', 'a b', 'a_b', 'ü', '1st', LONG, `${LONG}x`, `${LONG}y`),
      )
      fc.assert(
        fc.property(fc.uniqueArray(name, { maxLength: 6 }), fc.array(name, { maxLength: 4 }), (tools, calls) => {
          const given = requestOf(tools, calls)
          const { request, renamed = new Map<string, string>() } = renameTools(given, rule)
          const [before, after] = [namesIn(given), namesIn(request)]
          for (const wire of [...after.tools, ...after.calls]) assert.match(wire, pattern)
          assert.equal(new Set(after.tools).size, tools.length)
          const back = (wire: string): string => renamed.get(wire) ?? wire
          assert.deepEqual(after.tools.map(back), before.tools)
          assert.deepEqual(after.calls.map(back), before.calls)
          assert.deepEqual(after.results, after.calls)
        }),
      )
    })
  }

  it('gives the same name in every request of a conversation', () => {
    const first = renameTools(requestOf([LONG, 'a.b']), OPENAI_NAMES).request
    const later = renameTools(requestOf([LONG, 'a.b'], [LONG, 'a.b']), OPENAI_NAMES).request
    assert.deepEqual(namesIn(later).calls, namesIn(first).tools)
  })

  it('leaves a name that is fine to its owner', () => {
    const { request } = renameTools(requestOf(['a.b', 'a_b']), OPENAI_NAMES)
    const [renamed, kept] = namesIn(request).tools
    assert.equal(kept, 'a_b')
    assert.match(renamed ?? '', /^a_b_[0-9a-f]{8}$/)
  })

  it('renames the chosen function, too, and no native tool', () => {
    const native = { type: 'native', dialect: 'anthropic-messages', name: 'web.search', raw: {} } as const
    const base = requestOf(['a.b'])
    const tools = [...base.tools, native]
    const chosen = (name: string): unknown =>
      renameTools({ ...base, tools, toolChoice: { type: 'tool', name } }, OPENAI_NAMES).request.toolChoice
    assert.deepEqual(
      [chosen('a.b'), chosen('web.search')],
      [
        { type: 'tool', name: 'a_b' },
        { type: 'tool', name: 'web.search' },
      ],
    )
  })
})

describe('codecs', () => {
  const odd: readonly ProviderDialectId[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini']
  for (const id of odd) {
    it(`${id} writes names that it takes everywhere and tells what they were`, () => {
      const request: ChatRequest = {
        ...requestOf(['files/read', LONG], ['files/read']),
        toolChoice: { type: 'tool', name: 'files/read' },
      }
      const target = { model: 'm', quirks: {}, inputTokens: 10 }
      const { body, renamed, dropped } = PROVIDER_DIALECTS[id].encodeRequest(request, target)
      const text = JSON.stringify(body)
      assert.ok(!text.includes('files/read') && !text.includes(LONG))
      assert.deepEqual(
        [...(renamed ?? [])].map(([, name]) => name),
        ['files/read', LONG],
      )
      // The tool, the choice and the call; the result where the dialect names it.
      assert.ok(text.split('"files_read"').length - 1 >= 3, text)
      assert.deepEqual(dropped, [])
    })
  }

  it('ollama-chat takes every name', () => {
    const target = { model: 'm', quirks: {}, inputTokens: 10 }
    const { body, renamed } = PROVIDER_DIALECTS['ollama-chat'].encodeRequest(requestOf(['files/read']), target)
    assert.ok(JSON.stringify(body).includes('files/read'))
    assert.equal(renamed, undefined)
  })
})

describe('the way back', () => {
  const names = new Map([['a_b', 'a.b']])

  it('renames calls in a stream', () => {
    const start = { type: 'tool_call_start', index: 0, id: 'c', name: 'a_b' } as const
    assert.deepEqual(renameCall(start, names), { ...start, name: 'a.b' })
    for (const other of [{ ...start, name: 'other' }, { type: 'text', text: 'a_b' } as const]) {
      assert.equal(renameCall(other, names), other)
    }
  })

  it('renames calls in a whole answer', () => {
    const call = (name: string): { type: 'tool_call'; id: string; name: string; arguments: string } => ({
      type: 'tool_call',
      id: 'c',
      name,
      arguments: '{}',
    })
    const answer = { content: [call('a_b'), call('x')], finish: 'tool_calls', usage: {} } as const
    assert.deepEqual(renameCalls({ ...answer, content: [...answer.content] }, names).content, [call('a.b'), call('x')])
  })
})
