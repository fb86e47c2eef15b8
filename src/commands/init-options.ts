import { UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'

export interface InitOptions {
  yes?: boolean
  provider?: string[]
  policy?: string
  client?: string[]
  /** false with `--no-lock`. */
  lock?: boolean
  import?: string[]
  force?: boolean
  dryRun?: boolean
  undo?: boolean
  json?: boolean
  profile?: string
}

/** The names of a repeatable option, commas allowed; undefined when it was not given. Throws `UsageError`. */
export function readNames(
  given: readonly string[] | undefined,
  what: string,
  known: readonly string[],
): string[] | undefined {
  const names = given?.flatMap((list) => list.split(',')).flatMap((name) => name.trim() || [])
  for (const name of names ?? []) {
    if (known.includes(name)) continue
    const hint = didYouMean(name, known) ?? `there are ${known.join(', ')}`
    throw new UsageError(`sage init knows no ${what} called ${name}`, hint)
  }
  return names === undefined ? undefined : [...new Set(names)]
}
