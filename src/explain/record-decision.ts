import { createHash } from 'node:crypto'
import type { Candidate, Decision } from '../policy/types.ts'
import type { RecordedDecision } from './record.ts'

/** A decision as a log holds it: what people look for, and a digest of everything. */
export function recordDecision(decision: Decision): RecordedDecision {
  const { candidates, chain, pinned: _pinned, intent: _intent, ...rest } = decision
  const kept = candidates.filter((each) => each.kept)
  const dropped = candidates.flatMap((each) =>
    each.reason === undefined ? [] : [[nameOf(each), each.reason] satisfies [string, unknown]],
  )
  return {
    ...rest,
    chain: chain.map(nameOf),
    kept: Object.fromEntries(kept.map((each) => [nameOf(each), each.score])),
    dropped: Object.fromEntries(dropped),
    digest: digestOf(decision),
  }
}

/** The same exactly when every part of two decisions is. */
export function digestOf(decision: Decision): string {
  return sha256(JSON.stringify(decision))
}

/** SHA-256 of a text in hex: what refers to profiles and catalogues. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function nameOf({ provider, model }: Pick<Candidate, 'provider' | 'model'>): string {
  return `${provider}/${model}`
}
