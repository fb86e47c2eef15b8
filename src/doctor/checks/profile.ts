import { CODES } from '../../diagnostics/codes.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Check } from '../check.ts'
import { error, info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'

const MEANS = {
  error: 'sage does not start with this profile',
  warning: 'sage starts, but this part of the profile may not do what it seems to',
}

export const profile: Check = {
  id: 'profile',
  title: 'which profile is used, and whether it is sound',
  run: async ({ profile: { problem, found, places, origin, diagnostics, profile: parsed } }) => {
    if (problem !== undefined) {
      return [error(problem.code, problem.message, { means: 'sage does not start', fix: problem.hint })]
    }
    const list = diagnostics.map(toObservation)
    if (found === undefined) {
      const means = `sage builds a profile itself at each start; looked at: ${places.join(', ')}`
      return [info('profile-built-in', `no profile file; ${origin}`, { means }), ...list]
    }
    const size =
      parsed === undefined ? '' : `: ${count(parsed.providers, 'provider')}, ${count(parsed.policies, 'policy')}`
    return [ok('profile-found', `${origin} is used${size}`), ...list]
  },
}

function toObservation({ code, severity, message, hint, file, line, column }: Diagnostic): Observation {
  const advice = { means: MEANS[severity], fix: hint ?? CODES[code].hint, source: { file, line, column } }
  return (severity === 'error' ? error : warning)(code, message, advice)
}

function count({ length }: readonly unknown[], noun: string): string {
  return `${length} ${length === 1 ? noun : noun.replace(/y$/, 'ie') + 's'}`
}
