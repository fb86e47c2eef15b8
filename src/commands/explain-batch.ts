import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { UsageError } from '../diagnostics/errors.ts'
import { checkExpectation } from '../explain/cases/check-expectation.ts'
import { doubtsOf } from '../explain/cases/doubts.ts'
import { measureCoverage } from '../explain/coverage.ts'
import type { Diff } from '../explain/diff/diff.ts'
import { diffStates } from '../explain/diff/diff.ts'
import { findFlips } from '../explain/flip.ts'
import { prove } from '../explain/prove.ts'
import type { Report, Result } from '../explain/report.ts'
import { hasFailed } from '../explain/report.ts'
import { sampleCases } from '../explain/samples.ts'
import type { State } from '../explain/state.ts'
import { decideIn, worldOf } from '../explain/state.ts'
import type { Context } from './context.ts'
import { NO, OK, USAGE } from './exit-codes.ts'
import { openBase } from './explain-base.ts'
import { findCases } from './explain-cases.ts'
import { checkClaims, readClaims } from './explain-claims.ts'
import { findInput } from './explain-input.ts'
import { writeMistakes } from './explain-mistakes.ts'
import type { ExplainOptions } from './explain-options.ts'
import { formatOf } from './explain-options.ts'
import { writeReport } from './explain-output.ts'
import { progressLine } from './explain-progress.ts'
import type { AskedCase } from './explain-question.ts'
import { askCases, askFacts } from './explain-question.ts'
import { readFacts } from './explain-request.ts'
import type { Defaults } from './explain-world.ts'
import { readDefaults } from './explain-world.ts'
import { loadWorkspace } from './load-workspace.ts'
import type { Workspace } from './load-workspace.ts'
import { writeWarnings } from './write-warnings.ts'

/**
 * Ten thousand requests take a second, and a third of the CPU time goes into compiling what is hot, on another thread.
 * With less inlined that takes half as long, and the result is no slower. Later versions of Node compile in other ways.
 */
const COMPILE_LESS = '--max-inlined-bytecode-size=150 --max-inlined-bytecode-size-cumulative=300'

/** Doubts about cases that are told one by one. */
const MOST_DOUBTS = 20

/**
 * `sage explain` over many requests, or for what holds of all: cases, comparisons, coverage, proofs. Exit code 1 when
 * something that was demanded does not hold, 2 when the cases have mistakes: all of them are told.
 */
export async function runExplainBatch(
  context: Context,
  given: ExplainOptions,
  args: readonly string[],
): Promise<number> {
  if (context.nodeVersion.startsWith('20.')) setFlagsFromString(COMPILE_LESS)
  const format = formatOf(given)
  const claims = readClaims(given.assert ?? [])
  const assumeKeys = given.assumeKeys === true
  const workspace = await loadWorkspace(context, { profile: given.profile, assumeKeys })
  const { profile, catalog, health, warnings } = workspace
  writeWarnings(context, warnings)
  checkClaims(claims, profile)
  const state: State = { profile, catalog, health }
  const mistakes: Diagnostic[] = []
  const questions = await findQuestions(context, given, args, state, mistakes)
  // With mistakes in the files nothing is decided; the requests are gone through all the same, to tell theirs too.
  const decided =
    mistakes.length === 0 ? await decideAll(context, given, workspace, state, questions) : exhaust(questions.asked)
  if (decided === undefined || mistakes.length > 0) {
    writeMistakes(context, mistakes, format)
    return USAGE
  }
  const isProving = given.prove === true || claims.length > 0
  const report: Report = {
    profile: profile.file,
    ...decided,
    count: questions.count,
    ...(isCounting(given) ? { coverage: measureCoverage(profile, decided.all, given.failUnder) } : {}),
    ...(isProving ? { proof: prove(state, claims) } : {}),
  }
  await writeReport(context, report, format)
  const hasChanged = (report.diff?.changes.length ?? 0) > 0 && report.diff?.isNew !== true
  return hasFailed(report) || (hasChanged && given.failOnChange === true) ? NO : OK
}

/** What is decided, and how many there are if none has a mistake. They are read when they are asked. */
interface Questions {
  count: number
  asked: Iterable<AskedCase>
}

