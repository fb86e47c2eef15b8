import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { ProfileError } from '../diagnostics/errors.ts'

/** A profile with mistakes, and its text to show them in. */
export class InvalidProfile extends ProfileError {
  readonly source: string

  constructor(diagnostics: readonly Diagnostic[], source: string) {
    super(diagnostics)
    this.source = source
  }
}
