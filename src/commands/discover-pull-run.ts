import type { UpstreamError } from '../chat/error.ts'
import { isCloudModel } from '../providers/ollama/names.ts'
import { PullError, pullModel } from '../providers/ollama/pull.ts'
import type { PullOptions } from '../providers/ollama/pull.ts'
import type { Provider } from '../providers/types.ts'
import type { PullDisplay } from './discover-pull-progress.ts'

/** How one pull ended. */
export interface PullOutcome {
  model: string
  status: 'pulled' | 'failed' | 'stopped'
  error?: UpstreamError
  signInUrl?: string
}

/** Pulls at a time. */
const AT_ONCE = 3

export interface PullRun {
  runtime: Provider
  models: readonly string[]
  display: PullDisplay
  options: Omit<PullOptions, 'onProgress'>
}

/**
 * Pulls models, several at once; outcomes come in the order of the models. When the cloud refuses one for want of a
 * sign-in, the other cloud models are not tried: they would be refused too.
 */
export async function runPulls({ runtime, models, display, options }: PullRun): Promise<PullOutcome[]> {
  const outcomes: PullOutcome[] = []
  let refused: PullOutcome | undefined
  let next = 0
  async function pull(model: string): Promise<PullOutcome> {
    if (options.signal.aborted) return { model, status: 'stopped' }
    if (refused !== undefined && isCloudModel(model)) return { ...refused, model }
    display.start(model)
    const outcome = await pullOne(runtime, model, display, options)
    if (outcome.error?.kind === 'auth' && isCloudModel(model)) refused = outcome
    display.end(model, outcome.status)
    return outcome
  }
  async function work(): Promise<void> {
    for (let i = next++; i < models.length; i = next++) outcomes[i] = await pull(models[i] ?? '')
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, models.length) }, work))
  return outcomes
}

async function pullOne(
  runtime: Provider,
  model: string,
  display: PullDisplay,
  options: Omit<PullOptions, 'onProgress'>,
): Promise<PullOutcome> {
  try {
    await pullModel(runtime, model, { ...options, onProgress: (progress) => display.update(model, progress) })
    return { model, status: 'pulled' }
  } catch (error) {
    if (!(error instanceof PullError)) throw error
    if (error.error.code === 'stopped') return { model, status: 'stopped' }
    const { signInUrl } = error
    return { model, status: 'failed', error: error.error, ...(signInUrl !== undefined && { signInUrl }) }
  }
}

/** What a failure means, and what to do about it. */
export function explainFailure({ error, signInUrl }: PullOutcome): string {
  if (signInUrl !== undefined) return `this Ollama is not signed in: open ${signInUrl}`
  const message = error?.message ?? ''
  switch (error?.kind) {
    case 'auth':
      return `${message}; sign in with "ollama signin", or see whether cloud models are turned off`
    case 'quota':
      return `the account does not allow it (plan, usage or payment): ${message}`
    case 'not_found':
      return `there is no such model, or it has been retired: ${message}`
    case 'network':
      return `the connection to Ollama was lost (${message}); the same command goes on where it stopped`
    default:
      return message
  }
}
