import type { Decision } from '../../policy/types.ts'
import type { Question, State } from '../state.ts'
import { decideIn, isSameLead, isSameOutcome } from '../state.ts'
import type { Part } from './part.ts'

/** Why one decision changed. */
export interface Cause {
  /** Differences that are responsible. Empty when it was not looked for: too much differs. */
  parts: Part[]
  /** Taking back any one of them brings back what changed; otherwise it takes all of them together. */
  isEachEnough: boolean
}

/** Changes whose causes are searched for from the start; all others take those of a change like them, when they hold. */
const MOST_SEARCHES = 400
/** Differences that are taken back one at a time. */
const MOST_PARTS = 400

/**
 * Finds out which differences changed a decision, by deciding again with one of them taken back at a time. What has to
 * come back is the old first target by the old rule; where those are the same, the old fallbacks.
 */
export class Attribution {
  readonly #parts: readonly Part[]
  readonly #after: State
  readonly #reverted = new Map<Part, State>()
  readonly #causes = new Map<Cause, State>()
  readonly #alike = new Map<string, Cause>()
  #searches = 0

  constructor(parts: readonly Part[], after: State) {
    this.#parts = parts
    this.#after = after
  }

  /** There is nothing that could change a decision. */
  get isIdle(): boolean {
    return this.#parts.length === 0
  }

  /** `before` and `after` are the decisions of the two states for this question. */
  find(question: Question, before: Decision, after: Decision): Cause {
    const key = [before, after].map(signatureOf).join(' > ')
    const known = this.#alike.get(key)
    const isBack = isSameLead(before, after) ? isSameOutcome : isSameLead
    const restores = (state: State): boolean => isBack(decideIn(state, question), before)
    if (known !== undefined && this.#holds(known, restores)) return known
    if (this.#searches++ >= MOST_SEARCHES) return { parts: [], isEachEnough: false }
    const cause = this.#search(question, before, after, restores)
    this.#alike.set(key, cause)
    return cause
  }

  #holds(cause: Cause, restores: (state: State) => boolean): boolean {
    const { parts, isEachEnough } = cause
    if (parts.length === 0) return false
    const states = isEachEnough ? parts.map((part) => this.#without(part)) : [this.#withoutCause(cause)]
    return states.every(restores)
  }

  #search(question: Question, before: Decision, after: Decision, restores: (state: State) => boolean): Cause {
    const mayConcern = question.facts.overrides?.policy !== undefined
    const near = this.#parts.filter(({ policy }) => mayConcern || concerns(policy, before) || concerns(policy, after))
    const singles = near.slice(0, MOST_PARTS).filter((part) => restores(this.#without(part)))
    if (singles.length > 0) return { parts: singles, isEachEnough: true }
    // What can be left as it is now without losing the old decision is not responsible.
    let needed = [...this.#parts]
    if (!restores(this.#withoutAll(needed)) || needed.length > MOST_PARTS) return { parts: [], isEachEnough: false }
    for (const part of this.#parts) {
      const fewer = needed.filter((other) => other !== part)
      if (restores(this.#withoutAll(fewer))) needed = fewer
    }
    return { parts: needed, isEachEnough: needed.length === 1 }
  }

  #without(part: Part): State {
    const known = this.#reverted.get(part)
    if (known !== undefined) return known
    const state = part.revert(this.#after)
    this.#reverted.set(part, state)
    return state
  }

  #withoutAll(parts: readonly Part[]): State {
    return parts.reduce((state, part) => part.revert(state), this.#after)
  }

  /** The same for causes, which come again and again. */
  #withoutCause(cause: Cause): State {
    const known = this.#causes.get(cause)
    if (known !== undefined) return known
    const state = this.#withoutAll(cause.parts)
    this.#causes.set(cause, state)
    return state
  }
}

/** A pin may lead to any policy. */
function concerns(policy: string | undefined, decision: Decision): boolean {
  return policy === undefined || decision.policy === '' || decision.policy === policy
}

function signatureOf({ policy, rule, chain, error }: Decision): string {
  const targets = chain.map(({ provider, model }) => `${provider}/${model}`).join(' ')
  return JSON.stringify([policy, rule, targets, error?.code])
}
