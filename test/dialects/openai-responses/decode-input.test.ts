import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Message } from '../../../src/chat/request.ts'
import { openaiResponsesClient } from '../../../src/dialects/openai-responses/index.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import { call, decode, image, PNG, result, said, user, type Json } from './support.ts'

function messagesOf(...items: Json[]): Message[] {
  return decode(items).messages
}

function text(value: string): { type: 'text'; text: string } {
  return { type: 'text', text: value }
}

describe('input', () => {
  it('is one user message when it is a string', () => {
    assert.deepEqual(decode('hello').messages, [{ role: 'user', content: [text('hello')] }])
  })

  it('may be empty or missing: LM Studio warms models up so', () => {
    const request = openaiResponsesClient.decodeRequest({ model: 'm', input: '', max_output_tokens: 1 })
    assert.deepEqual(request, {
      model: 'm',
      messages: [{ role: 'user', content: [] }],
      tools: [],
      stream: false,
      maxTokens: 1,
    })
    assert.deepEqual(openaiResponsesClient.decodeRequest({}).messages, [{ role: 'user', content: [] }])
    assert.deepEqual(decode([]).messages, [])
  })

  it('follows the instructions', () => {
    assert.deepEqual(decode('hi', { instructions: 'Be brief.' }).messages, [
      { role: 'system', content: [text('Be brief.')] },
      { role: 'user', content: [text('hi')] },
    ])
  })

  it('takes messages without a type, with plain text, and system messages anywhere', () => {
    assert.deepEqual(
      messagesOf(
        { role: 'system', content: 'a' },
        { role: 'user', content: 'b' },
        { role: 'assistant', content: 'c' },
        { role: 'developer', content: [{ type: 'input_text', text: 'd' }] },
      ),
      [
        { role: 'system', content: [text('a')] },
        { role: 'user', content: [text('b')] },
        { role: 'assistant', content: [text('c')] },
        { role: 'system', content: [text('d')] },
      ],
    )
  })

  it('makes one assistant message of the items of a turn, and a new one after results', () => {
    const messages = messagesOf(
      user('go'),
      { type: 'reasoning', summary: [], encrypted_content: 'one' },
      call('a', 'f', '{}'),
      result('a', 'x'),
      { type: 'reasoning', summary: [], encrypted_content: 'two' },
      said('now g'),
      call('b', 'g', '{}'),
    )
    assert.deepEqual(
      messages.map(({ role, content }) => [role, content.map(({ type }) => type)]),
      [
        ['user', ['text']],
        ['assistant', ['thinking', 'tool_call']],
        ['tool', ['text']],
        ['assistant', ['thinking', 'text', 'tool_call']],
      ],
    )
  })

  it('puts parallel results in the order of their calls', () => {
    const messages = messagesOf(
      call('a', 'f', '{}'),
      call('b', 'g', '{}'),
      result('stray', 's'),
      result('b', '2'),
      result('a', '1'),
    )
    assert.deepEqual(
      messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : [])),
      ['a', 'b', 'stray'],
    )
  })

  it('pairs calls and results without ids', () => {
    const messages = messagesOf(
      { type: 'function_call', name: 'f', arguments: '' },
      { type: 'function_call_output', output: 'x' },
    )
    assert.deepEqual(messages, [
      { role: 'assistant', content: [{ type: 'tool_call', id: 'call_0', name: 'f', arguments: '{}' }] },
      { role: 'tool', callId: 'call_0', content: [text('x')] },
    ])
  })

  it('reads media by data and by URL, and leaves out files of an account', () => {
    assert.deepEqual(
      messagesOf(
        user(
          image(),
          { type: 'input_image', image_url: 'https://x.test/a.png', detail: 'low' },
          { type: 'input_image', file_id: 'file-1' },
          { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' },
          { type: 'input_file', file_url: 'https://x.test/b.pdf' },
          { type: 'input_file', file_id: 'file-2' },
          { type: 'input_audio', input_audio: { data: 'aGk=', format: 'mp3' } },
        ),
      ),
      [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: PNG } },
            { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' }, detail: 'low' },
            {
              type: 'document',
              source: { type: 'base64', mediaType: 'application/pdf', data: 'aGk=' },
              name: 'a.pdf',
            },
            { type: 'document', source: { type: 'url', url: 'https://x.test/b.pdf' } },
          ],
        },
      ],
    )
  })

  it('reads refusals as text and outputs of every shape', () => {
    assert.deepEqual(
      messagesOf(
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
        call('a', 'f', '{}'),
        result('a', { content: 'x', success: false }),
        result('a', null),
      ).map(({ content }) => content),
      [
        [text('No.'), { type: 'tool_call', id: 'a', name: 'f', arguments: '{}' }],
        [text('{"content":"x","success":false}')],
        [],
      ],
    )
  })

  it('drops what it does not know', () => {
    assert.deepEqual(
      messagesOf(
        user('hi'),
        { type: 'web_search_call', id: 'ws_1', status: 'completed' },
        { type: 'compaction', encrypted_content: 'x' },
        { type: 'computer_call_output', call_id: 'c', output: { type: 'computer_screenshot', image_url: 'x' } },
        { type: 'from_next_year', role: 'user', content: 'x' },
        { type: 'message', role: 'critic', content: 'x' },
        { type: 'reasoning', summary: [] },
        { type: 'item_reference', id: 'rs_1' },
      ),
      [{ role: 'user', content: [text('hi')] }],
    )
  })

  it('reads reasoning by its summary, its own words, or a signature that it was given before', () => {
    const parts = messagesOf(
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'short' }], content: null },
      { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'long' }] },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'why' }], encrypted_content: 'signature:c2ln' },
    )[0]?.content
    assert.deepEqual(parts, [
      { type: 'thinking', text: 'short' },
      { type: 'thinking', text: 'long' },
      { type: 'thinking', text: 'why', signature: 'c2ln' },
    ])
  })

  const wrong: [string, unknown, string][] = [
    ['a number', 5, 'input'],
    ['an object', { role: 'user' }, 'input'],
    ['a list of strings', ['hi'], 'input.0'],
    ['a stored message', [user('a'), { type: 'item_reference', id: 'msg_1' }], 'input.1'],
  ]
  for (const [title, input, param] of wrong) {
    it(`must not be ${title}`, () => {
      assert.throws(
        () => decode(input),
        (error) => error instanceof BadRequest && error.param === param,
      )
    })
  }
})
