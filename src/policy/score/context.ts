import { contextNeed } from '../context-need.ts'
import type { ScoreInput } from './types.ts'

/** Headroom of the window: 0 when the request just fits, 1 when it would fit twice. An unknown window has none: 0. */
export function contextTerm({ model, facts }: ScoreInput): number {
  if (model.context === undefined) return 0
  const headroom = model.context / contextNeed(model, facts) - 1
  return Math.min(1, Math.max(0, headroom))
}
