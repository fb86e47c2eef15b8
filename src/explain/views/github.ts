import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { printableLines } from '../../output/printable.ts'
import type { Place } from '../cases/case.ts'
import type { Report } from '../report.ts'
import { remark } from './check-blocks.ts'
import { drilled, endName } from './drill.ts'
import { placeName } from './words.ts'

/** GitHub shows ten annotations of a kind for each step, and fifty for each job. */
const MOST = 50

/** How a file is called in an annotation. */
export type PathOf = (file: string) => string

/**
 * Workflow commands, one a line: an error for each expectation and claim that does not hold and for each request that
 * nobody answers in a simulation, a warning for each rule that never decides (docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function githubCommands({ results, coverage, proof }: Report, pathOf: PathOf = same): string {
  const command = commandFor(pathOf)
  const failed = results.flatMap(({ id, place, failures = [] }) =>
    failures.map((failure) => command('error', place, `case ${id}`, failure)),
  )
  const unanswered = drilled(results).flatMap(({ id, place, simulation }) =>
    simulation.ending === 'complete' ? [] : [command('error', place, `case ${id}, simulated`, endName(simulation))],
  )
  const broken = (proof?.claims ?? []).flatMap(({ claim, offenders }) =>
    offenders.map(({ target, policy, rule, source }) =>
      command(
        'error',
        source,
        'claim does not hold',
        `${claim}: ${target} by ${policy === '' ? 'pin' : policy}/${rule}`,
      ),
    ),
  )
  const unused = (coverage?.rules ?? []).flatMap((rule) => {
    const text = remark(rule)
    return text === '' ? [] : [command('warning', rule.source, `rule ${rule.policy}/${rule.rule}`, text)]
  })
  const missing =
    coverage?.isEnough === false
      ? [
          command(
            'error',
            undefined,
            'coverage',
            `${coverage.percent} % of the rules, at least ${coverage.atLeast} % wanted`,
          ),
        ]
      : []
  return [
    ...failed.slice(0, MOST),
    ...unanswered.slice(0, MOST),
    ...broken.slice(0, MOST),
    ...missing,
    ...unused.slice(0, MOST),
  ].join('')
}

/** Mistakes in the cases themselves. */
export function githubMistakes(diagnostics: readonly Diagnostic[], pathOf: PathOf = same): string {
  const command = commandFor(pathOf)
  return diagnostics
    .slice(0, MOST)
    .map((one) => command('error', one, one.code, one.message))
    .join('')
}

/**
 * Text between which no line is taken for a workflow command, whatever is in it. The token must not occur in the text,
 * so that no line of it can end the pause.
 */
export function withoutCommands(text: string, token: string): string {
  return `::stop-commands::${token}\n${text}::${token}::\n`
}

type Command = (level: 'error' | 'warning', place: Place | undefined, title: string, message: string) => string

function commandFor(pathOf: PathOf): Command {
  return (level, place, title, message) => {
    const where = place === undefined ? [] : [`file=${property(pathOf(place.file))}`, `line=${place.line}`]
    const text = place === undefined ? message : `${message} (${placeName(place)})`
    return `::${level} ${[...where, `title=${property(title)}`].join(',')}::${data(text)}\n`
  }
}

function same(file: string): string {
  return file
}

/** As the runner's toolkit escapes them (actions/toolkit, packages/core/src/command.ts), without what steers a terminal. */
function data(text: string): string {
  return printableLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
