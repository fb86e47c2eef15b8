// P-01: a stream in the client's own dialect reaches it byte for byte, whatever it holds and however it is cut.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chatClient } from '../helpers/grid-chat.ts'
import { geminiClient } from '../helpers/grid-gemini.ts'
import { messagesClient } from '../helpers/grid-messages.ts'
import { ollamaClient } from '../helpers/grid-ollama.ts'
import { gridYaml, wireOf } from '../helpers/grid-provider.ts'
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import { responsesClient } from '../helpers/grid-responses.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { createInProcess } from '../helpers/in-process.ts'
import { runsOf } from '../helpers/runs.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'

const SIDES: Readonly<Record<ProviderDialectName, { kind: AnyKind; client: GridClient }>> = {
  chat: { kind: 'openai-compatible', client: chatClient(true) },
  responses: { kind: 'openai', client: responsesClient(true) },
  messages: { kind: 'anthropic', client: messagesClient(true) },
  gemini: { kind: 'gemini', client: geminiClient('streamed') },
  ollama: { kind: 'ollama', client: ollamaClient(true) },
}

/** What may stand between events, and means nothing. */
const SSE_NOISE = [
  ': keep-alive\n\n',
  ':\n\n',
  '\n',
  '\r\n\r\n',
  'id: 7\nretry: 100\n\n',
  'event: ping\ndata: {"type":"ping"}\n\n',
  'event: unknown_event\ndata: {"type":"unknown_event","é":"😀"}\n\n',
  'data: {"type":"response.unknown"}\r\n\r\n',
]
const NDJSON_NOISE = ['\n', '\r\n', '{"model":"m","message":{"role":"assistant","content":""},"done":false}\n']

/** Bytes inside a text that are no characters: they replace `\u0001` of the text, which JSON would write as an escape. */
const ODD_BYTES = [
  Buffer.from('é'),
  Buffer.from('😀'),
  Buffer.from([0xff]),
  Buffer.from([0xc3]),
  Buffer.from([0xed, 0xa0, 0x80]),
]
const PLACE = '@@'

function withBytes(pieces: readonly string[], odd: Buffer): Buffer {
  const parts = pieces.join('').split(PLACE)
  return Buffer.concat(parts.flatMap((part, n) => (n === 0 ? [Buffer.from(part)] : [odd, Buffer.from(part)])))
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at
    .slice(1)
    .map((end, n) => bytes.subarray(at[n], end))
    .filter((part) => part.length > 0)
}

const noise = fc.array(fc.record({ at: fc.nat(30), pick: fc.nat(30) }), { maxLength: 6 })

for (const [name, { kind, client }] of Object.entries(SIDES) as [
  ProviderDialectName,
  (typeof SIDES)[ProviderDialectName],
][]) {
  test(`P-01: the bytes of a stream pass through unchanged: ${name}`, async () => {
    let chunks: Buffer[] = []
    const type = name === 'ollama' ? 'application/x-ndjson' : 'text/event-stream'
    const inProcess = createInProcess(gridYaml([{ name: 'a', kind, url: 'http://a.test' }]), () =>
      scriptedSend(() => ({ headers: { 'content-type': type }, chunks })),
    )
    const body = client.body({ text: 'hello' })
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', ' ', '"', '\n', '漢', '😀', PLACE), minLength: 1, maxLength: 60 }),
        fc.constantFrom(...ODD_BYTES),
        noise,
        fc.array(fc.nat(5000), { maxLength: 25 }),
        fc.boolean(),
        async (text, odd, between, places, isCarriageReturn) => {
          const all = name === 'ollama' ? NDJSON_NOISE : SSE_NOISE
          const pieces = [...wireOf(name, { text: `x${text}` }).stream]
          // Not behind the last one: nothing passes behind a stream's end.
          for (const { at, pick } of between) pieces.splice(at % pieces.length, 0, all[pick % all.length] ?? '')
          const lines = isCarriageReturn ? pieces.map((piece) => piece.replaceAll(/\r?\n/g, '\r\n')) : pieces
          const bytes = withBytes(lines, odd)
          chunks = cut(bytes, places)
          const answer = await inProcess.ask(client, body)
          assert.equal(answer.status, 200, answer.body)
          assert.equal(answer.ending, 'whole', answer.body)
          assert.deepEqual(answer.bytes, bytes)
        },
      ),
      runsOf('P-01', 300, 2000),
    )
  })
}
