import { createHmac } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Catalog } from '../catalog/types.ts'
import { SageError } from '../diagnostics/errors.ts'
import { maskShapes } from '../diagnostics/secret-shapes.ts'
import { sha256 } from '../explain/record-decision.ts'
import { LOG_FORMAT, LOG_VERSION } from '../explain/record.ts'
import type { LogLine } from '../explain/record.ts'
import { decisionLine } from '../gateway/decision-record.ts'
import type { RequestEvent } from '../gateway/types.ts'
import { codeOf } from '../lib/error-code.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Profile } from '../profile/types.ts'
import { LogFile } from './log-file.ts'
import type { LogFileOptions } from './log-file.ts'

export interface DecisionLogOptions extends LogFileOptions {
  /** Record the text of the last human turn too. */
  prompts: boolean
  /** Version of sage. */
  version: string
  /** The profile that decides first. */
  profile: LoggedProfile
  /** Keys the hashes of texts; never written. */
  hashKey: Buffer
  /** Unix time in ms. */
  wall(): number
  /** Milliseconds of a clock that never goes back. */
  mono(): number
  /** Hears of trouble, at most once in ten minutes. */
  warn(message: string): void
}

/** A profile that decides, as the log has it. */
export interface LoggedProfile {
  profile: Profile
  text: string
  /** Takes the values of its keys out of a line. */
  redact(line: string): string
}

interface Described {
  hash: string
  line: string
}

interface DescribedProfile extends Described {
  redact(line: string): string
}

interface Entry {
  event: RequestEvent
  inputs: DecisionInputs
  wall: number
}

/** Decisions that may wait to be written. Beyond that they are lost: no request waits for a disk. */
const MAX_WAITING = 10_000
/** After this time a file that could not be written is tried again, in ms. */
const RETRY_MS = 30_000
/** Between two warnings, in ms. */
const WARN_MS = 600_000
/** Decisions made into lines in one turn of the event loop. */
const BATCH = 8

/** Appends decisions to a file, some time after their requests have ended. Never throws, never makes a request wait. */
export class DecisionLog {
  readonly #options: DecisionLogOptions
  /** Undefined while it cannot be written. */
  #file: LogFile | undefined
  readonly #hash: (text: string) => string
  readonly #profiles = new WeakMap<Profile, DescribedProfile>()
  #newest: DescribedProfile
  readonly #catalogs = new WeakMap<Catalog, Described>()
  /** Hashes that the present file has the lines of. */
  readonly #defined = new Set<string>()
  #waiting: Entry[] = []
  #writing: Promise<void> | undefined
  #isClosed = false
  /** When a file that could not be written is tried again. */
  #retryAt = 0
  #warnedAt: number | undefined

  private constructor(options: DecisionLogOptions, file: LogFile) {
    this.#options = options
    this.#file = file
    this.#hash = (text) => createHmac('sha256', options.hashKey).update(text).digest('hex').slice(0, 32)
    this.#newest = this.add(options.profile)
  }

  /** Throws `SageError` when the file cannot be written or is something else than a decision log. */
  static async open(options: DecisionLogOptions): Promise<DecisionLog> {
    return new DecisionLog(options, await LogFile.open(options))
  }

  /** Lets another profile decide, from now on or beside those before. */
  add({ profile, text, redact }: LoggedProfile): DescribedProfile {
    const redacted = redact(text)
    const hash = sha256(redacted)
    const line = lineOf({ type: 'profile', hash, file: profile.file, text: redacted })
    this.#newest = { hash, line, redact }
    this.#profiles.set(profile, this.#newest)
    return this.#newest
  }

  /** Takes a decision whose request has ended. */
  record(event: RequestEvent, inputs: DecisionInputs): void {
    if (this.#isClosed || (this.#file === undefined && this.#options.mono() < this.#retryAt)) return
    if (this.#waiting.length >= MAX_WAITING) {
      return this.#warn('the decision log cannot keep up: some decisions are not recorded')
    }
    this.#waiting.push({ event, inputs, wall: this.#options.wall() })
    this.#writing ??= this.#write()
  }

  /** Resolves once nothing waits to be written any more: it is written, or lost with a warning. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  /** Writes what waits and closes the file. */
  async close(): Promise<void> {
    await this.flush()
    this.#isClosed = true
    await this.#file?.close().catch(() => undefined)
    this.#file = undefined
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        // The turn belongs to the requests: lines are made when nothing else is to be done.
        await nextTurn()
        this.#file ??= await this.#reopen()
        await this.#writeBatch(this.#file, this.#waiting.splice(0, BATCH))
      }
    } catch (error) {
      this.#waiting = []
      this.#retryAt = this.#options.mono() + RETRY_MS
      const file = this.#file
      this.#file = undefined
      await file?.close().catch(() => undefined)
      const why =
        error instanceof SageError ? error.message : `${this.#options.path} cannot be written (${codeOf(error)})`
      this.#warn(`decisions are not recorded for now: ${why}`)
    } finally {
      // In the same turn as the look that found nothing waiting: what is recorded from now on begins anew.
      this.#writing = undefined
    }
  }

  /** A disk may have room again. The file goes on where it broke off. */
  async #reopen(): Promise<LogFile> {
    this.#defined.clear()
    return LogFile.open(this.#options)
  }

  #warn(message: string): void {
    const now = this.#options.mono()
    if (this.#warnedAt !== undefined && now - this.#warnedAt < WARN_MS) return
    this.#warnedAt = now
    this.#options.warn(message)
  }

  async #writeBatch(file: LogFile, entries: readonly Entry[]): Promise<void> {
    let batch = ''
    for (const entry of entries) {
      let text = this.#textOf(entry)
      if (file.isFull(Buffer.byteLength(batch), Buffer.byteLength(text))) {
        if (batch !== '') await file.append(batch)
        batch = ''
        await file.rotate()
        this.#defined.clear()
        text = this.#textOf(entry)
      }
      batch += text
    }
    if (batch !== '') await file.append(batch)
  }

  /** The line of a decision, behind those it refers to that the file does not have yet. */
  #textOf({ event, inputs, wall }: Entry): string {
    const profile = this.#profiles.get(inputs.profile) ?? this.#newest
    const catalog = this.#describe(inputs.world.catalog, profile.redact)
    const { prompts } = this.#options
    const context = { wall, profile: profile.hash, catalog: catalog.hash, hash: this.#hash, prompts }
    const line = decisionLine(event, inputs, context)
    const { turn } = line.facts.texts
    if (turn?.text !== undefined) turn.text = maskShapes(turn.text)
    return this.#define(profile) + this.#define(catalog) + profile.redact(lineOf(line))
  }

  #define({ hash, line }: Described): string {
    if (this.#defined.has(hash)) return ''
    const header = this.#defined.size === 0 ? this.#header() : ''
    this.#defined.add(hash)
    return header + line
  }

  #header(): string {
    return lineOf({ type: 'log', format: LOG_FORMAT, version: LOG_VERSION, sage: this.#options.version })
  }

  #describe(catalog: Catalog, redact: LoggedProfile['redact']): Described {
    const known = this.#catalogs.get(catalog)
    if (known !== undefined) return known
    const hash = sha256(JSON.stringify(catalog.models))
    const made = { hash, line: redact(lineOf({ type: 'catalog', hash, models: catalog.models })) }
    this.#catalogs.set(catalog, made)
    return made
  }
}

function lineOf(line: LogLine): string {
  return `${JSON.stringify(line)}\n`
}
