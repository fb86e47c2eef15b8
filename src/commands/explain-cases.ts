import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { SageError, UsageError } from '../diagnostics/errors.ts'
import type { Case } from '../explain/cases/case.ts'
import { casesFormat, readCases } from '../explain/cases/read-cases.ts'
import type { Context } from './context.ts'
import { decodeText, readInputFile } from './explain-input.ts'

export interface FoundCases {
  cases: Case[]
  /** Mistakes of all files. */
  diagnostics: Diagnostic[]
}

/** What standard input is called in messages. */
const STDIN = '(standard input)'
/** Files of a folder that hold requests, by extension. */
const HOLDS_CASES = /\.(?:jsonl|ndjson|json|yaml|yml|txt|md)$/i
/** Files that may lie among them. */
const IS_OTHER = /^(?:readme\.md|sage\.ya?ml|.*\.lock\.yaml)$/i

/** Reads all files and folders that `--cases` names, in the order given; `-` is standard input. Throws `SageError`. */
export async function findCases(context: Context, paths: readonly string[]): Promise<FoundCases> {
  const found: FoundCases = { cases: [], diagnostics: [] }
  for (const path of paths) {
    for (const file of path === '-' ? [STDIN] : filesOf(context, path)) {
      const text = decodeText(file === STDIN ? await context.stdin.read() : readInputFile(context, file))
      const { cases, diagnostics } = readCases(text, file, casesFormat(file, text))
      for (const one of cases) found.cases.push(one)
      for (const one of diagnostics) found.diagnostics.push(one)
    }
  }
  if (found.cases.length === 0 && found.diagnostics.length === 0) {
    throw new UsageError(`there is no case in ${paths.join(', ')}`, 'see `sage help cases`')
  }
  return found
}

function filesOf({ cwd }: Context, path: string): string[] {
  try {
    if (!statSync(resolve(cwd, path)).isDirectory()) return [path.replaceAll('\\', '/')]
    return readdirSync(resolve(cwd, path), { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter(
        (name) =>
          HOLDS_CASES.test(name) && !name.split('/').some((part) => part.startsWith('.') || IS_OTHER.test(part)),
      )
      .sort()
      .map((name) => join(path, name).replaceAll('\\', '/'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new SageError('SAGE4004', `cannot read ${path}${code}`, { exitCode: 2, cause: error })
  }
}