async function findQuestions(
  context: Context,
  given: ExplainOptions,
  args: readonly string[],
  state: State,
  mistakes: Diagnostic[],
): Promise<Questions> {
  const defaults = readDefaults(context, given, state.profile)
  const paths = given.cases ?? []
  const one = await findOne(context, given, args, state, defaults)
  if (one.length > 0 && paths.length === 0) return { count: 1, asked: one }
  const usual = paths.length > 0 ? paths : usualCases(context, state.profile.file)
  if (usual.length > 0) {
    const { cases, diagnostics } = await findCases(context, usual)
    mistakes.push(...diagnostics)
    const doubts = doubtsOf(cases)
    writeWarnings(context, doubts.slice(0, MOST_DOUBTS))
    if (doubts.length > MOST_DOUBTS) writeWarnings(context, [`and ${doubts.length - MOST_DOUBTS} more of such cases`])
    return {
      count: one.length + cases.length,
      asked: oneAfterAnother(one, askCases(context, state, cases, defaults, mistakes)),
    }
  }
  if (isCounting(given)) {
    throw new UsageError('coverage is counted over requests, and there are none', 'name them with --cases')
  }
  if (given.base === undefined) return { count: 0, asked: [] }
  const samples = sampleCases(state.profile.policies.map(({ name }) => name))
  if (formatOf(given) !== 'json') context.stderr.write(`no cases: comparing ${samples.length} sample requests\n`)
  return { count: samples.length, asked: withoutPlaces(askCases(context, state, samples, defaults, mistakes)) }
}

function* oneAfterAnother<Item>(...parts: Iterable<Item>[]): Generator<Item> {
  for (const part of parts) yield* part
}

/** Samples are in no file. */
function* withoutPlaces(asked: Iterable<AskedCase>): Generator<AskedCase> {
  for (const { place: _, ...rest } of asked) yield rest
}

function exhaust(asked: Iterable<unknown>): undefined {
  for (const _ of asked) continue
}

/** The prompt or the request of the command line. Standard input is read only when it is named. */
async function findOne(
  context: Context,
  given: ExplainOptions,
  args: readonly string[],
  state: State,
  defaults: Defaults,
): Promise<AskedCase[]> {
  if (args.length === 0 && given.request === undefined) return []
  const input = await findInput(context, args, given)
  if (input === undefined) return []
  const facts = readFacts(input, { headers: defaults.headers, model: given.model })
  return [{ ...askFacts(state, facts, {}, defaults), expect: undefined }]
}

/** `sage.cases.yaml` and the like, beside `sage.yaml`. */
function usualCases({ cwd }: Context, profile: string): string[] {
  const stem = profile.replace(/\.ya?ml$/i, '')
  return ['.cases.yaml', '.cases.jsonl', '.cases']
    .map((end) => stem + end)
    .filter((path) => existsSync(resolve(cwd, path)))
}

interface DecidedAll {
  results: Result[]
  /** Every decision, when rules are counted. */
  all: Result[]
  diff?: Diff
}

async function decideAll(
  context: Context,
  given: ExplainOptions,
  workspace: Workspace,
  state: State,
  { count, asked }: Questions,
): Promise<DecidedAll> {
  const onProgress = progressLine(context, count)
  if (given.base === undefined) {
    const all: Result[] = []
    const drill = await drillOf(given, workspace)
    for (const one of asked) {
      const result = toResult(state, one, decideIn(state, one.question), given.flip === true)
      all.push(drill === undefined ? result : await drill(result, worldOf(state, one.question)))
      onProgress(all.length)
    }
    return { results: all, all }
  }
  const assumeKeys = given.assumeKeys === true
  const base = await openBase(context, given.base, state.profile.file, { assumeKeys })
  const results: Result[] = []
  const all: Result[] = []
  const diff = diffStates(base.state, state, asked, {
    base: base.name,
    onProgress,
    // A decision that nobody asks for again is let go: ten thousand of them are a lot of memory.
    onDecision: (one, decision) => {
      const { expect } = one as AskedCase
      if (expect === undefined && !isCounting(given)) return
      const result = toResult(state, one as AskedCase, decision, false)
      if (expect !== undefined) results.push(result)
      all.push(result)
    },
  })
  return { results, all, diff }
}

/** What `--simulate` makes of each result. Only a simulation loads the server's failover. */
async function drillOf({ simulate }: ExplainOptions, workspace: Workspace) {
  if (simulate === undefined) return undefined
  const { assumedBy, simulator } = await import('./explain-simulate.ts')
  return simulator(workspace, assumedBy(simulate, workspace))
}

function isCounting({ coverage, failUnder }: ExplainOptions): boolean {
  return coverage === true || failUnder !== undefined
}

function toResult(
  state: State,
  { id, place, question, expect }: AskedCase,
  decision: Result['decision'],
  isFlipping: boolean,
): Result {
  return {
    id,
    facts: question.facts,
    decision,
    ...(place === undefined ? {} : { place }),
    ...(expect === undefined ? {} : { failures: checkExpectation(expect, { decision, catalog: state.catalog }) }),
    ...(isFlipping ? { flips: findFlips(state, question, decision) } : {}),
  }
}
