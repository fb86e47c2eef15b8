import type { DiscoveredModel } from '../catalog/types.ts'
import type { Capability, Profile } from '../profile/types.ts'
import { probeOllama } from '../providers/ollama/probe.ts'
import type { Provider } from '../providers/types.ts'

/** How long an Ollama server may take to list its models, in ms. */
const PROBE_MS = 2000
const CAPABILITIES: readonly Capability[] = ['tools', 'vision', 'json', 'thinking', 'documents']

/**
 * Asks the Ollama servers whose models the profile does not list. Every other provider is known by its profile, its
 * preset or the built-in table: nothing else is called before there is a request.
 */
export async function discoverModels(
  profile: Profile,
  providers: readonly Provider[],
): Promise<Map<string, DiscoveredModel[]>> {
  const asked = providers.filter(({ name, kind, keys, missingKey }) => {
    const listed = profile.providers.some((given) => given.name === name && given.models.length > 0)
    // A key is for ollama.com, whose list the probe cannot ask for.
    return kind === 'ollama' && !listed && missingKey === undefined && keys.length === 0
  })
  const answers = await Promise.all(
    asked.map(async ({ name, origin, basePath }) => ({ name, models: await probeOllama(origin + basePath, PROBE_MS) })),
  )
  return new Map(
    answers.flatMap(({ name, models }) => (models === undefined ? [] : [[name, models.map(toDiscovered)]])),
  )
}

type ProbedModel = NonNullable<Awaited<ReturnType<typeof probeOllama>>>[number]

/** The server's list of capabilities is complete: what it does not name is false. */
function toDiscovered({ id, capabilities, context, remote }: ProbedModel): DiscoveredModel {
  return {
    id,
    remote,
    ...(context === undefined ? {} : { context }),
    ...(capabilities === undefined
      ? {}
      : { capabilities: Object.fromEntries(CAPABILITIES.map((name) => [name, capabilities.includes(name)])) }),
  }
}
