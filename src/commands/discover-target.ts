import { ProfileError, UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { parseProfile } from '../profile/parse.ts'
import type { Profile } from '../profile/types.ts'
import { providersToAsk } from '../providers/discovery/ask-providers.ts'
import type { AskedProvider } from '../providers/discovery/types.ts'
import { resolveProviders } from '../providers/resolve.ts'
import type { Provider } from '../providers/types.ts'
import type { Context } from './context.ts'
import { readEnvironment } from './environment.ts'
import { createLookUp, keyProblem } from './key-lookup.ts'
import { lockPlace } from './lock-file.ts'
import type { LockPlace } from './lock-file.ts'
import { openProfile } from './open-profile.ts'

/** The providers of a profile, and where their lock is. */
export interface DiscoverTarget {
  profile: Profile
  /** For people. */
  origin: string
  /** Absent for a profile that is no file: then there is nothing to write beside. */
  place: LockPlace | undefined
  /** All providers of the profile, ready to be called. */
  providers: Provider[]
  /** Those that can be asked. */
  asked: AskedProvider[]
  /** Those that cannot, and why. */
  skipped: { provider: string; reason: string }[]
}

/**
 * Opens the profile and chooses the providers: those of `names`, or all. Unlike `loadWorkspace` it calls nobody, and
 * is content with a profile of which no model is usable yet. Throws `ProfileError`, `UsageError` or `SageError`.
 */
export async function openTarget(
  context: Context,
  flag: string | undefined,
  names: readonly string[] | undefined,
): Promise<DiscoverTarget> {
  const env = readEnvironment(context)
  const opened = await openProfile({ ...context, env }, flag)
  const { profile, diagnostics } = parseProfile(opened.text, opened.name)
  if (profile === undefined) throw new ProfileError(diagnostics, opened.text)
  const lookUp = createLookUp(context.home, env, opened.directory)
  const providers = resolveProviders(profile, (reference) => lookUp(reference).secret)
  const chosen = choose(providersToAsk(profile, providers), names, providers)
  const closed = chosen.filter(({ provider }) => provider.missingKey !== undefined && !hasPublicList(provider))
  return {
    profile,
    origin: opened.origin,
    place: lockPlace(opened),
    providers,
    asked: chosen.filter((each) => !closed.includes(each)),
    skipped: closed.map(({ provider }) => ({ provider: provider.name, reason: keyProblem(provider, lookUp) })),
  }
}

/** Ollama's cloud shows its models to everyone. Source: https://docs.ollama.com/cloud */
function hasPublicList({ kind }: Provider): boolean {
  return kind === 'ollama-cloud'
}

function choose(
  all: readonly AskedProvider[],
  names: readonly string[] | undefined,
  providers: readonly Provider[],
): AskedProvider[] {
  for (const name of names ?? []) {
    if (all.some(({ provider }) => provider.name === name)) continue
    if (providers.some((provider) => provider.name === name)) {
      throw new UsageError(`provider ${name} is simulated: there is nobody to ask`)
    }
    const known = providers.map((provider) => provider.name)
    const hint = didYouMean(name, known) ?? `the profile has ${known.join(', ')}`
    throw new UsageError(`the profile has no provider called ${name}`, hint)
  }
  return names === undefined ? [...all] : all.filter(({ provider }) => names.includes(provider.name))
}
