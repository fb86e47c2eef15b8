// Clients put the chunks of a streamed answer into the conversation as they are.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Message } from '../../../src/chat/request.ts'
import { geminiClient } from '../../../src/dialects/gemini/index.ts'

function messages(...contents: unknown[]): Message[] {
  return geminiClient.decodeRequest({ contents }).messages
}

describe('decodeRequest: the parts of a stream, returned as they came', () => {
  it('puts the pieces of a text and of a thought together', () => {
    const parts = [
      { text: 'I nee', thought: true },
      { text: 'd it.', thought: true },
      { text: '', thought: true, thoughtSignature: 'cHJvb2Y=' },
      { text: 'Let me l' },
      { text: 'ook.' },
      { functionCall: { name: 'look', args: {} } },
      { text: 'And ' },
      { text: 'then.' },
    ]
    const [, assistant] = messages({ role: 'user', parts: [{ text: 'hi' }] }, { role: 'model', parts })
    assert.deepEqual(assistant?.content[0], { type: 'thinking', text: 'I need it.', signature: 'cHJvb2Y=' })
    assert.deepEqual(assistant?.content[1], { type: 'text', text: 'Let me look.' })
    assert.deepEqual(
      assistant?.content.map(({ type }) => type),
      ['thinking', 'text', 'tool_call', 'text'],
    )
  })

  it('leaves the signature of a text, and thoughts that are signed, apart', () => {
    const parts = [
      { text: 'one', thought: true, thoughtSignature: 'b25l' },
      { text: 'two', thought: true },
      { text: '', thoughtSignature: 'dGV4dA==' },
    ]
    const [, assistant] = messages({ role: 'user', parts: [{ text: 'hi' }] }, { role: 'model', parts })
    assert.deepEqual(assistant?.content, [
      { type: 'thinking', text: 'one', signature: 'b25l' },
      { type: 'thinking', text: 'two' },
      { type: 'thinking', text: '', signature: 'dGV4dA==' },
    ])
  })

  it('takes contents of the model in a row for one turn', () => {
    const [, assistant, ...rest] = messages(
      { role: 'user', parts: [{ text: 'hi' }] },
      { role: 'model', parts: [{ text: 'Let me l' }] },
      { role: 'model', parts: [{ text: 'ook.' }, { functionCall: { name: 'look', args: {} } }] },
      { role: 'model', parts: [{ functionCall: { name: 'clock', args: {} } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: { output: 'a' } } }] },
    )
    assert.deepEqual(
      assistant?.content.map((part) => (part.type === 'text' ? part.text : part.type === 'tool_call' ? part.name : '')),
      ['Let me look.', 'look', 'clock'],
    )
    assert.deepEqual(
      rest.map(({ role }) => role),
      ['tool'],
    )
  })
})
