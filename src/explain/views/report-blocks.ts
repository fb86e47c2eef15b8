import type { Report, Result } from '../report.ts'
import type { Block, Text } from './blocks.ts'
import { code, join, strong } from './blocks.ts'
import { coverageBlocks, proofBlocks } from './check-blocks.ts'
import { decisionBlocks } from './decision-blocks.ts'
import { diffBlocks } from './diff-blocks.ts'
import { drillBlocks } from './drill.ts'
import { counted, firstName, placeName, ruleName, targetName } from './words.ts'

/** Decisions told one by one in full; with more there is a line for each. */
const MOST_IN_FULL = 5
/** Lines for decisions; a comment on a pull request holds 65,536 characters. */
const MOST_LINES = 200
const MOST_FALLBACKS = 3

/** The whole report, made to be read in review. */
export function reportBlocks(report: Report): Block[] {
  const { diff, results, coverage, proof, profile } = report
  return [
    ...(diff === undefined ? [] : diffBlocks(diff, profile)),
    ...failureBlocks(results),
    ...(diff === undefined ? decisionsBlocks(report) : []),
    ...drillBlocks(results),
    ...(coverage === undefined ? [] : coverageBlocks(coverage)),
    ...(proof === undefined ? [] : proofBlocks(proof)),
  ]
}

function failureBlocks(results: readonly Result[]): Block[] {
  const expected = results.filter(({ failures }) => failures !== undefined)
  if (expected.length === 0) return []
  const failed = expected.filter(({ failures = [] }) => failures.length > 0)
  const heading: Block = { kind: 'heading', level: 2, text: 'Expectations' }
  if (failed.length === 0)
    return [heading, { kind: 'paragraph', text: `All ${counted(expected.length, 'case')} are decided as expected.` }]
  const rows = failed
    .slice(0, MOST_LINES)
    .map(({ id, place, failures = [] }): Text[] => [
      [code(id), ...(place === undefined ? [] : [' ', code(placeName(place))])],
      join(failures, '; '),
    ])
  return [
    heading,
    { kind: 'paragraph', text: [strong(`${failed.length} of ${counted(expected.length, 'case')} failed.`)] },
    { kind: 'table', head: ['case', 'what does not hold'], rows },
    ...more(failed.length),
  ]
}

function decisionsBlocks({ results, profile }: Report): Block[] {
  const title: Block = { kind: 'heading', level: 2, text: ['Decisions by ', code(profile)] }
  if (results.length <= MOST_IN_FULL) return [title, ...results.flatMap(decisionBlocks)]
  const rows = results.slice(0, MOST_LINES).map(({ id, decision }): Text[] => [
    code(id),
    decision.intent.label,
    code(ruleName(decision)),
    code(firstName(decision)),
    join(
      decision.chain.slice(1, 1 + MOST_FALLBACKS).map((target) => code(targetName(target))),
      ', ',
    ),
  ])
  return [title, { kind: 'table', head: ['request', 'intent', 'rule', 'first', 'then'], rows }, ...more(results.length)]
}

function more(count: number): Block[] {
  return count > MOST_LINES ? [{ kind: 'paragraph', text: `… and ${count - MOST_LINES} more` }] : []
}
