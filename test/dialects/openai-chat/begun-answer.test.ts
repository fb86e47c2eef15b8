import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../../src/chat/request.ts'
import { openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import { request, target, user } from './body.ts'

test('a begun answer is marked as the provider wants it, and in no other request', () => {
  const begun = [user('go'), { role: 'assistant', content: 'One' }]
  const messages: Message[] = [
    { role: 'user', content: [{ type: 'text', text: 'go' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'One' }] },
  ]
  for (const [prefill, isBegun, last, more] of [
    ['prefix', true, { prefix: true }, {}],
    ['prefix', false, {}, {}],
    ['continue_final_message', true, {}, { continue_final_message: true, add_generation_prompt: false }],
    ['continue_final_message', false, {}, {}],
    [undefined, true, {}, {}],
  ] as const) {
    const quirks: Quirks = prefill === undefined ? {} : { prefill }
    const { body } = openaiChatProvider.encodeRequest(request({ messages, isBegun }), target({ quirks }))
    assert.deepEqual(body['messages'], [begun[0], { ...begun[1], ...last }])
    const { continue_final_message, add_generation_prompt } = body
    assert.deepEqual(JSON.parse(JSON.stringify({ continue_final_message, add_generation_prompt })), more)
  }
})
