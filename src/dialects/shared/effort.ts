import type { Effort } from '../../chat/request.ts'

// Efforts and budgets of reasoning, where a dialect has the one and a client asked for the other.

/** Budget in tokens for an effort, where the model wants a number. Our own choice: no vendor publishes one. */
export const BUDGETS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 4096,
  medium: 8192,
  high: 16_384,
  xhigh: 32_000,
  max: 32_000,
}

export function isEffort(value: unknown): value is Effort {
  return typeof value === 'string' && Object.hasOwn(BUDGETS, value)
}

/** Largest budgets, in tokens, that still count as low and as medium effort. */
const LOW_BUDGET = 4096
const MEDIUM_BUDGET = 16_000

/** Effort for a budget in tokens. */
export function effortOf(budget: number): Effort {
  if (budget <= LOW_BUDGET) return 'low'
  return budget <= MEDIUM_BUDGET ? 'medium' : 'high'
}
