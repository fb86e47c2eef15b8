import { toJson } from '../diagnostics/diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { CODES } from '../diagnostics/codes.ts'
import { githubMistakes } from '../explain/views/github.ts'
import { painter } from '../output/color.ts'
import { jsonText } from '../output/json.ts'
import { printable } from '../output/printable.ts'
import type { Context } from './context.ts'
import { githubPath } from './github-path.ts'
import { colorOf } from './output-options.ts'

/** Mistakes shown to a person; programs get them all. */
const MOST = 100

/** Writes all that is wrong with cases: `file:line: error SAGE2002: …` on stderr, a document with `--json`. */
export function writeMistakes(context: Context, diagnostics: readonly Diagnostic[], format: string): void {
  const [first] = diagnostics
  if (first === undefined) return
  if (format === 'json') {
    const more = diagnostics.length === 1 ? '' : ` (and ${diagnostics.length - 1} more)`
    const message = `${first.file}:${first.line}: ${first.message}${more}`
    const hint = first.hint ?? CODES[first.code].hint
    const error = { code: first.code, message, hint, diagnostics: toJson(diagnostics) }
    return context.stdout.write(jsonText({ version: 1, error }))
  }
  if (format === 'github') context.stdout.write(githubMistakes(diagnostics, githubPath(context)))
  const paint = painter(colorOf(context, 'stderr'))
  for (const { file, line, code, message, hint } of diagnostics.slice(0, MOST)) {
    context.stderr.write(`${printable(file)}:${line}: ${paint.red('error')} ${code}: ${printable(message)}\n`)
    context.stderr.write(`  ${paint.cyan('hint:')} ${printable(hint ?? CODES[code].hint)}\n`)
  }
  if (diagnostics.length > MOST) context.stderr.write(`… and ${diagnostics.length - MOST} more\n`)
}
