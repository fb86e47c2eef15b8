import type { Errand, Profile } from '../profile/types.ts'
import { classifyIntent, classifyOptions } from './intent/classify.ts'
import { findErrand } from './intent/housekeeping.ts'
import type { Facts, Intent } from './types.ts'

/** Longest turn of a warm-up, in characters. */
const LONGEST_WARM_UP = 20

/**
 * The intent of a request with the errand that it is, if it is one. A recorded intent is taken as it is: its text is
 * gone. Errands are side calls that a harness makes on its own behalf.
 */
export function intentOf(facts: Facts, profile?: Profile): Intent {
  if (facts.intent !== undefined) return facts.intent
  const found = findErrand(facts)
  const intent = classifyIntent(facts, classifyOptions(profile), found)
  if (facts.inToolLoop) return intent
  const errand = isWarmUp(facts) ? 'warm-up' : found && nameOf(found.cue)
  return errand === undefined ? intent : { ...intent, errand }
}

/**
 * A call that only wakes the model or checks the account: LM Studio clients send an empty prompt, Claude Code the word
 * `quota`, both with one token to answer with; others write `Warmup`. (Recorded traffic.)
 */
function isWarmUp({ turn, tools, maxOutputTokens }: Facts): boolean {
  const word = turn.trim()
  if (word.length > LONGEST_WARM_UP) return false
  return (tools === 0 && maxOutputTokens === 1) || /^warm-?up$/i.test(word)
}

const NAMES: readonly Errand[] = ['title', 'topic', 'suggestions', 'compaction']

/** Cues of errands are called `housekeeping: <errand>`. */
function nameOf(cue: string): Errand | undefined {
  return NAMES.find((name) => cue === `housekeeping: ${name}`)
}
