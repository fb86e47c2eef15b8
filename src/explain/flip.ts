import type { Decision } from '../policy/types.ts'
import type { Perturbation } from './perturb.ts'
import { perturbations } from './perturb.ts'
import type { Question, State } from './state.ts'
import { decideIn } from './state.ts'

/** A change to one thing that sends a request to another model first. */
export interface Flip {
  kind: Perturbation['kind']
  /** For people: `weight price of policy auto: 1 → 2.4`. */
  change: string
  /** How far the change goes, comparable within a kind and roughly between kinds. */
  distance: number
  /** First target then, `provider/model`; '' when there is none. */
  first: string
  policy: string
  rule: string
}

/** Candidates looked at, over all decisions that are tried: bounds the work for a large catalogue. */
const MOST_CANDIDATES = 60_000
const LEAST_DECISIONS = 60
/** Halvings of a number's range: to some tokens or ms, and to what is then rounded to two or three digits. */
const WHOLE_STEPS = 18
const STEPS = 12
/** Flips told. */
const MOST = 5

/**
 * The smallest changes that would choose another model first, nearest first. Each was really decided with the function
 * that serves. One flip of a kind and target is told. Deterministic, and bounded in the number of decisions.
 */
export function findFlips(state: State, question: Question, decision: Decision): Flip[] {
  const before = firstOf(decision)
  let left = Math.max(LEAST_DECISIONS, Math.floor(MOST_CANDIDATES / Math.max(1, state.catalog.models.length)))
  const attempt = (perturbed: { state: State; question: Question }): Decision | undefined => {
    if (left-- <= 0) return undefined
    const after = decideIn(perturbed.state, perturbed.question)
    return firstOf(after) === before ? undefined : after
  }
  let flips: Flip[] = []
  for (const perturbation of perturbations(state, question, decision)) {
    const farthest = flips[MOST - 1]?.distance ?? Infinity
    const found =
      perturbation.range === undefined ? single(perturbation, attempt) : nearest(perturbation, attempt, farthest)
    if (found !== undefined) flips = distinct([...flips, found].sort((a, b) => a.distance - b.distance))
  }
  return flips.slice(0, MOST)
}

type Attempt = (perturbed: { state: State; question: Question }) => Decision | undefined

function single({ kind, apply, describe, distance }: Perturbation, attempt: Attempt): Flip | undefined {
  const after = attempt(apply(0))
  return after && toFlip(kind, describe(0), distance(0), after)
}

/**
 * The value nearest to the present one that still flips: halves the range, then rounds as far as that holds. Gives up
 * when it is farther away than the farthest flip that would be told anyway.
 */
function nearest(perturbation: Perturbation, attempt: Attempt, farthest: number): Flip | undefined {
  const { kind, range, apply, describe, distance } = perturbation
  if (range === undefined || range.from === range.to) return undefined
  let { from: same, to: other } = range
  let after = attempt(apply(other))
  if (after === undefined) return undefined
  for (let step = 0; step < (range.isWhole ? WHOLE_STEPS : STEPS); step++) {
    const middle = range.isWhole ? Math.trunc((same + other) / 2) : (same + other) / 2
    if (middle === same || middle === other) break
    const decided = attempt(apply(middle))
    if (decided === undefined) {
      same = middle
      if (rounded(distance(same)) > farthest) return undefined
    } else {
      other = middle
      after = decided
    }
  }
  for (const value of range.isWhole ? [] : roundings(other, range.from)) {
    const decided = attempt(apply(value))
    if (decided === undefined) continue
    other = value
    after = decided
    break
  }
  return toFlip(kind, describe(other), distance(other), after)
}

/** The value with 2, then 3 significant digits, rounded away from where it came. */
function roundings(value: number, from: number): number[] {
  return [2, 3].map((digits) => {
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) + 1 - digits)
    const steps = value > from ? Math.ceil(value / unit) : Math.floor(value / unit)
    return Number((steps * unit).toPrecision(digits + 1))
  })
}

function toFlip(kind: Flip['kind'], change: string, distance: number, after: Decision): Flip {
  const { policy, rule } = after
  return { kind, change, distance: rounded(distance), first: firstOf(after), policy, rule }
}

function rounded(distance: number): number {
  return Math.round(distance * 1000) / 1000
}

function distinct(flips: readonly Flip[]): Flip[] {
  const seen = new Set<string>()
  return flips.filter(({ kind, first }) => {
    const key = `${kind} ${first}`
    return !seen.has(key) && seen.add(key)
  })
}

function firstOf({ chain }: Decision): string {
  const [first] = chain
  return first === undefined ? '' : `${first.provider}/${first.model}`
}
