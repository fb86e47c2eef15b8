import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { StreamEvent, Usage } from '../../../src/chat/events.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { ollamaMessage, ollamaStream, type FakeAnswer } from '../../helpers/ollama-replies.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/dialects/ollama-chat/stream')

function decode(chunks: readonly Buffer[]): StreamEvent[] {
  const framer = createFramer('ndjson')
  const decoder = ollamaProvider.createStreamDecoder()
  const events = chunks.flatMap((chunk) => framer.push(chunk)).flatMap((frame) => decoder.push(frame))
  const last = framer.end()
  return last === undefined ? events : [...events, ...decoder.push(last)]
}

function decodeLine(line: unknown): StreamEvent[] {
  return ollamaProvider.createStreamDecoder().push({ event: '', data: JSON.stringify(line) })
}

/** The content of a stream, pieces joined. */
function collect(events: readonly StreamEvent[]): Record<string, unknown> {
  const all = { text: '', thinking: '', calls: [] as { id: string; name: string; arguments: string }[] }
  let usage: Usage = {}
  let model: string | undefined
  let reason: string | undefined
  for (const event of events) {
    if (event.type === 'text') all.text += event.text
    else if (event.type === 'thinking') all.thinking += event.text
    else if (event.type === 'tool_call_start')
      all.calls[event.index] = { id: event.id, name: event.name, arguments: '' }
    else if (event.type === 'tool_call_delta') {
      const call = all.calls[event.index]
      assert.ok(call, 'a call begins before its arguments')
      call.arguments += event.arguments
    } else if (event.type === 'usage') usage = { ...usage, ...event.usage }
    else if (event.type === 'start') model = event.model
    else if (event.type === 'finish') reason = event.reason
    else assert.fail(`unexpected ${event.type}`)
  }
  return { ...all, usage, model, reason }
}

describe('recorded streams', () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.ndjson'))
  assert.ok(names.length >= 8)
  for (const name of names) {
    const bytes = readFileSync(join(FIXTURES, name))
    const expected: unknown = JSON.parse(readFileSync(join(FIXTURES, name.replace('.ndjson', '.json')), 'utf8'))
    it(`decodes ${name}`, () => assert.deepEqual(decode([bytes]), expected))
    it(`decodes ${name} byte by byte`, () => {
      assert.deepEqual(decode([...bytes].map((byte) => Buffer.from([byte]))), expected)
    })
  }
})

describe('a stream and a whole answer', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 })
  const call = fc.record(
    {
      id: fc.uuid(),
      name: fc.stringMatching(/^[a-z_]{1,10}$/),
      arguments: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ stringUnit: 'grapheme' }), {
        maxKeys: 3,
      }),
    },
    { requiredKeys: ['name', 'arguments'] },
  )
  const answer = fc.record(
    {
      model: fc.constant('qwen3:8b'),
      text,
      thinking: text,
      toolCalls: fc.array(call, { maxLength: 3 }),
      doneReason: fc.constantFrom('stop', 'length'),
      usage: fc.record({ input: fc.nat(), output: fc.nat() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['model'] },
  )

  it('have the same content, however the bytes are split', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.nat(), { maxLength: 8 }), (raw, places) => {
        const fake = raw as FakeAnswer
        const silent = !fake.text && !fake.thinking && !fake.toolCalls?.length && fake.doneReason !== 'length'
        fc.pre(!silent)
        const bytes = Buffer.from(ollamaStream(fake).join(''))
        const cuts = [0, ...places.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length]
        const chunks = cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end))
        const whole = ollamaProvider.decodeResponse(JSON.parse(JSON.stringify(ollamaMessage(fake))))
        assert.deepEqual(collect(decode(chunks)), collect(toEvents(whole)))
      }),
      { numRuns: 500 },
    )
  })

  it('are read for anything that JSON can say, without a throw', () => {
    fc.assert(
      fc.property(fc.json(), (line) => {
        const events = ollamaProvider.createStreamDecoder().push({ event: '', data: line })
        assert.ok(Array.isArray(events))
      }),
    )
  })
})

describe('odd lines', () => {
  it('passes over lines that are neither message, end nor error', () => {
    assert.deepEqual(decodeLine({ status: 'loading' }), [])
    assert.deepEqual(decodeLine({ model: 'm', done: false }), [])
  })

  for (const line of [[], 'text', 7, null]) {
    it(`refuses ${JSON.stringify(line)}`, () => {
      const [event] = decodeLine(line)
      assert.ok(event?.type === 'error' && event.error.kind === 'bad_answer')
    })
  }

  it('turns arguments too deep to be written into an error', () => {
    const deep = `{"message":{"tool_calls":[{"function":{"name":"f","arguments":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}}]}}`
    const events = ollamaProvider.createStreamDecoder().push({ event: '', data: deep })
    assert.deepEqual(events.map((event) => event.type).at(-1), 'error')
  })

  it('leaves it to others whether an answer that stops without a word is one', () => {
    assert.deepEqual(decodeLine(ollamaMessage({ model: 'm' })).at(-1), { type: 'finish', reason: 'stop' })
  })

  it('calls an answer empty that ends without a word and without a reason', () => {
    const [, event] = decodeLine({ ...ollamaMessage({ model: 'm' }), done_reason: '' })
    assert.ok(event?.type === 'error' && event.error.kind === 'bad_answer')
  })

  it('takes an answer that ran into the limit before its first word', () => {
    const events = decodeLine(ollamaMessage({ model: 'm', doneReason: 'length' }))
    assert.deepEqual(events.at(-1), { type: 'finish', reason: 'length' })
  })
})
