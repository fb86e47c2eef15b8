// What stays the same from one snapshot to the next, so that what was learnt of it can stay too.
import type { Provider } from '../providers/types.ts'

export interface ProviderChanges {
  /** The new providers; those that are as before are the very objects of before. */
  providers: Provider[]
  /** Names of those. */
  kept: ReadonlySet<string>
  /** For every new provider: which of its former keys each key is, by its value; undefined for a new one. */
  keys: ReadonlyMap<string, readonly (number | undefined)[]>
}

export function compareProviders(before: readonly Provider[], after: readonly Provider[]): ProviderChanges {
  const former = new Map(before.map((provider) => [provider.name, provider]))
  const providers = after.map((provider) => {
    const same = former.get(provider.name)
    return same !== undefined && isSame(same, provider) ? same : provider
  })
  return {
    providers,
    kept: new Set(providers.filter((provider) => former.get(provider.name) === provider).map(({ name }) => name)),
    keys: new Map(providers.map((provider) => [provider.name, matchKeys(former.get(provider.name), provider)])),
  }
}

/** Both were made by the same function, so their members have one order. A secret prints as a placeholder: its value is compared. */
function isSame(a: Provider, b: Provider): boolean {
  if (a === b) return true
  const values = ({ keys }: Provider): string[] => keys.flatMap((key) => [key.reference, key.reveal()])
  const rest = (provider: Provider): string => JSON.stringify({ ...provider, keys: [] })
  return rest(a) === rest(b) && JSON.stringify(values(a)) === JSON.stringify(values(b))
}

/** At another address even the same key starts anew. */
function matchKeys(before: Provider | undefined, { origin, keys }: Provider): (number | undefined)[] {
  const values = before?.origin === origin ? before.keys.map((key) => key.reveal()) : []
  return keys.map((key) => {
    const at = values.indexOf(key.reveal())
    return at === -1 ? undefined : at
  })
}
