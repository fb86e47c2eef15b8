import { codeFrameColumns } from '@babel/code-frame'
import type { ChalkInstance } from 'chalk'
import { Chalk } from 'chalk'
import { CODES } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { maskSource } from './mask.ts'

/** Longest part of a line that is shown, in characters. */
const WIDTH = 120
/** So many diagnostics get a frame, and so many a line; the rest is counted. */
const FRAMES = 30
const LINES = 100

export interface FormatOptions {
  color: boolean
}

/**
 * The diagnostics as people read them: `file:line:col: error SAGE1011: …`, the place in the source with a caret, and a
 * hint. Credentials in the source are shown as stars, control characters as `·`. Ends with a newline unless empty.
 */
export function formatDiagnostics(list: readonly Diagnostic[], sourceText: string, options: FormatOptions): string {
  const chalk = new Chalk({ level: options.color ? 1 : 0 })
  const lines = maskSource(sourceText.replace(/^\uFEFF/, ''), list)
  const blocks = list.slice(0, LINES).map((one, index) => {
    const parts = [headline(one, chalk)]
    if (index < FRAMES) parts.push(paint(frame(one, lines), chalk))
    parts.push(`  ${chalk.cyan('hint:')} ${printable(one.hint ?? CODES[one.code].hint)}`)
    return `${parts.join('\n')}\n`
  })
  if (list.length > LINES) blocks.push(`… and ${list.length - LINES} more\n`)
  return blocks.join('\n')
}

function headline({ file, line, column, severity, code, message }: Diagnostic, chalk: ChalkInstance): string {
  const kind = severity === 'error' ? chalk.red.bold('error') : chalk.yellow.bold('warning')
  return `${printable(file)}:${line}:${column}: ${kind} ${code}: ${printable(message)}`
}

/** The line with one before and one after it. Long lines are cut around the column. */
function frame({ line, column, endColumn, endLine = line }: Diagnostic, lines: readonly string[]): string {
  const shift = column > WIDTH - 20 ? column - 41 : 0
  const cut = (text: string, from: number): string => printable(text.slice(from, from + WIDTH))
  const from = Math.max(line - 2, 0)
  // code-frame takes the whole source, so what it does not show is left empty
  const shown = lines.slice(0, line + 1).map((text, row) => (row < from ? '' : cut(text, row === line - 1 ? shift : 0)))
  const length = shown[line - 1]?.length ?? 0
  const start = column - shift
  const end = endLine > line ? length + 1 : Math.min(endColumn - shift, length + 1)
  return codeFrameColumns(
    shown.join('\n'),
    { start: { line, column: start }, end: { line, column: Math.max(end, start + 1) } },
    { linesAbove: 1, linesBelow: 1, highlightCode: false },
  )
}

/** Colours the frame's margins and caret; the source itself is YAML, for which code-frame has no colours. */
function paint(text: string, chalk: ChalkInstance): string {
  return text
    .split('\n')
    .map((line) => {
      if (/^ +\|[ \t]+\^+$/.test(line)) return chalk.red.bold(line)
      return line.replace(/^[> ] *\d+ \|/, (margin) => (line.startsWith('>') ? chalk.red(margin) : chalk.dim(margin)))
    })
    .join('\n')
}

/** What a terminal would act on, or what reorders or hides text; each becomes a mark, so that columns stay. */
const CONTROLS =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A profile may come from somebody else: its text must not steer the terminal. */
function printable(text: string): string {
  return text.replace(CONTROLS, '·')
}
