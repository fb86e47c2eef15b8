// What sage init is to do: by the flags, by answers, or by default.
import { relative } from 'node:path'
import { foundProviders } from '../init/propose.ts'
import { HOSTED } from '../init/look.ts'
import type { Surroundings } from '../init/look.ts'
import type { Imported } from '../init/import/to-found.ts'
import type { ClientTemplate } from '../init/template.ts'
import type { InitOptions } from './init-options.ts'
import { readNames } from './init-options.ts'
import type { Asker } from './init-questions.ts'

export interface Choices {
  /** Providers for the profile; with one that is there, those to add. */
  providers: string[]
  imported: Imported[]
  clients: ClientTemplate[]
  lock: boolean
}

export interface ChoiceWorld {
  around: Surroundings
  clients: readonly ClientTemplate[]
  cwd: string
  /** Providers of a profile that stays. */
  existing: readonly string[] | undefined
  importFile(path: string): Imported
}

/** Names that --provider takes. */
export const PROVIDER_NAMES: readonly string[] = [...HOSTED.keys(), 'ollama', 'lmstudio', 'llamacpp', 'vllm', 'demo']

/** Chooses without asking: everything found for a new profile; what a flag names for one that is there. */
export function chooseByFlags(options: InitOptions, world: ChoiceWorld): Choices {
  const named = readNames(options.provider, 'provider', PROVIDER_NAMES)
  const imported = (options.import ?? []).map((path) => world.importFile(path))
  const byDefault = world.existing === undefined ? foundProviders(world.around) : []
  return {
    providers: named ?? byDefault,
    imported,
    clients: namedClients(options, world.clients),
    lock: options.lock !== false,
  }
}

/** Asks for what no flag has said; undefined when the user left with Ctrl-C. */
export async function chooseByAsking(
  options: InitOptions,
  world: ChoiceWorld,
  ask: Asker,
): Promise<Choices | undefined> {
  const choices = chooseByFlags(options, world)
  if (options.import === undefined) {
    for (const path of world.around.configs) {
      const imported = importable(path, world)
      if (imported === undefined) continue
      const names = imported.providers.map(({ name }) => name).join(', ')
      const answer = await ask.agree(`Take over ${names} from ${imported.program} (${relative(world.cwd, path)})?`)
      if (answer === undefined) return undefined
      if (answer) choices.imported.push(imported)
    }
  }
  const open = foundProviders(world.around).filter((name) => world.existing?.includes(name) !== true)
  if (options.provider === undefined && open.length > (world.existing === undefined ? 1 : 0)) {
    const checked = world.existing === undefined
    const message = checked ? 'Which providers?' : 'Which providers to add to the profile?'
    const answer = await ask.choose(
      message,
      open.map((value) => ({ value, name: value, checked })),
    )
    if (answer === undefined) return undefined
    choices.providers = answer
  }
  if (options.client === undefined && world.around.clients.length > 0) {
    const offers = world.around.clients.map(({ client }) => ({ value: client.name, name: client.title }))
    const answer = await ask.choose('Which clients shall go through sage? (none is fine)', offers)
    if (answer === undefined) return undefined
    choices.clients = world.clients.filter(({ name }) => answer.includes(name))
  }
  if (options.lock === undefined || options.lock) {
    const answer = await ask.agree('Ask the providers for their models, and lock what they say (sage.lock.yaml)?')
    if (answer === undefined) return undefined
    choices.lock = answer
  }
  return choices
}

function namedClients(options: InitOptions, clients: readonly ClientTemplate[]): ClientTemplate[] {
  const known = clients.map(({ name }) => name)
  const names = readNames(options.client, 'client', known) ?? []
  return names.flatMap((name) => clients.find((client) => client.name === name) ?? [])
}

/** A file that was found, not named, need not be sound. */
function importable(path: string, world: ChoiceWorld): Imported | undefined {
  try {
    const imported = world.importFile(path)
    return imported.providers.length > 0 ? imported : undefined
  } catch {
    return undefined
  }
}
