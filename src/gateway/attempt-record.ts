import type { Model } from '../catalog/types.ts'
import type { Provider } from '../providers/types.ts'
import type { AttemptRecord, AttemptResult } from './types.ts'

/** How one attempt took place. */
export interface Course {
  /** Index of the key among the provider's. */
  key: number
  /** Until its result, in ms. */
  ms: number
  /** Before it, for the target's sake, in ms; 0 for none. */
  waitedMs: number
  /** It was to go on with an answer that had broken off. */
  isRescue: boolean
}

/** One attempt as the log tells it; `redact` takes key values out of a text. */
export function attemptRecord(
  provider: Provider,
  model: Model,
  course: Course,
  result: AttemptResult,
  redact: (text: string) => string,
): AttemptRecord {
  const key = provider.keys[course.key]
  const base = {
    provider: provider.name,
    model: model.id,
    ...(key !== undefined && { key: key.reference }),
    ...(course.isRescue && { rescue: true as const }),
    ...(course.waitedMs > 0 && { waitedMs: course.waitedMs }),
    ms: course.ms,
  }
  switch (result.type) {
    case 'done':
      return { ...base, outcome: 'ok', status: 200 }
    case 'client_gone':
      return { ...base, outcome: 'client_gone', status: 0 }
    case 'unavailable':
      return { ...base, outcome: 'unavailable', status: 0, message: result.message }
    default:
      return {
        ...base,
        outcome: result.type === 'cut' ? 'cut' : result.error.kind,
        status: result.error.status,
        message: redact(result.error.message),
      }
  }
}
