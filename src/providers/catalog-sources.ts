import type { CatalogSource, DiscoveredModel } from '../catalog/types.ts'
import type { Profile } from '../profile/types.ts'
import { isLocalModel } from './locality.ts'
import { findPreset } from './presets.ts'
import type { Provider } from './types.ts'

/**
 * What `buildCatalog` needs of each provider, in profile order. `discovered` maps provider names to what was found there;
 * providers nobody asked are absent from it. `providers` comes from `resolveProviders` of the same profile.
 */
export function catalogSources(
  profile: Profile,
  providers: readonly Provider[],
  discovered: ReadonlyMap<string, DiscoveredModel[]> = new Map(),
): CatalogSource[] {
  const byName = new Map(profile.providers.map((provider) => [provider.name, provider]))
  return providers.map((provider) => {
    const given = byName.get(provider.name)
    const preset = given?.preset ?? provider.spec.preset
    return {
      provider: provider.name,
      kind: provider.kind,
      ...(preset !== undefined && { preset }),
      isLocal: (id) => isLocalModel(provider, id),
      models: given?.models ?? [],
      profileDefaults: given?.defaults ?? {},
      discovered: discovered.get(provider.name) ?? [],
      presetDefaults: findPreset(preset)?.defaults ?? {},
      assumed: provider.spec.defaults,
    }
  })
}
