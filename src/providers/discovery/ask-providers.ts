import type { Report } from '../../catalog/lock/merge.ts'
import type { Profile } from '../../profile/types.ts'
import type { Send } from '../transport/types.ts'
import type { Provider } from '../types.ts'
import { createAsk } from './ask-json.ts'
import { listModels } from './list-models.ts'
import { AskError } from './types.ts'
import type { AskedProvider } from './types.ts'

/** Providers asked at a time. */
const AT_ONCE = 8

export interface AskOptions {
  send: Send
  /** Longest time for one provider, all its calls together, in ms. */
  deadlineMs: number
  /** Stops everything that is under way. */
  signal?: AbortSignal
  /** Called whenever a provider is done, well or not. */
  onDone?: (answer: Answer) => void
}

/** What came of asking one provider. */
export type Answer =
  | { report: Report; failure?: undefined }
  | { provider: string; failure: AskError; report?: undefined }

/** The providers of a profile with what only the profile knows of them. The simulated ones have nothing to ask. */
export function providersToAsk(profile: Profile, providers: readonly Provider[]): AskedProvider[] {
  const given = new Map(profile.providers.map((each) => [each.name, each]))
  return providers
    .filter(({ kind }) => kind !== 'demo')
    .map((provider) => {
      const { preset = provider.spec.preset, local } = given.get(provider.name) ?? {}
      const localFrom = local === undefined ? 'base_url' : 'profile'
      return { provider, localFrom, ...(preset !== undefined && { preset }) }
    })
}

/**
 * Asks providers for their models, several at once, each within its own deadline: the failure of one does not touch the
 * others. Answers come in the order of the providers; it never rejects.
 */
export async function askProviders(asked: readonly AskedProvider[], options: AskOptions): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  async function work(): Promise<void> {
    for (let i = next++; i < asked.length; i = next++) {
      const each = asked[i]
      if (each === undefined) continue
      const answer = await askOne(each, options)
      answers[i] = answer
      options.onDone?.(answer)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, asked.length) }, work))
  return answers
}

async function askOne(asked: AskedProvider, { send, deadlineMs, signal }: AskOptions): Promise<Answer> {
  const { name, kind, origin, basePath } = asked.provider
  const late = AbortSignal.timeout(deadlineMs)
  const ask = createAsk(send, asked.provider, signal === undefined ? late : AbortSignal.any([late, signal]))
  try {
    return { report: { provider: name, kind, baseUrl: origin + basePath, models: await listModels(asked, ask) } }
  } catch (error) {
    const failure =
      error instanceof AskError
        ? error
        : new AskError('bad_answer', error instanceof Error ? error.message : String(error))
    return { provider: name, failure }
  }
}
