import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Message, ThinkingPart, UserMessage } from '../../../src/chat/request.ts'
import { call, calls, encode, HI, result, text, TOOL } from './support.ts'

type Json = Record<string, unknown>
interface Turn {
  role: string
  parts: Json[]
}

const DUMMY = 'skip_thought_signature_validator'

function contents(messages: Message[], model = 'gemini-3-flash'): Turn[] {
  return encode({ messages }, { model }).body['contents'] as Turn[]
}

function response(id: string, output: Json): Json {
  return { functionResponse: { id, name: 'f', response: output } }
}

function functionCall(id: string, thoughtSignature?: string): Json {
  return {
    functionCall: { id, name: 'f', args: {} },
    ...(thoughtSignature !== undefined && { thoughtSignature }),
  }
}

describe('encodeContents: turns', () => {
  it('brings all results of a turn together, in the order of the calls', () => {
    assert.deepEqual(contents([HI, calls('a', 'b'), result('b', 'B'), result('a', 'A'), text('user', 'go on')]), [
      { role: 'user', parts: [{ text: 'hi' }] },
      { role: 'model', parts: [functionCall('a', DUMMY), functionCall('b')] },
      { role: 'user', parts: [response('a', { output: 'A' }), response('b', { output: 'B' }), { text: 'go on' }] },
    ])
  })

  it('says that a result is missing, and drops one without a call', () => {
    const { body, dropped } = encode({ messages: [HI, calls('a', 'b'), result('a'), result('x'), result('a')] })
    assert.deepEqual((body['contents'] as Turn[])[2], {
      role: 'user',
      parts: [response('a', { output: 'done' }), response('b', { error: 'No result was recorded for this call.' })],
    })
    assert.deepEqual(dropped, ['tool_result:x', 'tool_result:a'])
  })

  it('answers calls that nobody answered at the end', () => {
    assert.equal(contents([HI, calls('a')]).length, 3)
  })

  it('joins neighbours of the same role, and opens with the user', () => {
    assert.deepEqual(contents([text('assistant', 'a'), text('assistant', 'b'), text('user', 'c'), text('user', 'd')]), [
      { role: 'user', parts: [{ text: 'Continue.' }] },
      { role: 'model', parts: [{ text: 'a' }, { text: 'b' }] },
      { role: 'user', parts: [{ text: 'c' }, { text: 'd' }] },
    ])
  })

  it('tells failures apart', () => {
    const failed: Message = { role: 'tool', callId: 'a', content: [{ type: 'text', text: 'no' }], isError: true }
    assert.deepEqual(contents([HI, calls('a'), failed])[2]?.parts, [response('a', { error: 'no' })])
  })

  it('makes an object of any arguments', () => {
    const part = (args: string): Message => ({
      role: 'assistant',
      content: [{ type: 'tool_call', id: '', name: 'f', arguments: args }],
    })
    const args = (text: string): unknown => {
      const call = contents([HI, part(text)])[1]?.parts[0]?.['functionCall'] as Json
      assert.equal('id' in call, false)
      return call['args']
    }
    assert.deepEqual(args(''), {})
    assert.deepEqual(args('{"a":[1]}'), { a: [1] })
    assert.deepEqual(args('[1]'), { _raw: '[1]' })
    assert.deepEqual(args('{"bro'), { _raw: '{"bro' })
  })

  it('leaves out empty texts and turns', () => {
    assert.deepEqual(contents([HI, text('assistant', ''), text('user', ''), text('system', ''), HI]), [
      { role: 'user', parts: [{ text: 'hi' }, { text: 'hi' }] },
    ])
  })
})

