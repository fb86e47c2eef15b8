import { table } from '../output/table.ts'
import { printable } from '../output/printable.ts'
import type { Difference } from './first-difference.ts'
import type { Change, Outcome } from './replay-changes.ts'
import type { Block } from './views/blocks.ts'

/** What deciding a log again has brought. */
export interface ReplayReport {
  version: 1
  log: string
  /** Decisions that were decided again. */
  decisions: number
  /** Those whose decision is not the logged one, each with the first difference. */
  different: (Difference & { id: string; time: string; line: number; sage: string })[]
}

/** What another profile makes of a log. */
export interface AgainstReport {
  version: 1
  log: string
  /** The other profile. */
  against: string
  decisions: number
  changes: Change[]
}

/** Rows shown; the JSON view has them all. */
const MOST = 50

export function replayText({ log, decisions, different }: ReplayReport): string {
  const count = plural(decisions, 'decision')
  if (different.length === 0) return `${printable(log)}: ${count}, decided again: no difference\n`
  const lines = different
    .slice(0, MOST)
    .map(({ id, line, path, logged, replayed }) =>
      printable(`  ${log}:${line}: ${id}: ${path} was ${valueText(logged)}, is now ${valueText(replayed)}`),
    )
  const verb = different.length === 1 ? 'differs' : 'differ'
  return [
    `${printable(log)}: ${count}, decided again: ${different.length} ${verb}`,
    ...lines,
    ...more(different),
    '',
  ].join('\n')
}

export function replayBlocks(report: ReplayReport): Block[] {
  const [head = '', ...lines] = replayText(report)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.length === 0 ? [paragraph(head)] : [paragraph(head), { kind: 'list', items: lines }]
}

export function againstText(report: AgainstReport, width: number): string {
  const head = summary(report)
  if (report.changes.length === 0) return `${head}\n`
  const groups = groupChanges(report.changes)
  const rows = groups.slice(0, MOST).map(({ count, example }) => cells(count, example).map(printable))
  const options = { head: [...HEAD], align: ['right' as const], width, indent: '  ' }
  return [head, '', table(rows, options), ...more(groups), ''].join('\n')
}

export function againstBlocks(report: AgainstReport): Block[] {
  const groups = groupChanges(report.changes)
  const rows = groups.slice(0, MOST).map(({ count, example }) => cells(count, example))
  const changes: Block[] = rows.length === 0 ? [] : [{ kind: 'table', head: [...HEAD], rows }]
  return [paragraph(summary(report)), ...changes, ...more(groups).filter(Boolean).map(paragraph)]
}

const HEAD = ['requests', 'asked for', 'intent', 'logged', 'now', 'why', 'for example'] as const

function summary({ log, against, decisions, changes }: AgainstReport): string {
  const count = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).length
  const parts = [
    `${count('target')} go elsewhere first`,
    `${count('chain')} have other fallbacks`,
    `${count('rule')} are decided by another rule`,
  ]
  const what = changes.length === 0 ? 'nothing changes' : parts.join(', ')
  return `${printable(log)} under ${printable(against)}: ${plural(decisions, 'request')}, ${what}`
}

interface Group {
  count: number
  example: Change
}

/** Changes that look alike, most frequent first. */
function groupChanges(changes: readonly Change[]): Group[] {
  const groups = new Map<string, Group>()
  for (const example of changes) {
    const key = JSON.stringify([example.asked, example.intent, example.before, example.after])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { count: 1, example })
    else known.count++
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

function cells(count: number, { id, asked, intent, kind, before, after }: Change): string[] {
  const [from, to] =
    kind === 'chain' ? [before.chain.join(', '), after.chain.join(', ')] : [firstOf(before), firstOf(after)]
  const [was, is] = [ruleOf(before), ruleOf(after)]
  return [String(count), asked || 'auto', intent, from, to, was === is ? was : `${was} → ${is}`, id]
}

function firstOf({ chain, error }: Outcome): string {
  return chain[0] ?? error ?? 'nobody'
}

function ruleOf({ policy, rule }: Outcome): string {
  return policy === '' ? rule || 'unknown name' : `${policy}/${rule}`
}

function more(list: readonly unknown[]): string[] {
  return list.length > MOST ? ['', `and ${list.length - MOST} more`] : []
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text }
}

function valueText(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
