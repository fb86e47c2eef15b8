import { isChatModelId } from '../../catalog/chat-model.ts'
import type { Tier } from '../../catalog/data/defaults.ts'
import { defaultTiers, knownFacts } from '../../catalog/known-models.ts'
import { isCloudModel } from '../../dialects/ollama-chat/model-name.ts'
import type { Capability } from '../../profile/types.ts'
import { KINDS } from '../kinds.ts'
import { isLocalUrl } from '../locality.ts'
import { PRESETS } from '../presets.ts'

/** A model of an Ollama server, as discovery sees it. */
export interface FoundModel {
  id: string
  /** Complete list of what it can do; absent when unknown. */
  capabilities?: Capability[]
  /** Context window, in tokens. */
  context?: number
  /** The server hands prompts on to the cloud. */
  remote: boolean
}

/** What is there to make a profile of. */
export interface Found {
  /** Names of environment variables that are set. */
  keys: string[]
  ollama?: { baseUrl: string; models: FoundModel[] }
  /** Providers known by other ways. One that has the name of a provider that a key opens takes its place. */
  others?: FoundProvider[]
}

/** A provider that somebody else has described: a server that answered, or another program's settings. */
export interface FoundProvider {
  /** As the profile calls it. */
  name: string
  title: string
  /** Lines below the name, in YAML, without indentation. */
  settings: string[]
  /** Prompts stay on this machine or its private network. */
  local: boolean
  models: Omit<FoundModel, 'remote'>[]
}

/** A provider of the new profile with its models. */
export interface ProviderDraft {
  name: string
  title: string
  /** Lines below the name, in YAML, without indentation. */
  settings: string[]
  models: ModelDraft[]
}

/** A model of the new profile and what it is good for. */
export interface ModelDraft {
  id: string
  target: string
  local: boolean
  tier: Tier
  /** Made for code. */
  coder: boolean
  vision: boolean
  thinking: boolean
  /** Facts worth writing down. */
  facts?: { capabilities?: Capability[] | undefined; context?: number | undefined }
}

/** Where a model on one's own machine counts as more than small, in billions of parameters. */
const LARGE = 20
const CODER = /(?:^|[-/])(?:qwen[\d.]*-coder|devstral|codestral|deepseek-coder|gpt-oss|starcoder\d*|coder)/
/** What vendors call their small hosted models. */
const SMALL = /(?:^|[-/._])(?:mini|nano|lite|small|haiku|flash|instant|tiny)(?:$|[-/._:])/
/** What the schema takes for a model id. */
const USABLE_ID = /^[^\s*?]{1,200}$/

/** Hosted providers with a kind of their own, in the order they go into a profile: the earlier one wins a tie. */
const HOSTED_KINDS = { anthropic: 'Anthropic', openai: 'OpenAI', gemini: 'Gemini' } as const
/** Those with a preset, behind them. */
const HOSTED: readonly (keyof typeof PRESETS)[] = ['openrouter', 'deepseek', 'mistral', 'xai', 'groq', 'nvidia']

