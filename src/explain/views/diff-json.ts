import type { Model } from '../../catalog/types.ts'
import type { Decision, Target } from '../../policy/types.ts'
import type { SourceRef, ThinkingLevel } from '../../profile/types.ts'
import type { Part } from '../diff/part.ts'
import type { Change, ChangeKind, Diff } from '../diff/diff.ts'
import type { Report } from '../report.ts'
import type { CoverageView, ProofView } from './check-json.ts'
import { coverageView, proofView } from './check-json.ts'

/** The documented output of `sage explain --base … --format json`; schemas/decision.schema.json describes it. */
export interface DiffDocument {
  version: 1
  base: string
  head: string
  /** The base has no profile. */
  is_new: boolean
  compared: number
  changes: ChangeView[]
  /** Everything in which the two differ. */
  differences: PartView[]
  /** Expectations that do not hold. */
  failures: { id: string; place?: { file: string; line: number }; failures: string[] }[]
  coverage?: CoverageView
  proof?: ProofView
}

export interface ChangeView {
  id: string
  place?: { file: string; line: number }
  asked: string
  intent: { label: string; confidence: number }
  kinds: ChangeKind[]
  before: SideView | null
  after: SideView
  /** Differences that are responsible: any one of them, or all together. */
  because: PartView[]
  each_is_enough: boolean
  term?: { term: string; points: number }
}

export interface SideView {
  policy: string
  rule: string
  rule_source?: SourceRef
  chain: Target[]
  max_attempts: number
  thinking?: ThinkingLevel
  /** In tokens. */
  max_output?: number
  error?: string
  /** Facts of the first target. */
  price?: { input: number; output: number }
  local?: boolean
  context?: number
}

export interface PartView {
  kind: Part['kind']
  what: string
  from: string
  to: string
  source?: SourceRef
}

/** `diff` is that of the report. */
export function diffJson(diff: Diff, { profile, results, coverage, proof }: Report): DiffDocument {
  return {
    version: 1,
    base: diff.base,
    head: profile,
    is_new: diff.isNew,
    compared: diff.compared,
    changes: diff.changes.map(changeView),
    differences: diff.parts.map(partView),
    failures: results.flatMap(({ id, place, failures = [] }) =>
      failures.length === 0 ? [] : [{ id, ...(place === undefined ? {} : { place }), failures }],
    ),
    ...(coverage === undefined ? {} : { coverage: coverageView(coverage) }),
    ...(proof === undefined ? {} : { proof: proofView(proof) }),
  }
}

function changeView({ id, place, question, kinds, before, after, cause, term, models }: Change): ChangeView {
  const { label, confidence } = after.intent
  return {
    id,
    ...(place === undefined ? {} : { place }),
    asked: question.facts.model,
    intent: { label, confidence: Math.round(confidence * 1e6) / 1e6 },
    kinds,
    before: before === undefined ? null : sideView(before, models.before),
    after: sideView(after, models.after),
    because: cause.parts.map(partView),
    each_is_enough: cause.isEachEnough,
    ...(term === undefined ? {} : { term }),
  }
}

function sideView(decision: Decision, model: Model | undefined): SideView {
  const { policy, rule, ruleSource, chain, maxAttempts, thinking, maxOutput, error } = decision
  return {
    policy,
    rule,
    ...(ruleSource === undefined ? {} : { rule_source: ruleSource }),
    chain: chain.map(({ provider, model: id }) => ({ provider, model: id })),
    max_attempts: maxAttempts,
    ...(thinking === undefined ? {} : { thinking }),
    ...(maxOutput === undefined ? {} : { max_output: maxOutput }),
    ...(error === undefined ? {} : { error: error.code }),
    ...(model?.price === undefined ? {} : { price: { input: model.price.input, output: model.price.output } }),
    ...(model === undefined ? {} : { local: model.local }),
    ...(model?.context === undefined ? {} : { context: model.context }),
  }
}

function partView({ kind, what, from, to, source }: Part): PartView {
  return { kind, what, from, to, ...(source === undefined ? {} : { source }) }
}
