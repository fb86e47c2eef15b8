import type { Files } from './effects.ts'
import type { Finding, Repair } from './finding.ts'

/** What was done about a finding, or would be. */
export interface Repaired {
  finding: Finding
  /** `set the mode of … to 0600`, in words. */
  action: string
  /** Why it could not be done; absent when it was, or nothing was tried. */
  problem?: string
}

/** Mends what is safe to mend, one after the other. With `dryRun` it only says what it would do. */
export async function repairAll(findings: readonly Finding[], files: Files, dryRun: boolean): Promise<Repaired[]> {
  const done: Repaired[] = []
  for (const finding of findings) {
    if (finding.repair === undefined) continue
    const action = describe(finding.repair)
    const problem = dryRun ? undefined : await apply(finding.repair, files)
    done.push({ finding, action, ...(problem === undefined ? {} : { problem }) })
  }
  return done
}

async function apply(repair: Repair, files: Files): Promise<string | undefined> {
  try {
    if (repair.kind === 'mode') await files.setMode(repair.path, repair.mode)
    else await addLine(repair.path, repair.line, files)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function addLine(path: string, line: string, files: Files): Promise<void> {
  const text = (await files.read(path)) ?? ''
  if (text.split(/\r?\n/).includes(line)) return
  await files.append(path, `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`)
}

function describe(repair: Repair): string {
  return repair.kind === 'mode'
    ? `set the mode of ${repair.path} to ${repair.mode.toString(8).padStart(4, '0')}`
    : `add "${repair.line}" to ${repair.path}`
}
