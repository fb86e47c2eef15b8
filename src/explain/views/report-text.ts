import { targetOf } from '../../catalog/types.ts'
import { painter } from '../../output/color.ts'
import { printable } from '../../output/printable.ts'
import { table, wrap } from '../../output/table.ts'
import type { Coverage } from '../coverage.ts'
import type { ChangeKind, Diff } from '../diff/diff.ts'
import type { ChangeGroup } from '../diff/group.ts'
import { groupChanges } from '../diff/group.ts'
import type { Proof } from '../prove.ts'
import type { Report, Result } from '../report.ts'
import { explainText } from '../text.ts'
import type { TextOptions } from '../text.ts'
import { remark } from './check-blocks.ts'
import { DRILL_HEAD, drilled, drillRows, drillSum } from './drill.ts'
import {
  causeNames,
  change,
  contextName,
  counted,
  firstName,
  grouped,
  limitChanges,
  localityName,
  placeName,
  priceName,
  ruleName,
} from './words.ts'

const INDENT = '  '
const MOST_EXAMPLES = 5
const MOST_FALLBACKS = 2

/** The whole report for a terminal: one request in full, several a line each. */
export function reportText(report: Report, options: TextOptions): string {
  const { results, diff, coverage, proof } = report
  const [only] = results
  const isOne = results.length === 1 && only?.failures === undefined
  const sections = [
    diff === undefined ? '' : diffText(diff, report.profile, options),
    diff !== undefined || results.length === 0
      ? ''
      : isOne && only
        ? explainText(only, options)
        : resultsTable(results),
    drillText(results),
    failuresText(results, options),
    coverage === undefined ? '' : coverageText(coverage, options),
    proof === undefined ? '' : proofText(proof, options),
  ]
  return sections.filter((section) => section !== '').join('\n')
}

function resultsTable(results: readonly Result[]): string {
  const rows = results.map(({ id, decision, failures }) => [
    printable(id),
    printable(decision.intent.label),
    printable(ruleName(decision)),
    printable(firstName(decision)),
    failures === undefined ? '' : failures.length === 0 ? 'ok' : 'FAILED',
    printable(fallbacks(decision.chain)),
  ])
  return columns([['request', 'intent', 'rule', 'first', 'expected', 'then'], ...rows])
}

/** What comes of the requests when providers fail, and the sum of it. */
function drillText(results: readonly Result[]): string {
  const all = drilled(results)
  if (all.length === 0) return ''
  return `${columns([[...DRILL_HEAD], ...drillRows(all)])}${printable(drillSum(all))}\n`
}

