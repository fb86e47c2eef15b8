// S-31: between two ends of one dialect nobody changes a byte of an answer.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { SEED } from '../../helpers/seed.ts'
import type { AnyKind } from '../../helpers/fake-provider.ts'
import { providerYaml } from '../../helpers/fake-provider.ts'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import { GRID_ENV, replyAs } from '../../helpers/grid-provider.ts'
import type { GridReply } from '../../helpers/grid-provider.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import { startRouter } from '../../helpers/router.ts'
import { startUpstream } from '../../helpers/upstream.ts'
import type { Received, Reply } from '../../helpers/upstream.ts'
import { exchange } from '../exchange.ts'
import { ASK } from '../lab.ts'
import type { Lab } from '../lab.ts'
import type { LabCase } from '../types.ts'

const KINDS: Readonly<Record<GridClient['dialect'], AnyKind>> = {
  chat: 'openai-compatible',
  responses: 'openai',
  messages: 'anthropic',
  gemini: 'gemini',
  ollama: 'ollama',
}

interface Script {
  reply: GridReply
  /** Lines that mean nothing, put between events. */
  noise: readonly string[]
  /** Where the bytes are cut into writes, each modulo their number. */
  cuts: readonly number[]
}

const script: fc.Arbitrary<Script> = fc.record({
  reply: fc.record(
    {
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      thinking: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
      calls: fc.array(
        fc.record({
          id: fc.constantFrom('call_1', 'call_2'),
          name: fc.constantFrom('read', 'write'),
          arguments: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
        }),
        { minLength: 1, maxLength: 1 },
      ),
    },
    { requiredKeys: ['text'] },
  ),
  noise: fc.array(fc.constantFrom(': comment\n\n', ':\n\n', '\n', '\r\n', ': é😀\n\n'), { maxLength: 4 }),
  cuts: fc.array(fc.nat(), { maxLength: 12 }),
})

export const SECURITY_FIDELITY_CASES: readonly LabCase[] = [fidelity(100), { ...fidelity(10_000), slow: 'minute' }]

function fidelity(count: number): LabCase {
  return {
    id: 'S-31',
    fault: `${count} streams of random content, cut at random bytes, over five dialects`,
    expected: 'SHA-256 of what the client got is that of what the provider sent',
    per: 'once',
    run: async (lab) => {
      const clients = GRID_CLIENTS.filter(({ stream, name }) => stream && !name.includes('array'))
      let bytes = 0
      for (const client of clients) bytes += await compare(lab, client, count / clients.length)
      return `${count} streams, ${bytes} bytes, ${clients.length} dialects: equal; seed ${SEED}`
    },
  }
}

async function compare(lab: Lab, client: GridClient, numRuns: number): Promise<number> {
  const kind = KINDS[client.dialect]
  let next: Script | undefined
  let sent: Buffer = Buffer.alloc(0)
  let total = 0
  const upstream = await startUpstream((received) => {
    const { reply, all } = write(kind, received, next)
    sent = all
    return reply
  })
  lab.onClose(upstream.close)
  const router = await startRouter(`version: 1\nproviders:\n${providerYaml('a', kind, upstream.url)}`, {
    env: GRID_ENV,
  })
  lab.onClose(router.close)
  const property = fc.asyncProperty(script, async (given) => {
    next = given
    const answer = await exchange(router.url, { path: client.path, headers: client.headers, body: client.body(ASK) })
    assert.deepEqual([answer.status, answer.ending], [200, 'whole'], answer.body)
    assert.equal(hash(answer.bytes), hash(sent), `${client.name}: ${answer.body}`)
    total += sent.length
  })
  await fc.assert(property, { numRuns, seed: SEED })
  return total
}

/** A provider's stream, with noise in it and cut anew. */
function write(kind: AnyKind, received: Received, given: Script | undefined): { reply: Reply; all: Buffer } {
  if (given === undefined) throw new Error('nobody has said what to answer')
  const reply = replyAs(kind, received, given.reply)
  if (!('chunks' in reply)) throw new Error('no stream')
  const events = reply.chunks.map(String)
  // Blank lines may stand in newline-delimited JSON too; comments are of server-sent events only.
  const noise = given.noise.filter((line) => kind !== 'ollama' || line.trim() === '')
  noise.forEach((line, n) => events.splice((n * 2) % events.length, 0, line))
  const all = Buffer.from(events.join(''))
  const cuts = [...new Set(given.cuts.map((cut) => cut % all.length))].toSorted((a, b) => a - b)
  const chunks = [0, ...cuts].map((from, n) => all.subarray(from, cuts[n] ?? all.length))
  return { reply: { ...reply, chunks }, all }
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
