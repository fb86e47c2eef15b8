import { UsageError } from '../diagnostics/errors.ts'
import type { ExplainOptions } from './explain-options.ts'

type Name = keyof ExplainOptions

/** Options that mean nothing without one of the others. */
const NEEDS: readonly (readonly [option: Name, others: readonly Name[]])[] = [
  ['failOnChange', ['base', 'against']],
  ['id', ['log']],
  ['against', ['log']],
]

/** What is about many requests, or about all. */
const BATCH: readonly Name[] = ['cases', 'base', 'coverage', 'failUnder', 'prove', 'assert']

/** Options that rule the others out. A log has its own requests, and the profile that each was decided with. */
const EXCLUDES: readonly (readonly [option: Name, others: readonly Name[], hint: string])[] = [
  ['log', ['profile'], 'the log has its own; --against names another'],
  ['log', [...BATCH, 'simulate', 'request'], 'the requests are those of the log'],
  ['flip', ['base'], 'a comparison shows what differs, not what is near'],
  [
    'simulate',
    ['base', 'coverage', 'failUnder', 'prove', 'assert'],
    'it is about requests: a prompt, --request or --cases',
  ],
]

/** An option that would have no effect is a mistake: a check that nobody makes always succeeds. Throws `UsageError`. */
export function checkConflicts(given: ExplainOptions, args: readonly string[]): void {
  const isGiven = (name: Name): boolean => given[name] !== undefined
  for (const [option, others] of NEEDS) {
    if (!isGiven(option) || others.some(isGiven)) continue
    throw new UsageError(`${flag(option)} goes with ${others.map(flag).join(' or ')}`)
  }
  for (const [option, others, hint] of EXCLUDES) {
    const other = isGiven(option) ? others.find(isGiven) : undefined
    if (other !== undefined) throw new UsageError(`${flag(option)} does not go with ${flag(other)}`, hint)
  }
  if (isGiven('log') && args.length > 0) throw new UsageError('--log does not go with a prompt')
  if ((given.failUnder ?? 0) > 100)
    throw new UsageError(`--fail-under ${given.failUnder}: there are 100 percent at most`)
}

function flag(name: Name): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
