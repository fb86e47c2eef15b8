import type { ChalkInstance } from 'chalk'
import { painter } from '../output/color.ts'
import type { ColorLevel } from '../output/color.ts'
import { printable } from '../output/printable.ts'
import { table, wrap } from '../output/table.ts'
import type { Candidate, Decision, Evidence, Facts, Intent } from '../policy/types.ts'
import type { Flip } from './flip.ts'
import { quote } from './quote.ts'
import type { Result } from './report.ts'
import { limitNames } from './views/words.ts'

export interface TextOptions {
  color: ColorLevel
  /** Columns of the terminal. */
  width: number
}

/** Pieces of evidence shown; the JSON view has them all. */
const MAX_EVIDENCE = 8
/** Models shown that are dropped for one and the same reason. */
const MAX_ALIKE = 5
/** Changes shown that would choose another model. */
const MOST_FLIPS = 3
/** Evidence that is no piece of the turn: offered tools, the turn before. */
const ELSEWHERE = '(outside the prompt)'
const LABEL = 10
const INDENT = '  '

/** One decision for a person: the answer first, then what was recognised, what decided, and why each model stands where. */
export function explainText({ facts, decision, flips = [] }: Result, { color, width }: TextOptions): string {
  const paint = painter(color)
  const line = (label: string, text: string): string =>
    paint.dim(label.padEnd(LABEL)) + wrap(text, Math.max(30, width - LABEL)).replaceAll('\n', '\n' + ' '.repeat(LABEL))
  const limits = limitNames(decision).join(', ')
  const parts = [
    line('answer', answer(decision, paint)),
    line('request', request(facts)),
    line('intent', intentText(decision.intent)),
    evidence(decision.intent.evidence, facts.turn, width, paint),
    ...decider(decision).map(([label, text]) => line(label, text)),
    limits === '' ? '' : line('limits', `at most ${limits}`),
    decision.sticky ? line('session', "kept on the session's last target") : '',
    ...decision.notes.map((note) => line('note', printable(note))),
    ...flips.slice(0, MOST_FLIPS).map((flip, at) => line(at === 0 ? 'flips' : '', flipText(flip))),
    candidates(decision.candidates, width),
  ]
  return parts.filter((part) => part !== '').join('\n') + '\n'
}

function intentText({ label, confidence, lowConfidence }: Intent): string {
  const low = lowConfidence === true ? 'low confidence' : 'confidence'
  return `${printable(label)} (${low} ${confidence.toFixed(2)})`
}

function answer(decision: Decision, paint: ChalkInstance): string {
  const { chain, error, maxAttempts } = decision
  if (error !== undefined) {
    const near = error.near.length === 0 ? '' : `; near: ${error.near.map(printable).join(', ')}`
    return paint.red('no target') + `: ${printable(error.message)}${near} (${error.code})`
  }
  const [first = '', ...rest] = chain.map((target) => printable(`${target.provider}/${target.model}`))
  const then = rest.length === 0 ? '' : `, then ${rest.join(', ')}`
  return `${paint.green(first)}${then} (at most ${maxAttempts} ${maxAttempts === 1 ? 'attempt' : 'attempts'})`
}

function request(facts: Facts): string {
  const parts = [
    facts.dialect,
    facts.model === '' ? 'no model named' : `model ${printable(facts.model)}`,
    `about ${facts.inputTokens} input tokens`,
    facts.stream ? 'stream' : '',
    facts.tools > 0
      ? `${facts.tools} ${facts.tools === 1 ? 'tool' : 'tools'}${facts.toolForced ? ' (forced)' : ''}`
      : '',
    facts.inToolLoop ? 'in a tool loop' : '',
    facts.vision ? 'images' : '',
    facts.documents ? 'documents' : '',
    facts.json === 'none' ? '' : `JSON ${facts.json}`,
    facts.thinking === 'unset' ? '' : `thinking ${facts.thinking}`,
    facts.client === '' ? '' : `client ${printable(facts.client)}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** `openai/gpt-5 if weight price of policy auto: 1 → 2.4`, and the rule when it is another one. */
function flipText({ first, change, rule }: Flip): string {
  return printable(`${first === '' ? 'no target' : first} (rule ${rule}) if ${change}`)
}

/** Policy and rule, the pin, or nothing when the name means nothing. */
function decider({ policy, rule, ruleSource, pin }: Decision): [label: string, text: string][] {
  if (pin !== undefined) return [['pin', `${printable(pin)}: the request names its model, no policy decides`]]
  if (policy === '') return []
  const where = ruleSource === undefined ? '' : `, ${ruleSource.file}:${ruleSource.line}:${ruleSource.column}`
  return [
    ['policy', printable(policy)],
    ['rule', printable(rule + where)],
  ]
}

function evidence(all: readonly Evidence[], turn: string, width: number, paint: ChalkInstance): string {
  if (all.length === 0) return ''
  const shown = all.slice(0, MAX_EVIDENCE)
  const rows = shown.map(({ label, cue, weight, start, end }) => {
    return [
      printable(label),
      printable(cue),
      signed(weight),
      start === end ? ELSEWHERE : inContext(turn, start, end, paint),
    ]
  })
  const options = { head: ['for', 'cue', 'weight', 'in the prompt'], align: ['left', 'left', 'right'] as const }
  const more = all.length > shown.length ? `\n${' '.repeat(LABEL)}and ${all.length - shown.length} more` : ''
  return table(rows, { head: options.head, align: [...options.align], width, indent: ' '.repeat(LABEL) }) + more
}

function inContext(turn: string, start: number, end: number, paint: ChalkInstance): string {
  const { before, match, after } = quote(turn, start, end)
  return `${printable(before)}[${paint.bold(printable(match))}]${printable(after)}`
}

function candidates(all: readonly Candidate[], width: number): string {
  if (all.length === 0) return ''
  const kept = all.filter((each) => each.kept)
  const rows = [
    ...kept.map((each, at) => [String(at + 1), nameOf(each), 'kept', each.score.toFixed(2), why(each)]),
    ...droppedRows(all.filter((each) => !each.kept)),
  ]
  const head = ['#', 'target', 'verdict', 'score', 'why']
  return '\n' + table(rows, { head, align: ['right', 'left', 'left', 'right', 'left'], width, indent: INDENT })
}

/** Of many that are dropped for the same reason, the first few and how many more. */
function droppedRows(dropped: readonly Candidate[]): string[][] {
  const seen = new Map<string, number>()
  const rows: string[][] = []
  for (const each of dropped) {
    const reason = printable([each.reason, each.detail].filter(Boolean).join(': '))
    const count = (seen.get(reason) ?? 0) + 1
    seen.set(reason, count)
    if (count <= MAX_ALIKE) rows.push(['', nameOf(each), 'dropped', '', reason])
  }
  for (const [reason, count] of seen) {
    if (count > MAX_ALIKE) rows.push(['', `and ${count - MAX_ALIKE} more`, 'dropped', '', reason])
  }
  return rows
}

function nameOf({ provider, model, via }: Candidate): string {
  return printable(`${provider}/${model}${via === undefined ? '' : ` via ${via}`}`)
}

/** Score terms in points, zero ones left out, then the caveat if there is one. */
function why({ terms, detail }: Candidate): string {
  const points = terms
    .filter((each) => each.points !== 0)
    .map((each) => `${printable(each.term)} ${signed(each.points)}`)
  return [...points, ...(detail === undefined ? [] : [printable(detail)])].join(', ')
}

function signed(value: number): string {
  const text = Number.isInteger(value) ? String(value) : value.toFixed(2)
  return value > 0 ? `+${text}` : text
}
