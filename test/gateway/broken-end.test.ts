// A stream that breaks at any byte: once the provider said why it stopped, nothing of the answer is missing, so the
// client gets a whole one with its terminator. Before that it is told of the failure.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { chatClient } from '../helpers/grid-chat.ts'
import { errorEvent } from '../helpers/grid-faults.ts'
import { geminiClient } from '../helpers/grid-gemini.ts'
import { messagesClient } from '../helpers/grid-messages.ts'
import { ollamaClient } from '../helpers/grid-ollama.ts'
import { gridYaml, wireOf } from '../helpers/grid-provider.ts'
import type { GridReply, ProviderDialectName } from '../helpers/grid-provider.ts'
import { responsesClient } from '../helpers/grid-responses.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { createInProcess } from '../helpers/in-process.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'
import type { Script } from '../helpers/scripted-send.ts'
import { describe as inWords, judge } from '../lab/oracle.ts'
import type { Outcome } from '../lab/oracle.ts'

const SIDES: Readonly<Record<ProviderDialectName, { kind: AnyKind; client: GridClient; finish: RegExp }>> = {
  chat: { kind: 'openai-compatible', client: chatClient(true), finish: /"finish_reason":"/ },
  responses: { kind: 'openai', client: responsesClient(true), finish: /"type":"response\.completed"/ },
  messages: { kind: 'anthropic', client: messagesClient(true), finish: /"stop_reason":"/ },
  gemini: { kind: 'gemini', client: geminiClient('streamed'), finish: /"finishReason":"/ },
  ollama: { kind: 'ollama', client: ollamaClient(true), finish: /"done":true/ },
}
const NAMES = Object.keys(SIDES) as ProviderDialectName[]

const ANSWERS: readonly GridReply[] = [
  { text: 'all is well', usage: { input: 9, cached: 0, output: 3, reasoning: 0 } },
  { text: 'I look', calls: [{ id: 'call_1', name: 'look', arguments: { path: '/a' } }] },
]

type Ask = (client: GridClient, script: Script) => Promise<Outcome>

/** Exchanges with a provider that plays scripts. Its failures are forgotten between them. */
function provider(name: ProviderDialectName): Ask {
  const { kind } = SIDES[name]
  const headers = { 'content-type': name === 'ollama' ? 'application/x-ndjson' : 'text/event-stream' }
  const yaml = gridYaml([{ name: 'a', kind, url: 'http://a.test', extra: ', timeouts: { idle_ms: 30 }' }])
  let script: Script = {}
  const inProcess = createInProcess(yaml, () => scriptedSend(() => ({ headers, ...script })))
  return async (client, next) => {
    script = next
    inProcess.advance(400_000)
    return judge(client, await inProcess.ask(client, client.body({ text: 'hello', tools: ['look'] })))
  }
}

function whole(outcome: Outcome, reply: GridReply, where: string): void {
  if (outcome.end !== 'A') assert.fail(`${where}: ${inWords(outcome)}; ${outcome.exchange.body.slice(-300)}`)
  assert.equal(outcome.answer.text, reply.text, where)
  assert.equal(outcome.answer.calls.length, reply.calls?.length ?? 0, where)
}

/** The bytes of a stream, and where the piece with its finish begins and ends. */
function wire(name: ProviderDialectName, reply: GridReply): { bytes: Buffer; from: number; to: number } {
  const pieces = wireOf(name, reply).stream
  const at = pieces.findIndex((piece) => SIDES[name].finish.test(piece))
  assert.notEqual(at, -1)
  const length = (end: number): number => Buffer.byteLength(pieces.slice(0, end).join(''))
  return { bytes: Buffer.from(pieces.join('')), from: length(at), to: length(at + 1) }
}

/** Places to break at: all around line ends, and some between them. */
function places(bytes: Buffer, from: number, to: number): number[] {
  const all = Array.from({ length: to - from }, (_, n) => from + n)
  return all.filter((at) => at % 29 === 0 || bytes.subarray(Math.max(0, at - 3), at + 3).includes('\n'))
}

for (const name of NAMES) {
  const { client } = SIDES[name]
  const ask = provider(name)
  describe(`a ${name} stream that breaks, for a client of the same dialect`, () => {
    for (const reply of ANSWERS) {
      const { bytes, from, to } = wire(name, reply)
      const what = reply.calls === undefined ? 'text' : 'a call'

      it(`${what}: is whole wherever it breaks behind the finish`, async () => {
        for (const at of places(bytes, to, bytes.length + 1)) {
          const chunks = [bytes.subarray(0, at)]
          for (const after of ['end', 'reset'] as const) {
            whole(await ask(client, { chunks, after }), reply, `${after} at ${at}`)
          }
        }
      })

      it(`${what}: is an error wherever it breaks before the finish`, async () => {
        for (const at of places(bytes, Math.max(0, from - 150), to)) {
          for (const after of ['end', 'reset'] as const) {
            const outcome = await ask(client, { chunks: [bytes.subarray(0, at)], after })
            const where = `${after} at ${at}`
            // All of the finish but its line ends, and then the end: nothing of it is missing.
            if (outcome.end === 'A' && after === 'end' && at >= to - 4) whole(outcome, reply, where)
            // B: nothing was said before.
            else
              assert.match(outcome.end, /^[BC]$/, `${where}: ${inWords(outcome)}; ${outcome.exchange.body.slice(-300)}`)
          }
        }
      })

      it(`${what}: is whole when an error or silence comes behind the finish`, async () => {
        const said = bytes.subarray(0, to)
        const half = bytes.subarray(to, Math.min(bytes.length, to + 9))
        for (const script of [
          { chunks: [said, Buffer.from(errorEvent(name, 'boom'))] },
          { chunks: [Buffer.concat([said, Buffer.from(errorEvent(name, 'boom'))])] },
          { chunks: [said, half], after: 'hang' as const },
        ]) {
          whole(await ask(client, script), reply, JSON.stringify(script.chunks.map(String)))
        }
      })
    }
  })

  describe(`a ${name} stream that breaks, for clients of other dialects`, () => {
    // OpenAI gets chat in its own dialect.
    for (const other of NAMES.filter((one) => one !== name && !(name === 'responses' && one === 'chat'))) {
      it(`${other}: is whole behind the finish`, async () => {
        for (const reply of ANSWERS) {
          const { bytes, to } = wire(name, reply)
          const said = bytes.subarray(0, to)
          for (const script of [
            { chunks: [said] },
            { chunks: [said], after: 'reset' as const },
            { chunks: [said, Buffer.from(errorEvent(name, 'boom'))] },
            { chunks: [bytes.subarray(0, Math.min(bytes.length, to + 9))] },
          ]) {
            whole(await ask(SIDES[other].client, script), reply, JSON.stringify(script.chunks.map(String)))
          }
        }
      })
    }
  })
}
