import type { LockChange } from '../catalog/lock/compare.ts'
import type { Answer } from '../providers/discovery/ask-providers.ts'
import type { Discovery } from './discover-result.ts'

/** What `sage discover --json` prints; described by schemas/discover.schema.json. */
export interface DiscoverJson {
  version: 1
  /** Name of the lock file; null when the profile is no file. */
  lock: string | null
  /** The lock differs from what the providers said. */
  changed: boolean
  written: boolean
  changes: readonly LockChange[]
  providers: ProviderJson[]
}

export type ProviderJson =
  | { name: string; status: 'answered'; models: number; loaded: string[] }
  | { name: string; status: 'failed'; error: { kind: string; http_status: number; message: string } }
  | { name: string; status: 'skipped'; reason: string }

/** The document for a program. */
export function discoverJson({ target, answers, before, after, changes }: Discovery, written: boolean): DiscoverJson {
  const skipped = target.skipped.map(({ provider, reason }): ProviderJson => ({
    name: provider,
    status: 'skipped',
    reason,
  }))
  return {
    version: 1,
    lock: target.place?.name ?? null,
    changed: before !== after,
    written,
    changes,
    providers: [...answers.map(answerJson), ...skipped],
  }
}

function answerJson(answer: Answer): ProviderJson {
  if (answer.failure !== undefined) {
    const { kind, status, message } = answer.failure
    return { name: answer.provider, status: 'failed', error: { kind, http_status: status, message } }
  }
  const { provider, models } = answer.report
  const loaded = models.filter(({ isLoaded }) => isLoaded === true).map(({ id }) => id)
  return { name: provider, status: 'answered', models: models.length, loaded }
}
