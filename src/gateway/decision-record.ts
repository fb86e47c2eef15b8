import { recordDecision } from '../explain/record-decision.ts'
import { recordFacts } from '../explain/record-facts.ts'
import type { RecordOptions } from '../explain/record-facts.ts'
import { recordWorld } from '../explain/record-world.ts'
import type { DecisionLine, RecordedOutcome } from '../explain/record.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { RequestEvent } from './types.ts'

export interface RecordContext extends RecordOptions {
  /** Unix time in ms. */
  wall: number
  /** Hashes of the lines that the decision refers to. */
  profile: string
  catalog: string
}

/** One request as a line of the decision log. Providers' messages are left out: some quote the prompt. */
export function decisionLine(event: RequestEvent, inputs: DecisionInputs, context: RecordContext): DecisionLine {
  const { profile, facts, world, decision } = inputs
  return {
    type: 'decision',
    id: event.id,
    time: new Date(context.wall).toISOString(),
    profile: context.profile,
    catalog: context.catalog,
    facts: recordFacts(facts, decision.intent, profile, context),
    world: recordWorld(world),
    decision: recordDecision(decision),
    outcome: outcomeOf(event),
  }
}

function outcomeOf({
  target,
  attempts,
  status,
  ending,
  firstContentMs,
  ms,
  usage,
  dropped,
}: RequestEvent): RecordedOutcome {
  return {
    ...(target === undefined ? {} : { target }),
    attempts: attempts.map(({ provider, model, key, outcome, status: answered, rescue, waitedMs, ms: took }) => ({
      provider,
      model,
      ...(key === undefined ? {} : { key }),
      ...(rescue === undefined ? {} : { rescue }),
      outcome,
      status: answered,
      ...(waitedMs === undefined ? {} : { waitedMs: rounded(waitedMs) }),
      ms: rounded(took),
    })),
    status,
    ending,
    ...(firstContentMs === undefined ? {} : { firstContentMs: rounded(firstContentMs) }),
    ms: rounded(ms),
    ...(usage === undefined ? {} : { usage }),
    dropped,
  }
}

/** Milliseconds with one decimal. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}
