import { getHeapStatistics } from 'node:v8'

const MIB = 1_048_576

/** Request bodies held at once, in bytes. They are no part of V8's heap. */
const MAX_BODY_BYTES = 256 * MIB
/** Of the heap, how much may be in use before new work is refused. */
const FULL = 0.9
/** What V8's limit counts for young objects, in bytes: long-lived ones never get that room. */
const YOUNG_BYTES = 48 * MIB
/** What a body may take when it is the only one: what else is in use then is mostly garbage that nobody has collected. */
const ALONE = 0.6
/** Heap that one byte of a body may come to when it has to be parsed whole. */
const EXPANSION = 6
/** Bodies below this size are judged by a reading of the heap that may be so old, in bytes and ms. */
const SMALL_BYTES = 64 * 1024
const READING_MS = 100

export interface Heap {
  /** Bytes in use. */
  used: number
  /** Bytes at which the process ends. */
  limit: number
}

/** V8's heap, without the room that only young objects get. */
export function readHeap(): Heap {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return { used, limit: Math.max(limit - YOUNG_BYTES, limit / 3) }
}

/** The bytes of one request's body, counted for as long as the request lasts. */
export interface BodyLease {
  /** Whether a body of that size may be worked on now, by what is left of the heap. */
  admits(bytes: number): boolean
  /** Whether so many bytes more may be held. */
  take(bytes: number): boolean
  release(): void
}

/** Refuses new work before the process runs out of memory: an error that a client may retry is better than an end for all. */
export class MemoryGuard {
  readonly #readHeap: () => Heap
  readonly #mono: () => number
  #held = 0
  #reading: { heap: Heap; at: number } | undefined

  constructor(mono: () => number, heap: () => Heap = readHeap) {
    this.#mono = mono
    this.#readHeap = heap
  }

  /** `largest`: one body alone may be of that size, in bytes, whatever the limit for all is. */
  lease(largest: number): BodyLease {
    const limit = Math.max(MAX_BODY_BYTES, largest)
    let taken = 0
    return {
      admits: (bytes) => {
        const { used, limit: most } = this.#heap(bytes < SMALL_BYTES)
        const isAlone = this.#held === taken
        return used + bytes * EXPANSION <= most * FULL || (isAlone && bytes * EXPANSION <= most * ALONE)
      },
      take: (bytes) => {
        if (this.#held + bytes > limit) return false
        this.#held += bytes
        taken += bytes
        return true
      },
      release: () => {
        this.#held -= taken
        taken = 0
      },
    }
  }

  #heap(mayBeOld: boolean): Heap {
    const now = this.#mono()
    if (mayBeOld && this.#reading !== undefined && now - this.#reading.at < READING_MS) return this.#reading.heap
    const heap = this.#readHeap()
    this.#reading = { heap, at: now }
    return heap
  }
}
