import { nearest } from '../../diagnostics/suggest.ts'
import { compileGlob, isGlob } from '../../profile/glob.ts'
import { isTagPattern } from '../../profile/lint-names.ts'
import type { SourceRef } from '../../profile/types.ts'
import { isCloudModel } from '../../providers/ollama/names.ts'
import type { Provider } from '../../providers/types.ts'
import type { Check } from '../check.ts'
import { error, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { isListed, listedModels } from '../listed-models.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'

export const models: Check = {
  id: 'models',
  title: 'models that no provider has, or that were retired',
  run: async (world) => {
    if (world.profile.profile === undefined) return []
    const usable = world.profile.catalog.models.filter(({ provider }) => !isClosed(world, provider))
    const retired = world.offline ? [] : await Promise.all(remoteProviders(world).map((each) => judge(world, each)))
    const found = [
      ...(usable.length === 0 ? [nothing()] : []),
      ...unknownNames(world),
      ...idleRescues(world),
      ...retired.flat(),
    ]
    return found.length > 0
      ? found
      : [ok('models', `${usable.length} models can be called, and every name leads to one`)]
  },
}

function isClosed({ profile }: World, provider: string): boolean {
  return profile.providers.find(({ name }) => name === provider)?.missingKey !== undefined
}

function nothing(): Observation {
  const means = 'sage serve does not start'
  return error('models-none', 'no model can be called', {
    means,
    fix: 'set the key of a provider, or start Ollama: ollama serve',
  })
}

/** Names in rules, pins and aliases that lead to no model of the catalogue. Excluding what is not there is no mistake. */
function unknownNames({ profile }: World): Observation[] {
  const { policies = [], pins = [] } = profile.profile ?? {}
  const targets = [...profile.catalog.byTarget.keys()]
  // A provider whose models are not known right now is the business of other checks.
  const silent = profile.providers.filter(
    ({ name }) => !profile.catalog.models.some(({ provider }) => provider === name),
  )
  const judgeName = (glob: string, where: string, source: SourceRef | undefined): Observation[] => {
    // What is said of tags is checked with the profile itself.
    if (isTagPattern(glob)) return []
    const matches = compileGlob(glob)
    if (targets.some((target) => matches(target))) return []
    if (silent.some(({ name }) => glob.toLowerCase().startsWith(`${name}/`) || isGlob(glob.split('/', 1)[0] ?? '')))
      return []
    const near = isGlob(glob) ? undefined : nearest(glob, targets)
    const fix = near === undefined ? 'correct the name, or see what there is: sage discover' : `did you mean ${near}?`
    const means = 'nothing ever goes there'
    const at = profile.found === undefined ? undefined : source
    return [warning('model-unknown', `${where} names ${glob}, which no provider offers`, { means, fix, source: at })]
  }
  const rules = policies.flatMap(({ name, rules: list }) => list.map((rule) => ({ policy: name, rule })))
  return [
    ...rules.flatMap(({ policy, rule: { name, prefer, only, source } }) =>
      [...prefer, ...only].flatMap((glob) => judgeName(glob, `rule "${name}" of ${policy}`, source)),
    ),
    ...pins.flatMap(({ match, fallback }) =>
      fallback
        .filter((target) => !target.startsWith('sage/'))
        .flatMap((target) => judgeName(target, `the pin of ${match}`, undefined)),
    ),
  ]
}

/** Policies that would have broken texts finished, where nobody is known to finish one. */
function idleRescues({ profile }: World): Observation[] {
  if (profile.catalog.models.some(({ continuesPrefill }) => continuesPrefill === true)) return []
  const means = 'a text that breaks off is answered with an error, as if it were not set'
  const fix = 'say of a model that was tried: continues_prefill: true (see: sage help rescue)'
  return (profile.profile?.policies ?? [])
    .filter(({ rescue }) => rescue === 'prose')
    .map(({ name, source }) => {
      const message = `${name} has rescue: prose, but no model is known to go on with a begun answer`
      return warning('rescue-idle', message, { means, fix, source: profile.found === undefined ? undefined : source })
    })
}

/** Models that the provider's own list, as it is now, does not have. */
async function judge(world: World, provider: Provider): Promise<Observation[]> {
  const { answer } = await world.probe(provider)
  const listed = answer?.status === 200 ? listedModels(answer.body) : undefined
  if (listed === undefined) return []
  const { name, kind } = provider
  return (
    world.profile.catalog.models
      .filter(({ provider: owner, id }) => owner === name && !isListed(listed, id))
      // A server passes these names on to the cloud without having them itself.
      .filter(({ id }) => !(kind === 'ollama' && isCloudModel(id)))
      .map(({ id }) => {
        const near = nearest(id, listed)
        const pull = kind === 'ollama' ? `ollama pull ${id}, or ` : ''
        const hint = near === undefined ? 'take it out of the profile' : `did you mean ${name}/${near}?`
        const means = 'it was retired, is misspelt, or this account does not have it; requests to it fail'
        const message = `${name}/${id} is not in the list of ${name}`
        return warning('model-retired', message, { means, fix: pull + hint, source: sourceOf(world, name) })
      })
  )
}
