// What a scenario works with: sage, providers, and a size. Everything is closed at its end.
import { startProvider } from './provider-process.ts'
import type { ProviderProcess } from './provider-process.ts'
import type { Mode, ProviderOptions } from './provider-modes.ts'
import { startSage } from './sage-process.ts'
import type { SageOptions, SageProcess } from './sage-process.ts'

export class Bench {
  /** 1 is the full size; 0.02 a smoke test. */
  readonly scale: number
  readonly #command: string
  readonly #isTimed: boolean
  readonly #open: { close(): Promise<void> }[] = []

  /** `command` starts sage. What is not timed has no limits of time: on a busy machine only counts can hold. */
  constructor(scale: number, command: string, isTimed: boolean = true) {
    this.scale = scale
    this.#isTimed = isTimed
    this.#command = command
  }

  /** This many at full size, fewer below it, but never under `least`. */
  count(full: number, least: number = 1): number {
    return Math.max(Math.min(least, full), Math.round(full * this.scale))
  }

  /** The most that a time may be, in ms. */
  limitMs(ms: number): number {
    return this.#isTimed ? ms : Number.POSITIVE_INFINITY
  }

  sage(yaml: string, options: SageOptions = {}): Promise<SageProcess> {
    return this.keep(startSage(yaml, { command: this.#command, ...options }))
  }

  provider(options: Partial<ProviderOptions> = {}): Promise<ProviderProcess> {
    return this.keep(startProvider({ chunks: 1, intervalMs: 0, together: 1, ...options }))
  }

  /** Closes it at the end, too. */
  async keep<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const started = await starting
    this.#open.push(started)
    return started
  }

  async close(): Promise<void> {
    for (const item of this.#open.splice(0).reverse()) await item.close()
  }
}

/** A profile with one provider, whose answers are those of the mode. */
export function profileOf(provider: ProviderProcess, mode: Mode): string {
  return [
    'version: 1',
    'providers:',
    `  a: { kind: openai-compatible, base_url: "${provider.url}/${mode}/v1", key: env:TEST_KEY, models: { m: { context: 200000 } } }`,
    'policies:',
    '  auto: { rules: [ { name: all, when: {}, prefer: [a/m] } ] }',
  ].join('\n')
}
