import { lockName } from '../../catalog/lock/lock-name.ts'
import { readLock } from '../../catalog/lock/read.ts'
import type { Lock } from '../../catalog/lock/types.ts'
import { SageError } from '../../diagnostics/errors.ts'
import type { Provider } from '../../providers/types.ts'
import type { Check } from '../check.ts'
import { error, info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { listedModels } from '../listed-models.ts'
import { remoteProviders } from '../world.ts'
import type { World } from '../world.ts'

/** A lock that nobody has written for so long is worth a word, in days. */
const OLD_DAYS = 30
const DAY_MS = 86_400_000
/** So many names are told; the rest is counted. */
const MOST_NAMES = 5
const FIX = 'sage discover'

export const lock: Check = {
  id: 'lock',
  title: 'whether the lock file is sound and up to date',
  run: async (world) => {
    const { found: file, profile } = world.profile
    if (file === undefined || profile === undefined || remoteProviders(world).length === 0) return []
    const path = lockName(file.path)
    const text = await world.effects.files.read(path)
    if (text === undefined) {
      const means =
        'providers whose models the profile does not list are asked at each start, or go by a built-in table'
      return [info('lock-none', `there is no ${path}`, { means, fix: FIX })]
    }
    let read: Lock
    try {
      read = readLock(text, path)
    } catch (problem) {
      if (!(problem instanceof SageError)) throw problem
      return [
        error(problem.code, problem.message, { means: 'sage cannot go by it', fix: `${FIX}, which writes it anew` }),
      ]
    }
    const found = [...(await tooOld(world, path)), ...(await differences(world, read))]
    return found.length > 0 ? found : [ok('lock', `${path} is up to date`)]
  },
}

async function tooOld({ effects }: World, path: string): Promise<Observation[]> {
  const facts = await effects.files.stat(path)
  const days = facts === undefined ? 0 : Math.floor((effects.now() - facts.changedAt) / DAY_MS)
  if (days <= OLD_DAYS) return []
  const means = 'models that came or went since then are not in it'
  return [info('lock-old', `${path} was last written ${days} days ago`, { means, fix: FIX })]
}

async function differences(world: World, read: Lock): Promise<Observation[]> {
  const found = await Promise.all(remoteProviders(world).map((provider) => compare(world, read, provider)))
  const known = new Set(world.profile.providers.map(({ name }) => name))
  const gone = [...read.providers.keys()].filter((name) => !known.has(name))
  const means = 'it does no harm'
  return [
    ...found.flat(),
    ...gone.map((name) => info('lock-provider-gone', `the lock has ${name}, the profile has not`, { means, fix: FIX })),
  ]
}

async function compare(world: World, { providers }: Lock, provider: Provider): Promise<Observation[]> {
  const { name, kind, origin, basePath } = provider
  const locked = providers.get(name)
  const lists = world.profile.profile?.providers.find((each) => each.name === name)?.models ?? []
  if (locked === undefined) {
    if (lists.length > 0) return []
    const means = 'sage goes by a built-in table, or asks at each start'
    return [info('lock-provider-missing', `the lock lacks ${name}`, { means, fix: FIX })]
  }
  if (locked.kind !== kind || !locked.baseUrl.startsWith(origin)) {
    const means = 'what the lock says of it no longer counts'
    const message = `${name} was locked as ${locked.kind} at ${locked.baseUrl}; now it is ${kind} at ${origin}${basePath}`
    return [warning('lock-provider-moved', message, { means, fix: FIX })]
  }
  const missing = lists.map(({ id }) => id).filter((id) => !hasModel(locked.models, id))
  const lacking = missing.length === 0 ? [] : [lacks(name, missing)]
  if (world.offline) return lacking
  const { answer } = await world.probe(provider)
  const listed = answer?.status === 200 ? listedModels(answer.body) : undefined
  if (listed === undefined) return lacking
  const removed = [...locked.models.keys()].filter((id) => !listed.has(id))
  const added = [...listed].filter((id) => !locked.models.has(id))
  if (removed.length + added.length === 0) return lacking
  const parts = [
    ...(removed.length === 0 ? [] : [`gone: ${some(removed)}`]),
    ...(added.length === 0 ? [] : [`new: ${some(added)}`]),
  ]
  const means = removed.length === 0 ? 'sage does not know the new ones' : 'requests to those that are gone fail'
  const make = removed.length === 0 ? info : warning
  return [
    ...lacking,
    make('lock-differs', `${name} has other models than the lock (${parts.join('; ')})`, { means, fix: FIX }),
  ]
}

/** Ollama knows `qwen3` as `qwen3:latest`. */
function hasModel(models: ReadonlyMap<string, unknown>, id: string): boolean {
  return models.has(id) || models.has(`${id}:latest`)
}

function lacks(name: string, ids: readonly string[]): Observation {
  const means = 'the provider did not have them when it was asked; their facts are the built-in ones'
  return warning('lock-model-missing', `the lock lacks models of ${name}: ${some(ids)}`, { means, fix: FIX })
}

function some(ids: readonly string[]): string {
  const rest = ids.length - MOST_NAMES
  return ids.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
