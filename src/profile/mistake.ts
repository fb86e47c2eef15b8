import type { ProfileCode } from '../diagnostics/codes.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { maskShapes } from '../diagnostics/secret-shapes.ts'
import type { Locator, Path } from './locate.ts'

/** A mistake at a path of the profile, before its place in the source is looked up. */
export interface Mistake {
  path: Path
  /** Which of the two the caret goes under. */
  on: 'key' | 'value'
  code: ProfileCode
  severity: 'error' | 'warning'
  message: string
  hint?: string
  /** What stands there may be a credential. */
  secret?: boolean
}

export function toDiagnostic(mistake: Mistake, locator: Locator): Diagnostic {
  const { line, column, endLine, endColumn } = locator[mistake.on](mistake.path)
  return {
    code: mistake.code,
    severity: mistake.severity,
    message: maskShapes(mistake.message),
    ...(mistake.hint === undefined ? {} : { hint: maskShapes(mistake.hint) }),
    file: locator.file,
    line,
    column,
    endColumn,
    ...(endLine === line ? {} : { endLine }),
    ...(mistake.secret === true ? { secret: true } : {}),
  }
}

/** An error at a path. */
export function mistake(path: Path, on: 'key' | 'value', code: ProfileCode, message: string, hint?: string): Mistake {
  return { path, on, code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) }
}
