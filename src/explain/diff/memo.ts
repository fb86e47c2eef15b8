import type { Intent } from '../../policy/types.ts'
import type { Question, State } from '../state.ts'

/** Questions remembered; beyond that all are forgotten. */
const MOST = 50_000

/**
 * Remembers answers to questions that differ in their text alone. Once the intent is recognised, a decision depends on
 * the request's facts and no longer on its words: that is what a decision log without prompts is replayed from.
 */
export class DecisionMemo<Answer> {
  readonly #known = new Map<string, Answer>()
  readonly #asksConfidence: boolean

  /** `states` are those that decide. */
  constructor(states: readonly State[]) {
    this.#asksConfidence = states.some(asksConfidence)
  }

  get(question: Question, intent: Intent, decide: () => Answer): Answer {
    const key = this.#keyOf(question, intent)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const answer = decide()
    if (this.#known.size >= MOST) this.#known.clear()
    this.#known.set(key, answer)
    return answer
  }

  #keyOf({ facts, world, health }: Question, { confidence, ...intent }: Intent): string {
    const isAsked = this.#asksConfidence || world.affinity !== undefined
    return JSON.stringify([
      { ...facts, ...NO_WORDS },
      { ...intent, evidence: [] },
      isAsked ? confidence : 0,
      world,
      health,
    ])
  }
}

/** The words of a request, its system prompt, and what is made of them. */
const NO_WORDS = { turn: '', previousTurn: '', firstTurn: '', system: '', session: '', intent: undefined }

/** Whether any rule looks at how sure the intent is. */
function asksConfidence({ profile }: State): boolean {
  return profile.policies.some(({ rules }) => rules.some(({ when }) => when.min_confidence !== undefined))
}
