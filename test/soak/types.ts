// What a load scenario measures, and how it is told.
import type { Bench } from './bench.ts'

/** One measured goal. */
export interface Measure {
  /** `L-` load, `E-` environment. */
  id: string
  goal: string
  /** What must hold; absent: the figure is told, and nothing fails. */
  gate?: string
  measured: string
  /** The gate holds; true without a gate. */
  ok: boolean
}

export interface Scenario {
  /** Goals that it measures. */
  ids: readonly string[]
  /** Files that it opens at a time in one process, at full scale. */
  openFiles?: number
  /** Rejects when nothing could be measured. */
  run(bench: Bench): Promise<Measure[]>
}
