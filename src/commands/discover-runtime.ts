import { UsageError } from '../diagnostics/errors.ts'
import { parseProfile } from '../profile/parse.ts'
import { resolveProviders } from '../providers/resolve.ts'
import type { Provider } from '../providers/types.ts'
import type { Context } from './context.ts'
import { readEnvironment } from './environment.ts'
import { ollamaBaseUrl } from './ollama-host.ts'

/**
 * The Ollama server that pulls: the one of that name, or the only one of the profile, or else the one of this machine
 * (OLLAMA_HOST). Throws `UsageError` when that leaves a choice.
 */
export function findRuntime(
  context: Context,
  providers: readonly Provider[],
  names: readonly string[] | undefined,
): Provider {
  const all = providers.filter(({ kind, origin }) => kind === 'ollama' && new URL(origin).hostname !== 'ollama.com')
  const found = names === undefined ? all : all.filter(({ name }) => names.includes(name))
  const [first, ...others] = found
  const known = all.map(({ name }) => name).join(', ')
  if (others.length > 0) throw new UsageError(`several Ollama servers could pull: ${known}`, 'choose with --provider')
  if (first !== undefined) return first
  if (names !== undefined) {
    throw new UsageError(
      `no Ollama server of the profile is called ${names.join(', ')}`,
      `there are: ${known || 'none'}`,
    )
  }
  return ownOllama(readEnvironment(context))
}

function ownOllama(env: Context['env']): Provider {
  const url = ollamaBaseUrl(env['OLLAMA_HOST'])
  const { profile } = parseProfile(
    `version: 1\nproviders: { ollama: { kind: ollama, base_url: "${url}" } }`,
    'OLLAMA_HOST',
  )
  const [provider] = profile === undefined ? [] : resolveProviders(profile, () => undefined)
  if (provider === undefined) throw new UsageError(`OLLAMA_HOST is no address: ${url}`)
  return provider
}
