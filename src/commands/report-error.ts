import { CommanderError } from 'commander'
import type { DiagnosticJson } from '../diagnostics/diagnostic.ts'
import { toJson } from '../diagnostics/diagnostic.ts'
import { CODES } from '../diagnostics/codes.ts'
import { ProfileError, SageError, UsageError } from '../diagnostics/errors.ts'
import { formatDiagnostics } from '../diagnostics/format.ts'
import { painter } from '../output/color.ts'
import { jsonText } from '../output/json.ts'
import { maskShapes } from '../diagnostics/secret-shapes.ts'
import { printable, printableLines } from '../output/printable.ts'
import type { Context } from './context.ts'
import { FAILED } from './exit-codes.ts'
import { colorOf, wantsJson } from './output-options.ts'

const BUG = CODES.SAGE4000.hint

/** An error as `--json` has it. */
interface ErrorDocument {
  version: 1
  error: { code: string; message: string; hint: string; diagnostics: DiagnosticJson[] }
}

/** Writes what went wrong: for people on stderr, with `--json` as a document on stdout. The answer is the exit code. */
export function reportError(thrown: unknown, context: Context): number {
  const error = thrown instanceof CommanderError ? toUsageError(thrown) : thrown
  const known = error instanceof SageError ? error : undefined
  if (wantsJson(context.argv)) context.stdout.write(jsonText(toDocument(error, known)))
  else context.stderr.write(known === undefined ? bugText(error, context) : knownText(known, context))
  if (known !== undefined && context.env['SAGE_DEBUG']) context.stderr.write(`${printableLines(known.stack ?? '')}\n`)
  return known?.exitCode ?? FAILED
}

/**
 * commander's text is `error: what` and, on a line of its own, `(Did you mean x?)`. It repeats an unknown option with its
 * value: somebody may have tried `--api-key=…`, and errors end up in logs.
 */
function toUsageError(error: CommanderError): UsageError {
  const [first = '', ...rest] = error.message.split('\n')
  const suggestion = rest.join(' ').replace(/^\((.*)\)$/, '$1')
  const what = maskShapes(first.replace(/^error: /, '').replace(/^(unknown option '(?:--[^=']+|-[^-])).*'$/, "$1'"))
  return new UsageError(what, suggestion === '' ? undefined : suggestion.replace(/^D/, 'd'))
}

function knownText(error: SageError, context: Context): string {
  const color = colorOf(context, 'stderr')
  if (error instanceof ProfileError) return formatDiagnostics(error.diagnostics, error.source, { color: color > 0 })
  const paint = painter(color)
  return `${paint.red('error')}: ${printable(error.message)}\n${paint.dim('hint')}: ${printable(error.hint)}\n`
}

function bugText(error: unknown, { version, platform }: Context): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${printableLines(stack)}\n${BUG} (sage ${version}, ${platform}); please report it with the lines above\n`
}

function toDocument(error: unknown, known: SageError | undefined): ErrorDocument {
  const diagnostics = error instanceof ProfileError ? toJson(error.diagnostics) : []
  if (known !== undefined) {
    return { version: 1, error: { code: known.code, message: known.message, hint: known.hint, diagnostics } }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { version: 1, error: { code: 'SAGE4000', message, hint: BUG, diagnostics } }
}
