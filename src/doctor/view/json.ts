import type { Finding, Level } from '../finding.ts'
import type { Report } from '../report.ts'
import { countLevels } from '../report.ts'

/** The report as `--json` has it: schemas/doctor.schema.json. */
export interface ReportDocument {
  version: 1
  sage: string
  node: string
  /** Path of the profile; null when it is no file. */
  profile: string | null
  origin: string
  findings: FindingDocument[]
  repairs: { check: string; code: string; action: string; done: boolean; problem?: string }[]
  skipped: { check: string; because: string }[]
  summary: Record<Level, number>
}

type FindingDocument = Omit<Finding, 'repair'> & { fixable: boolean }

export function reportJson(report: Report): ReportDocument {
  const { version, nodeVersion, profile, origin, findings, repairs, dryRun, skipped } = report
  return {
    version: 1,
    sage: version,
    node: nodeVersion,
    profile: profile ?? null,
    origin,
    findings: findings.map(({ repair, ...finding }) => ({ ...finding, fixable: repair !== undefined })),
    repairs: repairs.map(({ finding, action, problem }) => ({
      check: finding.check,
      code: finding.code,
      action,
      done: !dryRun && problem === undefined,
      ...(problem === undefined ? {} : { problem }),
    })),
    skipped: [...skipped],
    summary: countLevels(report),
  }
}