describe('encodeContents: thought signatures', () => {
  const first = (turn: Turn | undefined): unknown =>
    turn?.parts.find((part) => part['functionCall'] !== undefined)?.['thoughtSignature']

  it('gives back the signatures of calls byte for byte', () => {
    const messages: Message[] = [HI, { role: 'assistant', content: [call('a', 'S=/+'), call('b')] }]
    assert.deepEqual(contents(messages)[1]?.parts, [functionCall('a', 'S=/+'), functionCall('b')])
  })

  it('puts the stand-in on the first call of each step of the current turn only', () => {
    const turns = contents([
      HI,
      calls('old'),
      result('old'),
      text('user', 'next'),
      calls('a', 'b'),
      result('a'),
      result('b'),
      { role: 'assistant', content: [{ type: 'text', text: 'then' }, call('c', 'mine'), call('d')] },
      result('c'),
      result('d'),
      calls('e'),
    ])
    assert.deepEqual(
      turns.filter((turn) => turn.role === 'model').map(first),
      // The words beside the old result do not tell whether the turn went on: the old call gets one, too.
      [DUMMY, DUMMY, 'mine', DUMMY],
    )
    assert.equal(turns[3]?.parts.filter((part) => 'thoughtSignature' in part).length, 1)
  })

  it('leaves calls before the last words of the person alone', () => {
    const turns = contents([HI, calls('old'), result('old'), text('assistant', 'ok'), text('user', 'next'), calls('a')])
    assert.deepEqual([first(turns[1]), first(turns[5])], [undefined, DUMMY])
  })

  it('signs nothing for models that do not ask for it', () => {
    assert.equal(first(contents([HI, calls('a')], 'gemini-2.5-pro')[1]), undefined)
    assert.equal(first(contents([HI, calls('a')], 'gemini-pro-latest')[1]), DUMMY)
  })

  it('leaves the words of reasoning behind, and puts a proof without words on the text before it', () => {
    const { body, dropped } = encode({
      messages: [
        HI,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', text: 'hm', signature: 'EqQBCkYIBxgC' },
            { type: 'thinking', text: '', encrypted: 'x' },
            { type: 'text', text: 'Hello' },
            { type: 'thinking', text: '', signature: 'y' },
          ],
        },
        HI,
      ],
    })
    assert.deepEqual((body['contents'] as Turn[])[1]?.parts, [{ text: 'Hello', thoughtSignature: 'y' }])
    assert.deepEqual(dropped, ['thinking'])
  })

  it('puts a proof without words on the call behind it', () => {
    const proof = (signature: string): ThinkingPart => ({ type: 'thinking', text: '', signature })
    const { body, dropped } = encode({
      tools: [TOOL],
      messages: [
        HI,
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'Hello' }, proof('t'), proof('a'), call('i'), proof('b'), call('j', 'own')],
        },
        result('i'),
        result('j'),
      ],
    })
    const parts = (body['contents'] as Turn[])[1]?.parts as { thoughtSignature?: string }[]
    assert.deepEqual(
      parts.map(({ thoughtSignature }) => thoughtSignature),
      ['t', 'a', 'own'],
    )
    assert.deepEqual(dropped, ['thinking'])
  })
})

describe('encodeContents: media', () => {
  const png = { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'AAAA' } } as const
  const user = (...content: UserMessage['content']): Message => ({ role: 'user', content })
  const document = (
    source: Extract<UserMessage['content'][number], { type: 'document' }>['source'],
    name?: string,
  ): Message => user({ type: 'document', source, ...(name !== undefined && { name }) })

  const table: [string, Message, Json[], string[]][] = [
    ['a picture', user(png), [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }], []],
    [
      'a picture by URL',
      user({ type: 'image', source: { type: 'url', url: 'https://x.test/a.JPG?b=c.png' } }),
      [{ fileData: { mimeType: 'image/jpeg', fileUri: 'https://x.test/a.JPG?b=c.png' } }],
      ['image:url'],
    ],
    [
      'a PDF',
      document({ type: 'base64', mediaType: 'application/pdf', data: 'BBBB' }, 'a.pdf'),
      [{ inlineData: { mimeType: 'application/pdf', data: 'BBBB' } }],
      [],
    ],
    [
      'a PDF by URL',
      document({ type: 'url', url: 'https://x.test/a.pdf' }),
      [{ fileData: { mimeType: 'application/pdf', fileUri: 'https://x.test/a.pdf' } }],
      ['document:url'],
    ],
    ['text', document({ type: 'text', text: 'words' }, 'a.txt'), [{ text: 'a.txt:\nwords' }], []],
    ['JSON', document({ type: 'base64', mediaType: 'application/json', data: 'e30=' }), [{ text: '{}' }], []],
  ]
  for (const [name, message, expected, notes] of table) {
    it(name, () => {
      const { body, dropped } = encode({ messages: [message] })
      assert.deepEqual(body['contents'], [{ role: 'user', parts: expected }])
      assert.deepEqual(dropped, notes)
    })
  }

  it('drops files that no model reads', () => {
    const zip = document({ type: 'base64', mediaType: 'application/zip', data: 'CCCC' })
    assert.deepEqual(encode({ messages: [HI, zip] }).dropped, ['document:application/zip'])
  })

  it('puts pictures of results behind all results', () => {
    const shot: Message = { role: 'tool', callId: 'a', content: [{ type: 'text', text: 'shot' }, png] }
    assert.deepEqual(contents([HI, calls('a', 'b'), shot, result('b')])[2]?.parts, [
      response('a', { output: 'shot' }),
      response('b', { output: 'done' }),
      { text: 'Result of f:' },
      { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
    ])
  })
})
