import type { ProfileCode } from '../diagnostics/codes.ts'

/** A mistake in the YAML itself; offsets into the text. */
export interface YamlProblem {
  code: ProfileCode
  message: string
  hint?: string
  start: number
  end: number
}
