// Load by number and by rate, and what is told of many figures.

/** Runs `task` for 0 … count-1, at most `width` at a time. Rejects with the first failure. */
export async function inParallel(count: number, width: number, task: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) await task(next++)
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker))
}

/** The value under which this share (0 to 1) of them lies; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Monotonic time in ms that is the same in all processes of the machine. */
export function machineTime(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000
}

/** A repeatable sequence of numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Bytes as whole megabytes, with a sign where it is a difference. */
export function megabytes(bytes: number, signed: boolean = false): string {
  const text = (bytes / 1_048_576).toFixed(1)
  return signed && bytes >= 0 ? `+${text} MB` : `${text} MB`
}
