// How the provider of the load scenarios answers: each mode is the first part of its base URL's path.
import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { wireOf } from '../helpers/grid-provider.ts'
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import { machineTime, randomFrom } from './load.ts'

/** One request to the provider. */
export interface Asked {
  /** Number that the client put into its question as `#7;`. */
  n: number
  dialect: ProviderDialectName
  stream: boolean
  response: ServerResponse
  /** Tells the scenario. */
  tell(told: ProviderTold): void
}

export type ProviderTold =
  /** All bytes of answer `n` are sent. */
  | { type: 'sent'; n: number; sha256: string; bytes: number }
  /** The client of answer `n` left early; `at` is machine time in ms. */
  | { type: 'left'; n: number; at: number }

export interface ProviderOptions {
  /** Events of one answer (paced, flood). */
  chunks: number
  /** Pause between them in ms (paced). */
  intervalMs: number
  /** Answers that begin together: after their first event they wait for one another (paced). */
  together: number
}

export type Mode = 'small' | 'paced' | 'flood' | 'ragged' | 'silent'

type Answer = (asked: Asked, options: ProviderOptions) => Promise<void>

/** Text in an answer that is replaced by its number. */
const PLACE = 'PLACE'
const ANSWERS = new Map<string, { whole: string; head: string; middle: [string, string]; tail: string }>()

function answerOf(dialect: ProviderDialectName): NonNullable<ReturnType<typeof ANSWERS.get>> {
  const known = ANSWERS.get(dialect)
  if (known !== undefined) return known
  const { whole, stream } = wireOf(dialect, { text: PLACE })
  const at = stream.findIndex((piece) => piece.includes(PLACE))
  const [before = '', after = ''] = (stream[at] ?? '').split(PLACE)
  const made = {
    whole: JSON.stringify(whole),
    head: stream.slice(0, at).join(''),
    middle: [before, after] as [string, string],
    tail: stream.slice(at + 1).join(''),
  }
  ANSWERS.set(dialect, made)
  return made
}

function begin({ response, dialect }: Asked): void {
  response.writeHead(200, {
    'content-type': dialect === 'ollama' ? 'application/x-ndjson' : 'text/event-stream',
  })
}

/** The event that says `text`. */
function event(dialect: ProviderDialectName, text: string): string {
  return answerOf(dialect).middle.join(text)
}

const small: Answer = async (asked) => {
  const { response, dialect, stream, n } = asked
  const { whole, head, tail } = answerOf(dialect)
  if (stream) {
    begin(asked)
    response.end(head + event(dialect, `#${n};`) + tail)
    return
  }
  const body = whole.replace(PLACE, `#${n};`)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) })
  response.end(body)
}

const waiting: (() => void)[] = []

/** Resolves once so many wait here. */
function gathered(count: number): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length >= count) for (const go of waiting.splice(0)) go()
  })
}

/** Numbered events at a steady pace, once all have begun. */
const paced: Answer = async (asked, { chunks, intervalMs, together }) => {
  const { response, dialect, n } = asked
  const { head, tail } = answerOf(dialect)
  begin(asked)
  response.write(head + event(dialect, '#0;'))
  await gathered(together)
  // Spread over the interval, as streams that began one after the other are.
  const started = machineTime() + (n % 100) * (intervalMs / 100)
  for (let k = 1; k < chunks; k++) {
    await sleep(Math.max(0, started + k * intervalMs - machineTime()))
    if (response.destroyed) return
    response.write(event(dialect, `#${k};`))
  }
  response.end(tail)
}

/** Events as fast as they are taken, cut into writes anywhere. */
const flood: Answer = async (asked, { chunks }) => {
  const { response, dialect, n } = asked
  const { head, tail } = answerOf(dialect)
  const random = randomFrom(n + 1)
  const hash = createHash('sha256')
  let bytes = 0
  let said = head
  let held = Buffer.alloc(0)
  const write = async (share: number): Promise<void> => {
    const all = Buffer.concat([held, Buffer.from(said)])
    const piece = all.subarray(0, Math.ceil(share * all.length))
    held = all.subarray(piece.length)
    said = ''
    hash.update(piece)
    bytes += piece.length
    if (!response.write(piece)) await drained(response)
  }
  begin(asked)
  for (let k = 0; k < chunks && !response.destroyed; k++) {
    said += event(dialect, `#${k};é€😀`)
    if (said.length > 4096) await write(random())
  }
  said += tail
  await write(1)
  response.end()
  asked.tell({ type: 'sent', n, sha256: hash.digest('hex'), bytes })
}

/** Waits at every step for a moment that depends on the number. */
const ragged: Answer = async (asked) => {
  const { response, dialect, n, stream } = asked
  const random = randomFrom(n + 1)
  const wait = (): Promise<void> => sleep(random() * 6)
  await wait()
  if (!stream) return small(asked, { chunks: 0, intervalMs: 0, together: 0 })
  begin(asked)
  response.flushHeaders()
  await wait()
  const { head, tail } = answerOf(dialect)
  for (const piece of [head, ...Array.from({ length: 3 }, (_, k) => event(dialect, `#${k};`))]) {
    if (response.destroyed) return
    response.write(piece)
    await wait()
  }
  response.end(tail)
}

/** Begins to speak and then says nothing until the client leaves. */
const silent: Answer = async (asked) => {
  const { response, dialect, n } = asked
  response.once('close', () => asked.tell({ type: 'left', n, at: machineTime() }))
  begin(asked)
  response.write(answerOf(dialect).head + event(dialect, `#${n};`))
}

export const MODES: Readonly<Record<Mode, Answer>> = { small, paced, flood, ragged, silent }

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.once('drain', done)
    response.once('close', done)
  })
}
