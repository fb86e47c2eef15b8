import { isRecord } from '../../lib/is-record.ts'

export interface PullProgress {
  /** What Ollama does, in its words: `pulling manifest`, `verifying sha256 digest`, … */
  status: string
  /** Bytes of the layers named so far. */
  completed: number
  total: number
}

/** Adds up the layers of a pull. Each line of progress is about one layer, by its digest. */
export class PullState {
  #status = ''
  readonly #layers = new Map<string, { completed: number; total: number }>()

  /** Takes a line of progress; true when it says `success`. */
  take(line: unknown): boolean {
    if (!isRecord(line) || typeof line['status'] !== 'string') return false
    const { status, digest } = line
    this.#status = typeof status === 'string' ? status : ''
    if (typeof digest === 'string') {
      const total = readBytes(line['total'])
      this.#layers.set(digest, { total, completed: Math.min(readBytes(line['completed']), total) })
    }
    return status === 'success'
  }

  progress(): PullProgress {
    const layers = [...this.#layers.values()]
    return {
      status: this.#status,
      completed: layers.reduce((sum, { completed }) => sum + completed, 0),
      total: layers.reduce((sum, { total }) => sum + total, 0),
    }
  }
}

function readBytes(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0
}
