// How many calls one provider gets at a time, as a reducer: more while it answers, fewer when it says that it has enough.

/** Most calls at a time to a provider whose profile entry says nothing. */
export const MOST = 64
/** What is left of the limit when the provider has enough. */
const LOWER = 0.7

export interface Concurrency {
  /** Calls at a time; Infinity for no limit. */
  limit: number
  /** Calls under way. */
  inFlight: number
  /** Answers since the limit last changed. */
  answers: number
  /** When it was lowered last, in ms: calls that began before tell nothing new. */
  loweredAt: number
}

export interface ConcurrencyOptions {
  /** Upper bound of the limit. */
  most: number
  /** The limit is what the user set for a server of their own: it does not move. */
  isFixed: boolean
}

export type ConcurrencyEvent =
  | { type: 'take' | 'free' }
  /** A call was answered. */
  | { type: 'answer' }
  /** The provider has enough: 429, 503, 529 or no connection in time. */
  | { type: 'overload'; startedAt: number }

/** All slots at first: nobody is slowed down before a provider complains. */
export function newConcurrency({ most }: ConcurrencyOptions): Concurrency {
  return { limit: most, inFlight: 0, answers: 0, loweredAt: -Infinity }
}

export function stepConcurrency(
  state: Concurrency,
  event: ConcurrencyEvent,
  now: number,
  { most, isFixed }: ConcurrencyOptions,
): Concurrency {
  switch (event.type) {
    case 'take':
      return { ...state, inFlight: state.inFlight + 1 }
    case 'free':
      return { ...state, inFlight: state.inFlight - 1 }
    case 'answer': {
      if (isFixed || state.limit >= most) return state
      const answers = state.answers + 1
      return answers < state.limit ? { ...state, answers } : { ...state, limit: state.limit + 1, answers: 0 }
    }
    case 'overload':
      if (isFixed || event.startedAt < state.loweredAt) return state
      return { ...state, limit: Math.max(1, Math.floor(state.limit * LOWER)), answers: 0, loweredAt: now }
  }
}
