import type { Candidate, DropReason, ScoreTerm, Target } from '../policy/types.ts'
import type { SourceRef, ThinkingLevel } from '../profile/types.ts'
import type { Flip } from './flip.ts'
import type { Report, Result } from './report.ts'
import { coverageView, proofView } from './views/check-json.ts'
import type { CoverageView, ProofView } from './views/check-json.ts'
import { simulationView } from './views/simulation-json.ts'
import type { SimulationView } from './views/simulation-json.ts'

/** The documented output of `sage explain --format json`; schemas/decision.schema.json describes it. */
export interface ExplainDocument {
  version: 1
  decisions: DecisionView[]
  coverage?: CoverageView
  proof?: ProofView
}

export interface DecisionView {
  id: string
  /** Model name the client asked for; '' when it named none. */
  asked: string
  dialect: string
  intent: { label: string; confidence: number; low_confidence?: true; evidence: EvidenceView[] }
  policy: string
  rule: string
  rule_source?: SourceRef
  pin?: string
  sticky: boolean
  max_attempts: number
  /** Most reasoning that the model may be asked for. */
  thinking?: ThinkingLevel
  /** Most output that it may be asked for, in tokens. */
  max_output?: number
  chain: Target[]
  kept: { provider: string; model: string; via?: string; score: number; terms: ScoreTerm[]; detail?: string }[]
  dropped: { provider: string; model: string; via?: string; reason: DropReason; detail: string }[]
  notes: string[]
  error?: { code: string; message: string; near: string[] }
  /** Where its case stands. */
  place?: { file: string; line: number }
  /** What was expected and does not hold; absent when nothing was expected. */
  failures?: string[]
  /** Small changes that would choose another model first, nearest first. */
  flips?: Flip[]
  /** What would come of it if providers failed. */
  simulation?: SimulationView
}

export interface EvidenceView {
  label: string
  cue: string
  weight: number
  /** UTF-16 units [start, end) of the human turn, and the text that stands there; 0, 0 and '' when it lies outside. */
  start: number
  end: number
  text: string
}

export function explainJson(
  results: readonly Result[],
  { coverage, proof }: Pick<Report, 'coverage' | 'proof'> = {},
): ExplainDocument {
  return {
    version: 1,
    decisions: results.map(viewOf),
    ...(coverage === undefined ? {} : { coverage: coverageView(coverage) }),
    ...(proof === undefined ? {} : { proof: proofView(proof) }),
  }
}

function viewOf({ id, facts, decision, place, failures, flips, simulation }: Result): DecisionView {
  const { intent, ruleSource, pin, error } = decision
  return {
    id,
    asked: facts.model,
    dialect: facts.dialect,
    intent: {
      label: intent.label,
      confidence: rounded(intent.confidence),
      ...(intent.lowConfidence === true ? { low_confidence: true } : {}),
      evidence: intent.evidence.map(({ label, cue, weight, start, end }) => ({
        label,
        cue,
        weight: rounded(weight),
        start,
        end,
        text: facts.turn.slice(start, end),
      })),
    },
    policy: decision.policy,
    rule: decision.rule,
    ...(ruleSource === undefined
      ? {}
      : { rule_source: { file: ruleSource.file, line: ruleSource.line, column: ruleSource.column } }),
    ...(pin === undefined ? {} : { pin }),
    sticky: decision.sticky,
    max_attempts: decision.maxAttempts,
    ...(decision.thinking === undefined ? {} : { thinking: decision.thinking }),
    ...(decision.maxOutput === undefined ? {} : { max_output: decision.maxOutput }),
    chain: decision.chain.map(({ provider, model }) => ({ provider, model })),
    kept: decision.candidates.filter((each) => each.kept).map(keptView),
    dropped: decision.candidates.flatMap(droppedView),
    notes: [...decision.notes],
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message, near: [...error.near] } }),
    ...(place === undefined ? {} : { place }),
    ...(failures === undefined ? {} : { failures }),
    ...(flips === undefined ? {} : { flips }),
    ...(simulation === undefined ? {} : { simulation: simulationView(simulation) }),
  }
}

function keptView({ provider, model, via, score, terms, detail }: Candidate): DecisionView['kept'][number] {
  return {
    provider,
    model,
    ...(via === undefined ? {} : { via }),
    score: rounded(score),
    terms: terms.map(({ term, value, weight, points }) => ({
      term,
      value: rounded(value),
      weight: rounded(weight),
      points: rounded(points),
    })),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** A candidate that is not kept always has its reason. */
function droppedView({ provider, model, via, reason, detail = '' }: Candidate): DecisionView['dropped'] {
  return reason === undefined ? [] : [{ provider, model, ...(via === undefined ? {} : { via }), reason, detail }]
}

/** Six decimals: enough for any weight, and free of binary noise such as 0.30000000000000004. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
