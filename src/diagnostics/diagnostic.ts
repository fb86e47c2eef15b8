import type { CasesCode, ProfileCode } from './codes.ts'

/** One mistake in a file. Lines and columns count from 1; columns are UTF-16 units. */
export interface Diagnostic {
  code: ProfileCode | CasesCode
  severity: 'error' | 'warning'
  message: string
  /** What to do about it. */
  hint?: string
  file: string
  line: number
  column: number
  /** Column behind the last character on the line where it ends. */
  endColumn: number
  /** Line where it ends; absent when it is the same. */
  endLine?: number
  /** What stands there must not be shown: it may be a credential. */
  secret?: true
}

/** A diagnostic as `--json` has it. */
export interface DiagnosticJson {
  code: string
  severity: 'error' | 'warning'
  message: string
  hint?: string
  file: string
  line: number
  column: number
  endColumn: number
}

export function toJson(list: readonly Diagnostic[]): DiagnosticJson[] {
  return list.map(({ code, severity, message, hint, file, line, column, endColumn }) => ({
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    file,
    line,
    column,
    endColumn,
  }))
}

/** Order of reading; at one place errors come before warnings. */
export function byPosition(a: Diagnostic, b: Diagnostic): number {
  return (
    a.line - b.line ||
    a.column - b.column ||
    a.severity.localeCompare(b.severity) ||
    a.code.localeCompare(b.code) ||
    (a.message < b.message ? -1 : Number(a.message > b.message))
  )
}

export function hasErrors(list: readonly Diagnostic[]): boolean {
  return list.some(({ severity }) => severity === 'error')
}
