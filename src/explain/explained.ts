import type { Decision, Facts } from '../policy/types.ts'

/** One decision with the request facts it was made from: what every view shows. */
export interface Explained {
  id: string
  facts: Facts
  decision: Decision
}
