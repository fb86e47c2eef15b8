import { createHash } from 'node:crypto'
import { FACT_READERS } from '../dialects/fact-readers.ts'
import { UsageError } from '../diagnostics/errors.ts'
import type { Explained } from '../explain/explained.ts'
import { isClientMistake, readFacts as readRequestFacts } from '../gateway/read-request.ts'
import { JsonOutline } from '../lib/json-outline.ts'
import { decide } from '../policy/decide.ts'
import type { Facts, World } from '../policy/types.ts'
import type { Profile } from '../profile/types.ts'
import type { ExplainInput } from './explain-input.ts'

export interface RequestContext {
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  /** Replaces the model name in the body. */
  model?: string | undefined
}

/** Reads the facts of a request as the server does. Throws `UsageError` when the body is no request of its dialect. */
export function readFacts({ body, outline, dialect, hints }: ExplainInput, { headers, model }: RequestContext): Facts {
  try {
    const incoming = { dialect: FACT_READERS[dialect], headers, ...(hints === undefined ? {} : { hints }) }
    const facts = readRequestFacts(incoming, outline ?? new JsonOutline(body))
    return model === undefined ? facts : { ...facts, model }
  } catch (error) {
    if (!isClientMistake(error)) throw error
    throw new UsageError(`the body is no ${dialect} request: ${error.message}`, 'name its dialect with --dialect')
  }
}

/** Decides with the server's own function; only the world is given. */
export function explainFacts(profile: Profile, facts: Facts, world: World): Explained {
  return { id: requestId(facts, world), facts, decision: decide(profile, facts, world) }
}

/** Sixteen hexadecimal digits that follow from the input: the same question has the same id. */
export function requestId(facts: Facts, { health, now, seed, affinity }: Omit<World, 'catalog'>): string {
  const input = JSON.stringify([facts, health, now, seed, affinity])
  return createHash('sha256').update(input).digest('hex').slice(0, 16)
}
