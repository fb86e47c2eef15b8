import type { CheckId } from './check-ids.ts'
import type { Finding, Level } from './finding.ts'
import type { Repaired } from './repair.ts'

/** What doctor found and did; every view is made of it. */
export interface Report {
  /** Versions of sage and Node. */
  version: string
  nodeVersion: string
  /** Where the profile came from, in words. */
  origin: string
  /** Path of the profile; absent when it is no file. */
  profile?: string
  /** In the order of the checks. */
  findings: readonly Finding[]
  repairs: readonly Repaired[]
  /** Repairs were only told. */
  dryRun: boolean
  /** Checks that did not run, and why. */
  skipped: readonly { check: CheckId; because: 'offline' | 'not_live' }[]
}

/** How many findings there are of each level. Those that a repair mended do not count. */
export function countLevels({ findings, repairs, dryRun }: Report): Record<Level, number> {
  const counts: Record<Level, number> = { ok: 0, info: 0, warning: 0, error: 0 }
  const mended = new Set(
    dryRun ? [] : repairs.filter(({ problem }) => problem === undefined).map(({ finding }) => finding),
  )
  for (const finding of findings) if (!mended.has(finding)) counts[finding.level]++
  return counts
}
