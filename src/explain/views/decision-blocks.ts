import type { Candidate } from '../../policy/types.ts'
import { quote } from '../quote.ts'
import type { Result } from '../report.ts'
import type { Block, Text } from './blocks.ts'
import { code, join, strong } from './blocks.ts'
import { limitNames, placeName, ruleName, targetName } from './words.ts'

const MOST_EVIDENCE = 8
const MOST_CANDIDATES = 50

/** One decision in full: the answer, what was recognised, what decided, every candidate, and what would change it. */
export function decisionBlocks({ id, facts, decision, flips }: Result): Block[] {
  const { intent, chain, error, candidates, notes, ruleSource } = decision
  const [first, ...rest] = chain.map((target) => code(targetName(target)))
  const answer: Text =
    first === undefined
      ? [strong('no target'), `: ${error?.message ?? ''}`]
      : [first, ...(rest.length === 0 ? [] : [', then ', ...join(rest, ', ')])]
  const limits = limitNames(decision)
  const evidence = intent.evidence.slice(0, MOST_EVIDENCE).map(({ label, cue, start, end }): Text => {
    const where = start === end ? [] : [': ', ...quoted(facts.turn, start, end)]
    return [`${label} by ${cue}`, ...where]
  })
  return [
    { kind: 'heading', level: 3, text: code(id) },
    {
      kind: 'list',
      items: [
        ['answer: ', ...(Array.isArray(answer) ? answer : [answer])],
        [
          `intent: ${intent.label} (${intent.lowConfidence === true ? 'low ' : ''}confidence ${intent.confidence.toFixed(2)})`,
        ],
        ...evidence,
        [
          'rule: ',
          code(ruleName(decision)),
          ...(ruleSource === undefined ? [] : [' at ', code(placeName(ruleSource))]),
        ],
        ...(limits.length === 0 ? [] : [`limits: at most ${limits.join(', ')}`]),
        ...notes.map((note): Text => `note: ${note}`),
        ...(flips ?? [])
          .slice(0, 1)
          .map((flip): Text => [
            'nearest flip: ',
            code(flip.first === '' ? 'no target' : flip.first),
            ` if ${flip.change}`,
          ]),
      ],
    },
    ...(candidates.length === 0 ? [] : [candidateTable(candidates)]),
  ]
}

function quoted(turn: string, start: number, end: number): Text[] & (string | { strong: string })[] {
  const { before, match, after } = quote(turn, start, end)
  return [before, { strong: match }, after]
}

function candidateTable(candidates: readonly Candidate[]): Block {
  const rows = candidates.slice(0, MOST_CANDIDATES).map(candidateRow)
  return { kind: 'table', head: ['#', 'target', 'verdict', 'score', 'why'], rows }
}

function candidateRow(candidate: Candidate, at: number): Text[] {
  const { kept, score, terms, reason = '', detail } = candidate
  const points = terms
    .filter((term) => term.points !== 0)
    .map(({ term, points: count }) => `${term} ${Number(count.toFixed(2))}`)
  const why = kept
    ? [...points, ...(detail === undefined ? [] : [detail])].join(', ')
    : [reason, detail].filter(Boolean).join(': ')
  return [
    kept ? String(at + 1) : '',
    code(targetName(candidate)),
    kept ? 'kept' : 'dropped',
    kept ? score.toFixed(2) : '',
    why,
  ]
}
