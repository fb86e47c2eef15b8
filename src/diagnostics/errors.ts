import type { Code } from './codes.ts'
import { CODES } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { hasErrors } from './diagnostic.ts'

export interface SageErrorOptions {
  hint?: string
  /** 1 the answer is no, 2 usage or invalid profile, 3 could not run (the default). */
  exitCode?: number
  cause?: unknown
}

/** An error that is the user's business: one line and a hint, no stack. */
export class SageError extends Error {
  override name = 'SageError'
  readonly code: Code
  readonly hint: string
  readonly exitCode: number

  constructor(code: Code, message: string, options: SageErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint ?? CODES[code].hint
    this.exitCode = options.exitCode ?? 3
  }
}

/** The command line asks for something that does not exist or does not fit. Exit code 2. */
export class UsageError extends SageError {
  override name = 'UsageError'

  constructor(message: string, hint?: string) {
    super('SAGE4001', message, { exitCode: 2, ...(hint === undefined ? {} : { hint }) })
  }
}

/** The profile has mistakes. Exit code 2; `diagnostics` has them all, warnings too; `source` is its text. */
export class ProfileError extends SageError {
  override name = 'ProfileError'
  readonly diagnostics: readonly Diagnostic[]
  readonly source: string

  constructor(diagnostics: readonly Diagnostic[], source: string) {
    const errors = diagnostics.filter((one) => one.severity === 'error')
    const first = errors[0] ?? diagnostics[0]
    if (first === undefined || !hasErrors(diagnostics)) throw new TypeError('a ProfileError needs an error')
    const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`
    super(first.code, `${first.file}:${first.line}:${first.column}: ${first.message}${more}`, {
      exitCode: 2,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    })
    this.diagnostics = diagnostics
    this.source = source
  }
}
