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

  #keyOf({ facts, world, health }: Question, intent: Intent): string {
    const isSure = this.#asksConfidence || world.affinity !== undefined ? intent.confidence : 0
    const rest = health === undefined ? '' : JSON.stringify(health)
    return `${keyOf(facts, WORDS)}${keyOf(intent, UNSURE)}${isSure}${JSON.stringify(world)}${rest}`
  }
}

/** The words of a request, its system prompt, and what is made of them. */
const WORDS: ReadonlySet<string> = new Set(['turn', 'previousTurn', 'firstTurn', 'system', 'session', 'intent'])
const UNSURE: ReadonlySet<string> = new Set(['evidence', 'confidence'])

/**
 * Names and values of all other members; no two different ones give the same text. One that is false, 0 or empty says as
 * much as one that is not there.
 */
function keyOf(record: object, without: ReadonlySet<string>): string {
  let key = ''
  for (const name in record) {
    // Evidence is worked out when it is read.
    if (without.has(name)) continue
    const value = (record as Record<string, unknown>)[name]
    if (value === false || value === 0 || value === '') continue
    if (typeof value === 'string') key += `${name}=${value.length}:${value};`
    else if (typeof value === 'number') key += `${name}=${value};`
    else key += `${name}=${JSON.stringify(value)};`
  }
  return key
}

/** Whether any rule looks at how sure the intent is. */
function asksConfidence({ profile }: State): boolean {
  return profile.policies.some(({ rules }) => rules.some(({ when }) => when.min_confidence !== undefined))
}