/** Providers that the found keys and servers open up, strongest first. Empty when nothing was found. */
export function draftProviders(found: Found): ProviderDraft[] {
  const keys = new Set(found.keys)
  const drafts: ProviderDraft[] = []
  for (const [name, title] of Object.entries(HOSTED_KINDS) as [keyof typeof HOSTED_KINDS, string][]) {
    const { keyVariable } = KINDS[name]
    if (keyVariable === undefined || !keys.has(keyVariable)) continue
    const settings = [`kind: ${name}`, `key: env:${keyVariable}`]
    drafts.push({ name, title, settings, models: hostedModels(name, name) })
  }
  for (const name of HOSTED) {
    const { keyVariable, title } = PRESETS[name]
    if (keyVariable === undefined || !keys.has(keyVariable)) continue
    const settings = ['kind: openai-compatible', `preset: ${name}`, `key: env:${keyVariable}`]
    drafts.push({ name, title, settings, models: hostedModels(name, name) })
  }
  const cloud = KINDS['ollama-cloud']
  if (cloud.keyVariable && keys.has(cloud.keyVariable)) {
    const settings = ['kind: ollama-cloud', `key: env:${cloud.keyVariable}`]
    const models = hostedModels('ollama-cloud', 'ollama-cloud')
    drafts.push({ name: 'ollama-cloud', title: 'Ollama Cloud', settings, models })
  }
  const server = found.ollama && draftOllama(found.ollama)
  if (server && server.models.length > 0) drafts.push(server)
  const others = (found.others ?? []).map(draftOther).filter(({ models }) => models.length > 0)
  const taken = new Set(others.map(({ name }) => name))
  return [...drafts.filter(({ name }) => !taken.has(name)), ...others]
}

function draftOther({ name, title, settings, local, models }: FoundProvider): ProviderDraft {
  const usable = models.filter(({ id }) => USABLE_ID.test(id) && isChatModelId(id))
  const unique = [...new Map(usable.map((model) => [model.id, model])).values()]
  return { name, title, settings, models: unique.map((model) => otherModel(name, model, local)) }
}

function otherModel(
  provider: string,
  { id, capabilities, context }: Omit<FoundModel, 'remote'>,
  here: boolean,
): ModelDraft {
  const local = here && !isCloudModel(id)
  const isSmall = local ? billionsOf(id) < LARGE : SMALL.test(id.toLowerCase())
  return {
    id,
    target: `${provider}/${id}`,
    local,
    tier: isSmall ? 'fast' : 'good',
    coder: CODER.test(id.toLowerCase()),
    ...talents(id, capabilities),
    facts: { capabilities, context },
  }
}

/** Size that a model's name tells, in billions of parameters; 0 when it tells none. */
function billionsOf(id: string): number {
  return Number(/(?:^|[:-])(\d+(?:\.\d+)?)b(?:$|[^a-z0-9])/i.exec(id)?.[1] ?? 0)
}

function hostedModels(provider: string, where: string): ModelDraft[] {
  return Object.entries(defaultTiers(where)).map(([id, tier]) => {
    return { id, target: `${provider}/${id}`, local: false, tier, coder: CODER.test(id), ...talents(id, undefined) }
  })
}

function draftOllama({ baseUrl, models }: NonNullable<Found['ollama']>): ProviderDraft {
  // A cloud model under an ordinary name is left out: nothing in a profile could tell that it is not local.
  const honest = models.filter((model) => !model.remote || isCloudModel(model.id))
  const usable = honest.filter((model) => USABLE_ID.test(model.id) && isChatModelId(model.id))
  const unique = [...new Map(usable.map((model) => [model.id, model])).values()]
  const here = isLocalUrl(baseUrl)
  return {
    name: 'ollama',
    title: 'Ollama',
    settings: ['kind: ollama', `base_url: ${JSON.stringify(baseUrl)}`],
    models: unique.map((model) => ollamaModel(model, here)),
  }
}

function ollamaModel(model: FoundModel, here: boolean): ModelDraft {
  const { id, capabilities, context } = model
  const local = here && !isCloudModel(id)
  const billions = billionsOf(id)
  return {
    id,
    target: `ollama/${id}`,
    local,
    tier: !local || billions >= LARGE ? 'good' : 'fast',
    coder: CODER.test(id.toLowerCase()),
    ...talents(id, capabilities),
    facts: { capabilities, context },
  }
}

/** What was found decides; without it, the built-in table. */
function talents(id: string, found: Capability[] | undefined): { vision: boolean; thinking: boolean } {
  const known = knownFacts(id)?.capabilities
  return {
    vision: found?.includes('vision') ?? known?.vision === true,
    thinking: found?.includes('thinking') ?? known?.thinking === true,
  }
}
