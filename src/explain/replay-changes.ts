import type { Decision } from '../policy/types.ts'
import type { DecisionLine, RecordedDecision } from './record.ts'

/** A logged request that another profile sends elsewhere, or there for another reason. */
export interface Change {
  id: string
  time: string
  /** Model name the client asked for. */
  asked: string
  intent: string
  /** The most that differs: who is asked first, who after that, or only the rule. */
  kind: 'target' | 'chain' | 'rule'
  before: Outcome
  after: Outcome
}

export interface Outcome {
  /** `provider/model`, best first; empty when nobody is asked. */
  chain: string[]
  policy: string
  rule: string
  /** Code of the error when nobody is asked. */
  error?: string
}

/** What became of a logged request under another profile; undefined when it is the same. */
export function changeOf({ id, time, facts, decision: logged }: DecisionLine, decision: Decision): Change | undefined {
  const before = outcomeOf(logged)
  const after = outcomeOf({ ...decision, chain: decision.chain.map(({ provider, model }) => `${provider}/${model}`) })
  const kind = kindOf(before, after)
  return kind && { id, time, asked: facts.model, intent: facts.intent.label, kind, before, after }
}

function kindOf(before: Outcome, after: Outcome): Change['kind'] | undefined {
  if (before.chain[0] !== after.chain[0] || before.error !== after.error) return 'target'
  if (before.chain.join('\n') !== after.chain.join('\n')) return 'chain'
  return before.policy === after.policy && before.rule === after.rule ? undefined : 'rule'
}

function outcomeOf({
  chain,
  policy,
  rule,
  error,
}: Pick<RecordedDecision, 'chain' | 'policy' | 'rule' | 'error'>): Outcome {
  return { chain, policy, rule, ...(error === undefined ? {} : { error: error.code }) }
}
