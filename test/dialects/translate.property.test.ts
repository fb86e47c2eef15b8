// P-02: a translated stream is the same however the provider's bytes were split or merged on their way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CLIENT_DIALECTS, PROVIDER_DIALECTS } from '../../src/dialects/index.ts'
import type { AnswerMeta, ClientDialect, ProviderDialect } from '../../src/dialects/types.ts'
import { createFramer } from '../../src/lib/framing.ts'
import type { RawFrame } from '../../src/lib/framing.ts'
import { wireOf } from '../helpers/grid-provider.ts'
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import { errorEvent } from '../helpers/grid-faults.ts'
import { runsOf } from '../helpers/runs.ts'

const META: AnswerMeta = {
  id: '0123456789abcdef',
  model: 'a/m',
  created: 1_767_225_600,
  request: CLIENT_DIALECTS['openai-chat'].decodeRequest({ model: 'auto', messages: [{ role: 'user', content: 'hi' }] }),
}

const PROVIDERS: Readonly<Record<ProviderDialectName, ProviderDialect>> = {
  chat: PROVIDER_DIALECTS['openai-chat'],
  responses: PROVIDER_DIALECTS['openai-responses'],
  messages: PROVIDER_DIALECTS['anthropic-messages'],
  gemini: PROVIDER_DIALECTS.gemini,
  ollama: PROVIDER_DIALECTS['ollama-chat'],
}

/** What a client gets of a stream that arrives in these reads. */
function translate(provider: ProviderDialect, client: ClientDialect, reads: readonly Buffer[]): string {
  const framer = createFramer(provider.framing)
  const decoder = provider.createStreamDecoder()
  const encoder = client.createStreamEncoder(META)
  let wire = ''
  let hasFailed = false
  const take = (frames: readonly RawFrame[]): void => {
    for (const frame of frames) {
      if (frame.data === '' || hasFailed || decoder.ended === true) continue
      for (const event of decoder.push(frame)) {
        if (event.type === 'error') hasFailed = true
        else wire += encoder.push(event)
      }
    }
  }
  for (const read of reads) take(framer.push(read))
  const last = framer.end()
  if (last !== undefined) take([last])
  const told = { status: 502, code: 'upstream_stream_failed', message: 'it broke' }
  return wire + (hasFailed ? encoder.fail(told) : encoder.end())
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, n) => bytes.subarray(at[n], end))
}

const words = fc.string({
  unit: fc.constantFrom('a', 'é', '€', '😀', '"', '\\', '\n', ' ', '漢'),
  minLength: 1,
  maxLength: 30,
})
const reply = fc.record(
  {
    text: words,
    thinking: words,
    calls: fc.array(
      fc.record({
        id: fc.constantFrom('call_1', 'call_2'),
        name: fc.constantFrom('look', 'run'),
        arguments: fc.dictionary(fc.constantFrom('path', 'é', 'n'), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
      }),
      { maxLength: 2 },
    ),
    finish: fc.constantFrom('length' as const, 'refusal' as const),
  },
  { requiredKeys: ['text'] },
)

test('P-02: every translation of a stream is the same however its bytes are cut', () => {
  const dialects = Object.keys(PROVIDERS) as ProviderDialectName[]
  fc.assert(
    fc.property(
      fc.constantFrom(...dialects),
      fc.constantFrom(...Object.values(CLIENT_DIALECTS)),
      reply,
      fc.array(fc.nat(4000), { maxLength: 20 }),
      fc.constantFrom('whole', 'broken', 'unfinished'),
      (name, client, said, places, fate) => {
        const { stream } = wireOf(name, said)
        const kept = fate === 'whole' ? stream : stream.slice(0, Math.ceil(stream.length / 2))
        const pieces = fate === 'broken' ? [...kept, errorEvent(name, 'boom')] : kept
        const bytes = Buffer.from(pieces.join(''))
        const once = translate(PROVIDERS[name], client, [bytes])
        assert.equal(translate(PROVIDERS[name], client, cut(bytes, places)), once)
        assert.equal(
          translate(
            PROVIDERS[name],
            client,
            pieces.map((piece) => Buffer.from(piece)),
          ),
          once,
        )
        assert.notEqual(once, '')
      },
    ),
    runsOf('P-02', 1000, 10_000),
  )
})
