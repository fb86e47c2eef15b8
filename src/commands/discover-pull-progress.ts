import { Writable } from 'node:stream'
import { MultiBar } from 'cli-progress'
import type { SingleBar } from 'cli-progress'
import { printable } from '../output/printable.ts'
import type { PullProgress } from '../providers/ollama/pull-state.ts'
import type { Context, Output } from './context.ts'

/** Shows several pulls at once. */
export interface PullDisplay {
  start(model: string): void
  update(model: string, progress: PullProgress): void
  /** `text`: how it ended. */
  end(model: string, text: string): void
  close(): void
}

/** Bars on a terminal; elsewhere a line at the start and the end of each pull. */
export function pullDisplay(context: Context, models: readonly string[]): PullDisplay {
  return context.stderr.isTTY ? new Bars(context, models) : new Lines(context.stderr)
}

class Lines implements PullDisplay {
  readonly #output: Output
  constructor(output: Output) {
    this.#output = output
  }
  start(model: string): void {
    this.#output.write(`${printable(model)}: pulling\n`)
  }
  update(): void {}
  end(model: string, text: string): void {
    this.#output.write(`${printable(model)}: ${printable(text)}\n`)
  }
  close(): void {}
}

const FORMAT = '{model} {bar} {percentage}% {size} {rate} {note}'

class Bars implements PullDisplay {
  readonly #context: Context
  readonly #width: number
  readonly #bars: MultiBar
  readonly #running = new Map<string, { bar: SingleBar; since: number; from: number | undefined }>()

  constructor(context: Context, models: readonly string[]) {
    this.#context = context
    this.#width = Math.max(...models.map((model) => printable(model).length))
    this.#bars = new MultiBar({
      stream: terminal(context.stderr),
      format: FORMAT,
      barsize: 20,
      // The command has signal handling of its own.
      gracefulExit: false,
      emptyOnZero: true,
      etaBuffer: 50,
    })
  }

  start(model: string): void {
    const bar = this.#bars.create(0, 0, this.#payload(model, '', 'starting'))
    this.#running.set(model, { bar, since: this.#context.mono(), from: undefined })
  }

  update(model: string, { status, completed, total }: PullProgress): void {
    const pull = this.#running.get(model)
    if (pull === undefined) return
    // What was there before this run is no speed of ours.
    pull.from ??= completed
    const seconds = (this.#context.mono() - pull.since) / 1000
    const rate = seconds > 0 ? (completed - pull.from) / seconds : 0
    const left = rate > 0 && completed < total ? `${duration((total - completed) / rate)} left` : printable(status)
    pull.bar.setTotal(total)
    pull.bar.update(completed, {
      ...this.#payload(model, rate > 0 ? `${bytes(rate)}/s` : '', left),
      size: `${bytes(completed)} of ${bytes(total)}`,
    })
  }

  end(model: string, text: string): void {
    const pull = this.#running.get(model)
    pull?.bar.update(this.#payload(model, '', printable(text)))
    pull?.bar.stop()
    this.#running.delete(model)
  }

  close(): void {
    this.#bars.stop()
  }

  #payload(model: string, rate: string, note: string): Record<string, string> {
    return { model: printable(model).padEnd(this.#width), size: '', rate, note }
  }
}

/** The stream that the bars want, in front of an output. */
function terminal(output: Output): NodeJS.WritableStream {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      output.write(String(chunk))
      done()
    },
  })
  return Object.assign(stream, { isTTY: true, columns: output.columns ?? 80 })
}

/** Seconds for people: `40 s`, `12 min`, `3 h`. */
function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`
}

/** Bytes for people: `1.5 GB`. */
export function bytes(number: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = number
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value >= 99.5 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
