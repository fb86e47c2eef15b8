import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../../src/chat/request.ts'
import { openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import { request } from './body.ts'

function call(id: string): Message {
  return { role: 'assistant', content: [{ type: 'tool_call', id, name: 'shell', arguments: '{}' }] }
}

function result(callId: string): Message {
  return { role: 'tool', callId, content: [{ type: 'text', text: 'done' }] }
}

function roles(messages: Message[]): unknown[] {
  const target = { model: 'm', quirks: {}, inputTokens: 0 }
  const { body } = openaiChatProvider.encodeRequest(request({ messages }), target)
  return (body['messages'] as { role: string; tool_calls?: unknown[] }[]).map(({ role, tool_calls: calls }) =>
    calls === undefined ? role : `${role} with ${calls.length}`,
  )
}

test('parallel calls written one message each become one message, and the results follow it', () => {
  const talk = [call('a'), call('b'), result('a'), result('b')]
  assert.deepEqual(roles(talk), ['assistant with 2', 'tool', 'tool'])
})

test('calls one after another stay apart', () => {
  const talk = [call('a'), result('a'), call('b'), result('b')]
  assert.deepEqual(roles(talk), ['assistant with 1', 'tool', 'assistant with 1', 'tool'])
})
