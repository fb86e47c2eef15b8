import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GridAnswer } from '../helpers/grid-types.ts'
import { compareAnswers, compareRequests } from './compare.ts'
import { readConversation } from './conversation.ts'

const ANSWER: GridAnswer = { text: 'a', thinking: 't', calls: [], stop: 'stop', usage: undefined, echo: undefined }
const CALL = { id: 'x', name: 'look', arguments: { n: 1 } }

for (const [name, replayed] of Object.entries({
  'another text': { ...ANSWER, text: 'b' },
  'lost thinking': { ...ANSWER, thinking: '' },
  'a call more': { ...ANSWER, calls: [CALL] },
})) {
  test(`an answer with ${name} is another one`, () => {
    assert.equal(compareAnswers(ANSWER, replayed).length, 1)
  })
}

test('ids of calls are the router’s own', () => {
  assert.deepEqual(compareAnswers({ ...ANSWER, calls: [CALL] }, { ...ANSWER, calls: [{ ...CALL, id: 'y' }] }), [])
})

const SENT = {
  messages: [
    { role: 'user', content: 'Look,\n\nplease.' },
    { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'ns__look', arguments: '{"n":1}' } }] },
    { role: 'tool', tool_call_id: 'c', content: 'seen' },
  ],
}

test('the same conversation in two dialects is the same', () => {
  const received = {
    contents: [
      { role: 'user', parts: [{ text: 'Look, please.' }] },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: { n: 1 } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: { output: 'seen' } } }] },
    ],
  }
  assert.deepEqual(compareRequests(readConversation('chat', SENT), readConversation('gemini', received), received), [])
})

test('lost texts, results and images are told', () => {
  const received = { messages: [SENT.messages[1]] }
  const sent = readConversation('chat', {
    messages: [
      ...SENT.messages,
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
    ],
  })
  const found = compareRequests(sent, readConversation('chat', received), received)
  assert.equal(found.length, 3)
  assert.match(found.join('\n'), /history has.*0 images, client sent 1.*user text is lost/s)
})
