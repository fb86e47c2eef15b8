// Prompt-cache marks for clients that know of none.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, Tool } from '../../../src/chat/request.ts'
import { anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { anthropicMessagesViolations } from '../../helpers/wire-rules/anthropic-messages.ts'

const LARGE = 'You are a coding agent. '.repeat(200)
const TOOL: Tool = { type: 'function', name: 'look', schema: { type: 'object', properties: {} } }

function system(text: string): Message {
  return { role: 'system', content: [{ type: 'text', text }] }
}
function user(...texts: string[]): Message {
  return { role: 'user', content: texts.map((text) => ({ type: 'text', text })) }
}
function step(id: string): Message[] {
  return [
    { role: 'assistant', content: [{ type: 'tool_call', id, name: 'look', arguments: '{}' }] },
    { role: 'tool', callId: id, content: [{ type: 'text', text: 'seen' }] },
  ]
}

function encode(request: Partial<ChatRequest>, quirks: EncodeTarget['quirks'] = {}): Record<string, unknown> {
  const whole: ChatRequest = { model: 'm', stream: false, tools: [], messages: [], ...request }
  const target = { model: 'claude-sonnet-4-5', quirks, inputTokens: 0 }
  const { body } = anthropicProvider.encodeRequest(whole, target)
  assert.deepEqual(anthropicMessagesViolations(body, { 'anthropic-version': '2023-06-01' }), [])
  return body
}

/** Places of the marks, e.g. `messages.0.content.1`. */
function marks(value: unknown, path: string = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== 'cache_control') return marks(inner, path === '' ? key : `${path}.${key}`)
    assert.deepEqual(inner, { type: 'ephemeral' })
    return [path]
  })
}

describe('prompt-cache marks', () => {
  const table: [name: string, request: Partial<ChatRequest>, expected: string[]][] = [
    [
      'an agent that begins',
      { tools: [TOOL, { ...TOOL, name: 'go' }], messages: [system(LARGE), user('a', 'b')] },
      ['system.0', 'messages.0.content.1', 'tools.1'],
    ],
    [
      'an agent in its loop',
      { tools: [TOOL], messages: [system(LARGE), user('a'), ...step('x'), ...step('y')] },
      ['system.0', 'messages.0.content.0', 'messages.4.content.0', 'tools.0'],
    ],
    [
      'a conversation without tools',
      {
        messages: [system(LARGE), user('a'), { role: 'assistant', content: [{ type: 'text', text: 'b' }] }, user('c')],
      },
      ['system.0', 'messages.2.content.0'],
    ],
    [
      'large tools and no system prompt',
      { tools: [{ ...TOOL, description: LARGE }], messages: [user('a')] },
      ['messages.0.content.0', 'tools.0'],
    ],
    [
      'words of the person behind results',
      { tools: [TOOL], messages: [system(LARGE), user('a'), ...step('x'), user('b'), ...step('y')] },
      ['system.0', 'messages.2.content.1', 'messages.4.content.0', 'tools.0'],
    ],
    ['a prefix too short for any cache', { tools: [TOOL], messages: [system('Be brief.'), user('a')] }, []],
    ['a single question', { messages: [system(LARGE), user('a')] }, []],
  ]
  for (const [name, request, expected] of table) {
    it(name, () => assert.deepEqual(marks(encode(request)).toSorted(), expected.toSorted()))
  }

  it('are at most four', () => {
    for (let steps = 0; steps < 5; steps++) {
      const loops = Array.from({ length: steps }, (_, at) => step(`c${at}`)).flat()
      const body = encode({ tools: [TOOL], messages: [system(LARGE), user('a'), ...loops, user('b'), ...step('z')] })
      assert.ok(marks(body).length <= 4)
    }
  })

  it('are left out where the provider refuses them', () => {
    const request = { tools: [TOOL], messages: [system(LARGE), user('a')] }
    assert.deepEqual(marks(encode(request, { drop_parameters: ['cache_control'] })), [])
  })

  it('leave the tools of the request itself alone', () => {
    const raw = { type: 'web_search_20250305', name: 'web_search' }
    const tools: Tool[] = [{ type: 'native', dialect: 'anthropic-messages', name: 'web_search', raw }]
    encode({ tools, messages: [system(LARGE), user('a')] })
    assert.deepEqual(raw, { type: 'web_search_20250305', name: 'web_search' })
  })
})
