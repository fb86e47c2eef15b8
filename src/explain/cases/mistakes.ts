import type { CasesCode } from '../../diagnostics/codes.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { maskShapes } from '../../diagnostics/secret-shapes.ts'
import type { Place } from './case.ts'

/** What is wrong with a case. `path` leads to it from the case, e.g. `expect.model`; '' is the case itself. */
export interface CaseMistake {
  code: CasesCode
  path: string
  message: string
  hint?: string
}

/** A mistake as people and programs get it. `column` when it is known. */
export function toDiagnostic(mistake: CaseMistake, { file, line }: Place, column: number = 1): Diagnostic {
  const { code, path, message, hint } = mistake
  return {
    code,
    severity: 'error',
    message: maskShapes(path === '' ? message : `\`${path}\`: ${message}`),
    ...(hint === undefined ? {} : { hint }),
    file,
    line,
    column,
    endColumn: column + 1,
  }
}
