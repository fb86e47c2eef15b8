import type { ChalkInstance } from 'chalk'
import { printable } from '../../output/printable.ts'
import { wrap } from '../../output/table.ts'
import { CHECK_IDS } from '../check-ids.ts'
import type { Finding, Level } from '../finding.ts'
import type { Report } from '../report.ts'
import { countLevels } from '../report.ts'

export interface TextView {
  paint: ChalkInstance
  /** Columns of the terminal. */
  width: number
  /** Whether the terminal shows more than ASCII. */
  unicode: boolean
}

const MARKS: Readonly<Record<Level, readonly [unicode: string, ascii: string]>> = {
  ok: ['✓', 'ok'],
  info: ['·', '--'],
  warning: ['!', '!!'],
  error: ['✗', 'XX'],
}

/** The report for people: a block for each check, and what to do under each finding. */
export function reportText(report: Report, view: TextView): string {
  const { paint } = view
  const blocks = CHECK_IDS.flatMap((id) => {
    const own = report.findings.filter(({ check }) => check === id)
    return own.length === 0 ? [] : [[paint.bold(id), ...own.flatMap((finding) => lines(finding, view))].join('\n')]
  })
  const head = `sage ${report.version}, Node ${report.nodeVersion}, profile: ${printable(report.origin)}`
  const parts = [head, ...blocks, ...repairs(report), summary(report, view)]
  const text = `${parts.join('\n\n')}\n`
  return view.unicode ? text : toAscii(text)
}

function lines(finding: Finding, view: TextView): string[] {
  const { level, message, means, fix, source } = finding
  const place = source === undefined ? '' : `${source.file}:${source.line}:${source.column}: `
  const [unicode, ascii] = MARKS[level]
  const mark = colorOf(level, view.paint)(view.unicode ? unicode : ascii)
  return [
    block(`  ${mark} `, '    ', place + message, view),
    ...(means === undefined ? [] : [block('    ', '    ', means, view, view.paint.dim)]),
    ...(fix === undefined ? [] : [block(`    ${view.paint.cyan('fix:')} `, '         ', fix, view)]),
  ]
}

function block(
  first: string,
  next: string,
  text: string,
  { width }: TextView,
  style = (part: string): string => part,
): string {
  const [head = '', ...rest] = wrap(printable(text), Math.max(30, width - next.length)).split('\n')
  return [first + style(head), ...rest.map((line) => next + style(line))].join('\n')
}

function repairs({ repairs: list, dryRun }: Report): string[] {
  if (list.length === 0) return []
  const told = list.map(({ action, problem }) => {
    if (problem !== undefined) return `could not ${printable(action)}: ${printable(problem)}`
    return `${dryRun ? 'would' : 'did'} ${printable(action)}`
  })
  return [told.join('\n')]
}

function summary(report: Report, { paint }: TextView): string {
  const { error, warning } = countLevels(report)
  const skipped = report.skipped.filter(({ because }) => because === 'offline').length
  const fixable = report.findings.filter(({ repair }) => repair !== undefined).length
  const words = [
    ...(error === 0 ? [] : [paint.red(`${error} ${error === 1 ? 'error' : 'errors'}`)]),
    ...(warning === 0 ? [] : [paint.yellow(`${warning} ${warning === 1 ? 'warning' : 'warnings'}`)]),
  ]
  return [
    words.length === 0 ? paint.green('nothing is wrong') : words.join(', '),
    ...(skipped === 0 ? [] : [`${skipped} checks left out (--offline)`]),
    ...(fixable === 0 || report.repairs.length > 0 ? [] : [`${fixable} can be mended by: sage doctor --fix`]),
  ].join('; ')
}

function colorOf(level: Level, paint: ChalkInstance): (text: string) => string {
  switch (level) {
    case 'ok':
      return paint.green
    case 'info':
      return paint.dim
    case 'warning':
      return paint.yellow
    case 'error':
      return paint.red
  }
}

function toAscii(text: string): string {
  return text.replaceAll('…', '...').replaceAll('→', '->')
}
