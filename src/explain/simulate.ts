import type { Catalog } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import { nearest } from '../diagnostics/suggest.ts'
import type { Target } from '../policy/types.ts'
import { isGlob, matchGlob } from '../profile/glob.ts'
import type { Profile } from '../profile/types.ts'

/** What a provider may be made to do. */
export type Behaviour =
  | 'ok'
  | 'down'
  | 'slow'
  | 'reset'
  | 'empty'
  | 'error'
  | 'cut'
  | 'filtered'
  | 'context'
  | `${number}`

/** Words for it, as `--simulate` takes them; several may mean the same. */
const WORDS: Readonly<Record<string, Behaviour>> = {
  ok: 'ok',
  down: 'down',
  slow: 'slow',
  timeout: 'slow',
  reset: 'reset',
  empty: 'empty',
  'error-in-stream': 'error',
  cut: 'cut',
  'content-filter': 'filtered',
  context: 'context',
}
/** Statuses of error answers that providers give. */
const STATUSES = [
  '400',
  '401',
  '402',
  '403',
  '404',
  '408',
  '413',
  '422',
  '429',
  '500',
  '502',
  '503',
  '504',
  '529',
] as const

/** One `name=outcome`. */
export interface Assumption {
  name: string
  behaviour: Behaviour
}

/** Why a simulation is not understood, and what to write instead. */
export interface NotUnderstood {
  problem: string
  hint: string
}

/** Reads `anthropic=429,ollama=down,openai/gpt-5=slow`: names are providers, targets, model ids or globs over targets. */
export function readSimulation(text: string, profile: Profile, catalog: Catalog): Assumption[] | NotUnderstood {
  const assumptions: Assumption[] = []
  for (const item of text.split(',').map((each) => each.trim())) {
    if (item === '') continue
    const equals = item.lastIndexOf('=')
    const [name, word] = [
      item.slice(0, Math.max(equals, 0)).trim(),
      item
        .slice(equals + 1)
        .trim()
        .toLowerCase(),
    ]
    if (name === '') return { problem: `${item} is not understood`, hint: 'write name=outcome, such as openai=429' }
    const behaviour = behaviourOf(word)
    if (behaviour === undefined) return unknown('outcome', word, [...Object.keys(WORDS), ...STATUSES])
    if (!isKnown(name, profile, catalog)) {
      const names = [
        ...profile.providers.map((provider) => provider.name),
        ...catalog.models.flatMap((model) => [targetOf(model), model.id]),
      ]
      return unknown('provider or model', name, names)
    }
    assumptions.push({ name, behaviour })
  }
  return assumptions.length > 0 ? assumptions : { problem: 'nothing is simulated', hint: 'write name=outcome' }
}

/** What a target does: the assumption that names it most closely, the later of two alike; `ok` without any. */
export function behaviourFor(target: Target, assumptions: readonly Assumption[]): Behaviour {
  let best: { closeness: number; behaviour: Behaviour } = { closeness: 0, behaviour: 'ok' }
  for (const { name, behaviour } of assumptions) {
    const closeness = closenessOf(name, target)
    if (closeness > 0 && closeness >= best.closeness) best = { closeness, behaviour }
  }
  return best.behaviour
}

function behaviourOf(word: string): Behaviour | undefined {
  if (Object.hasOwn(WORDS, word)) return WORDS[word]
  return STATUSES.find((status) => status === word)
}

function isKnown(name: string, profile: Profile, catalog: Catalog): boolean {
  return (
    profile.providers.some((provider) => provider.name === name) ||
    catalog.models.some(({ provider, id }) => closenessOf(name, { provider, model: id }) > 0) ||
    // A model that the provider is not known to have: a pin may name it.
    profile.providers.some(
      (provider) =>
        name.startsWith(`${provider.name}/`) && !catalog.models.some((model) => model.provider === provider.name),
    )
  )
}

/** 4 for the target itself, 3 for its model's id, 2 for a glob, 1 for its provider, 0 for another one. */
function closenessOf(name: string, { provider, model }: Target): number {
  if (name === `${provider}/${model}`) return 4
  if (name === model) return 3
  if (name === provider) return 1
  return isGlob(name) && matchGlob(name, `${provider}/${model}`) ? 2 : 0
}

function unknown(what: string, word: string, known: readonly string[]): NotUnderstood {
  const near = nearest(word, known)
  const list = what === 'outcome' ? `one of ${known.join(', ')}` : 'a provider, a model or a glob such as openai/*'
  return { problem: `unknown ${what} ${word}`, hint: near === undefined ? `take ${list}` : `did you mean "${near}"?` }
}
