import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { humanText } from '../../../src/dialects/human-turn.ts'
import { ollamaGenerateClient } from '../../../src/dialects/ollama-generate/index.ts'
import { generateLoadReply } from '../../../src/dialects/ollama-generate/load.ts'
import { BadRequest, type RequestFacts } from '../../../src/dialects/types.ts'
import { CREATED, IMAGES, linesOf, META, outlineOf, response, wire, type Json } from '../ollama-chat/support.ts'
import { responses, shredded } from '../ollama-chat/arbitraries.ts'

function decode(body: Json): ChatRequest {
  return ollamaGenerateClient.decodeRequest({ model: 'm', ...body })
}

function factsOf(body: Json): RequestFacts {
  return ollamaGenerateClient.readFacts(outlineOf({ model: 'm', ...body }))
}

const HEAD = { model: 'acme/large', created_at: '2026-01-01T00:00:00.000Z' }

describe('a request', () => {
  const plain: ChatRequest = {
    model: 'm',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Why?' }] }],
    tools: [],
    stream: true,
  }
  const table: [name: string, body: Json, expected: Partial<ChatRequest>][] = [
    ['has one turn', { prompt: 'Why?' }, {}],
    ['need not stream', { prompt: 'Why?', stream: false }, { stream: false }],
    [
      'has a system prompt and pictures',
      { prompt: 'Why?', system: 'Be brief.', images: [IMAGES.gif] },
      {
        messages: [
          { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
          {
            role: 'user',
            content: [
              { type: 'image', source: { type: 'base64', mediaType: 'image/gif', data: IMAGES.gif } },
              { type: 'text', text: 'Why?' },
            ],
          },
        ],
      },
    ],
    [
      'has settings',
      { prompt: 'Why?', format: 'json', think: 'high', options: { temperature: 0, num_predict: 5, stop: ['.'] } },
      {
        output: { type: 'json' },
        thinking: { mode: 'on', effort: 'high' },
        temperature: 0,
        maxTokens: 5,
        stop: ['.'],
      },
    ],
    [
      'loses what belongs to a local model',
      {
        prompt: 'Why?',
        raw: true,
        template: '{{ .Prompt }}',
        context: [1, 2],
        suffix: '',
        keep_alive: '5m',
        system: '',
      },
      {},
    ],
  ]
  for (const [name, body, expected] of table) it(name, () => assert.deepEqual(decode(body), { ...plain, ...expected }))

  it('may be nothing but pictures', () => {
    const [message] = decode({ images: [IMAGES.png] }).messages
    assert.deepEqual(
      message?.content.map(({ type }) => type),
      ['image'],
    )
  })

  const wrong: [body: Json, param: string, message: RegExp][] = [
    [{ prompt: ['a'] }, 'prompt', /must be a string/],
    [{ prompt: 'a', model: 7 }, 'model', /must be a string/],
    [{ prompt: 'a', suffix: 'b' }, 'suffix', /^"m" does not support insert$/],
  ]
  for (const [body, param, message] of wrong) {
    it(`is refused: ${JSON.stringify(body)}`, () => {
      for (const read of [decode, factsOf]) {
        assert.throws(
          () => read(body),
          (error) => error instanceof BadRequest && error.param === param && message.test(error.message),
        )
      }
    })
  }
})

describe('the facts', () => {
  it('of a request', () => {
    const system = 's'.repeat(3000)
    assert.deepEqual(
      factsOf({ prompt: ' Why? ', system, images: [IMAGES.png], format: {}, options: { num_predict: 9 } }),
      {
        model: 'm',
        stream: true,
        turn: 'Why?',
        previousTurn: '',
        firstTurn: 'Why?',
        system: 's'.repeat(2000),
        inToolLoop: false,
        tools: 0,
        toolForced: false,
        toolsBytes: 0,
        vision: true,
        liveVision: true,
        documents: false,
        json: 'schema',
        thinking: 'unset',
        inputTokens: Math.ceil((3002 + 8) / 4),
        maxOutputTokens: 9,
        session: '',
      },
    )
  })

  it('agree with the decoded request', () => {
    const body = fc.record(
      {
        prompt: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('<system-reminder>x</system-reminder>y')),
        system: fc.string(),
        images: fc.array(fc.oneof(fc.constantFrom(...Object.values(IMAGES)), fc.nat(), fc.constant(''))),
        stream: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(body, (given) => {
        const { messages, stream } = decode(given)
        const texts = messages.map(({ content }) =>
          content.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
        )
        const facts = factsOf(given)
        assert.equal(facts.stream, stream)
        assert.equal(facts.turn, humanText(texts.at(-1) ?? []))
        assert.equal(facts.system, messages.length > 1 ? texts[0]?.join('') : '')
        assert.equal(
          facts.vision,
          messages.at(-1)?.content.some(({ type }) => type === 'image'),
        )
      }),
    )
  })
})

describe('an answer', () => {
  it('has its text in `response`', () => {
    const answer = response({
      content: [
        { type: 'thinking', text: 'Hm.' },
        { type: 'text', text: 'Hello.' },
      ],
    })
    const ending = {
      done: true,
      done_reason: 'stop',
      total_duration: 0,
      load_duration: 0,
      prompt_eval_count: 26,
      prompt_eval_duration: 0,
      eval_count: 8,
      eval_duration: 0,
    }
    assert.deepEqual(ollamaGenerateClient.encodeResponse(answer, META), {
      ...HEAD,
      response: 'Hello.',
      thinking: 'Hm.',
      ...ending,
    })
    const encoder = ollamaGenerateClient.createStreamEncoder(META)
    const text = toEvents(answer)
      .map((event) => encoder.push(event))
      .join('')
    assert.deepEqual(linesOf(text + encoder.end()), [
      { ...HEAD, response: '', thinking: 'Hm.', done: false },
      { ...HEAD, response: 'Hello.', done: false },
      { ...HEAD, response: '', ...ending },
    ])
  })

  it('says as a stream what it says as a whole', () => {
    fc.assert(
      fc.property(responses, fc.integer({ min: 1, max: 9 }), (answer, size) => {
        const encoder = ollamaGenerateClient.createStreamEncoder(META)
        const pushed = shredded(toEvents(answer), size).map((event) => encoder.push(event))
        const lines = linesOf([...pushed, encoder.end()].join(''))
        const joined = (name: string): string => lines.map((line) => text(line[name])).join('')
        const whole = wire(ollamaGenerateClient.encodeResponse(answer, META))
        assert.deepEqual([joined('response'), joined('thinking')], [whole['response'], whole['thinking'] ?? ''])
        const { response: _, thinking: __, ...end } = whole
        const { response: ___, ...last } = lines.at(-1) ?? {}
        assert.deepEqual(last, end)
        assert.ok(lines.slice(0, -1).every((line) => line['done'] === false))
      }),
    )
  })

  it('that failed is a text', () => {
    const error = { status: 500, code: 'x', message: 'broken' }
    assert.deepEqual(ollamaGenerateClient.encodeError(error), { error: 'broken' })
    assert.equal(ollamaGenerateClient.encodeStreamError(error), '{"error":"broken"}\n')
  })
})

describe('a request without a prompt', () => {
  for (const [body, reason] of [
    [{}, 'load'],
    [{ prompt: '' }, 'load'],
    [{ prompt: null }, 'load'],
    [{ keep_alive: 0 }, 'unload'],
  ] as const) {
    it(`${JSON.stringify(body)} is answered with ${reason}`, () => {
      assert.deepEqual(generateLoadReply(outlineOf({ model: 'sage/auto', ...body }), CREATED), {
        model: 'sage/auto',
        created_at: '2026-01-01T00:00:00.000Z',
        response: '',
        done: true,
        done_reason: reason,
      })
    })
  }

  it('is one without any, not one of another kind', () => {
    assert.equal(generateLoadReply(outlineOf({ prompt: ' ' }), CREATED), undefined)
    assert.equal(generateLoadReply(outlineOf({ prompt: 7 }), CREATED), undefined)
  })
})

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