/** Columns without wrapping: a table that wraps takes too long for thousands of rows. */
function columns(rows: readonly string[][]): string {
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function fallbacks(chain: readonly { provider: string; model: string }[]): string {
  const rest = chain.slice(1, 1 + MOST_FALLBACKS).map(({ provider, model }) => `${provider}/${model}`)
  const left = chain.length - 1 - rest.length
  return [...rest, ...(left > 0 ? [`${left} more`] : [])].join(', ')
}

function failuresText(results: readonly Result[], { color, width }: TextOptions): string {
  const paint = painter(color)
  const expected = results.filter(({ failures }) => failures !== undefined)
  if (expected.length === 0) return ''
  const failed = expected.filter(({ failures = [] }) => failures.length > 0)
  const lines = failed.flatMap(({ id, place, failures = [] }) => [
    `${paint.red('FAILED')} ${printable(id)}${place === undefined ? '' : ` (${printable(placeName(place))})`}`,
    ...failures.map((failure) => indented(printable(failure), width)),
  ])
  const passed = expected.length - failed.length
  const sum = `${counted(expected.length, 'expectation')}: ${passed} as expected, ${failed.length} failed`
  return [...lines, sum, ''].join('\n')
}

function diffText({ base, isNew, compared, changes, parts }: Diff, head: string, options: TextOptions): string {
  const paint = painter(options.color)
  const sides = printable(`${base} → ${head}`)
  if (isNew) return `${sides}: the profile is new, ${counted(compared, 'request')} decided\n`
  if (changes.length === 0) return `${sides}: all ${counted(compared, 'request')} are decided as before\n`
  const verb = changes.length === 1 ? 'is' : 'are'
  const title = `${sides}: ${paint.bold(`${counted(changes.length, 'request')} of ${grouped(compared)}`)} ${verb} decided otherwise`
  const groups = groupChanges(changes).map((group) => groupText(group, options))
  return [title, '', ...groups, `${counted(parts.length, 'difference')} in all that may matter to a decision`, ''].join(
    '\n',
  )
}

function groupText({ like, changes }: ChangeGroup, { color, width }: TextOptions): string {
  const paint = painter(color)
  const { before, after, models, cause, term, kinds } = like
  if (before === undefined) return ''
  const ids = changes.slice(0, MOST_EXAMPLES).map(({ id }) => printable(id))
  const left = changes.length - ids.length
  const facts = [
    `price ${change(priceName(models.before), priceName(models.after))}`,
    change(localityName(models.before), localityName(models.after)),
    `context ${change(contextName(models.before), contextName(models.after))}`,
  ]
  const limits = limitChanges(before, after)
  const what = kinds.includes('fallbacks') ? ' (other fallbacks)' : kinds.every(isLimit) ? ' (other limits)' : ''
  return [
    `${paint.red(printable(firstName(before)))} → ${paint.green(printable(firstName(after)))}${what}`,
    indented(
      printable(`${counted(changes.length, 'request')}: ${ids.join(', ')}${left > 0 ? ` and ${left} more` : ''}`),
      width,
    ),
    indented(printable(`rule ${change(ruleName(before), ruleName(after))}`), width),
    ...causeNames(cause).map((name) => indented(printable(`because ${name}`), width)),
    ...(term === undefined ? [] : [indented(`term ${term.term} +${Number(term.points.toFixed(2))}`, width)]),
    ...(limits.length === 0 ? [] : [indented(`limits ${limits.join(', ')}`, width)]),
    indented(facts.join(', '), width),
    '',
  ].join('\n')
}

function isLimit(kind: ChangeKind): boolean {
  return kind === 'attempts' || kind === 'limits'
}

function coverageText({ rules, covered, percent, atLeast, isEnough }: Coverage, { width }: TextOptions): string {
  const rows = rules.map((rule) => [
    printable(`${rule.policy}/${rule.rule}`),
    printable(placeName(rule.source)),
    String(rule.count),
    printable(remark(rule)),
  ])
  const wanted = atLeast === undefined ? '' : `; at least ${atLeast} % wanted${isEnough ? '' : ': NOT ENOUGH'}`
  return [
    table(rows, { head: ['rule', 'where', 'requests', ''], align: ['left', 'left', 'right'], width }),
    `${covered} of ${counted(rules.length, 'rule')} decided a request (${percent} %)${wanted}`,
    '',
  ].join('\n')
}

function proofText({ reaches, claims }: Proof, { color, width }: TextOptions): string {
  const paint = painter(color)
  const rows = reaches.map(({ policy, rule, targets }) => [
    policy === '' ? '(pin)' : printable(policy),
    printable(rule),
    String(targets.length),
    [...new Set(targets.map(localityName))].join('+'),
    printable(targets.slice(0, MOST_EXAMPLES).map(targetOf).join(', ') + (targets.length > MOST_EXAMPLES ? ', …' : '')),
  ])
  const lines = claims.flatMap(({ claim, targets, offenders }) => [
    `${offenders.length === 0 ? paint.green('holds') : paint.red('DOES NOT HOLD')} ${printable(claim)} (${counted(targets, 'target')})`,
    ...offenders.map(({ target, policy, rule, source }) =>
      indented(
        printable(
          `${target} by ${policy === '' ? 'pin' : policy}/${rule}${source === undefined ? '' : ` (${placeName(source)})`}`,
        ),
        width,
      ),
    ),
  ])
  const reach = table(rows, {
    head: ['policy', 'rule', 'targets', 'where', ''],
    align: ['left', 'left', 'right'],
    width,
  })
  return [reach, ...lines, ''].join('\n')
}

function indented(text: string, width: number): string {
  return INDENT + wrap(text, Math.max(30, width - INDENT.length)).replaceAll('\n', `\n${INDENT}${INDENT}`)
}
