// What local servers know of their models beyond the OpenAI-style list.
import type { Capability } from '../../profile/types.ts'
import type { OpenAiList } from './openai-models.ts'
import { readRecord, readRecords, readText, readTexts, readTokens, said } from './read.ts'
import type { AskJson, ListedModel } from './types.ts'

/** A server's own description of its models, on top of the list; the list as it is when the server has none. */
export async function addOwnFacts(
  list: OpenAiList,
  preset: string | undefined,
  ask: AskJson,
  basePath: string,
): Promise<ListedModel[]> {
  const root = basePath.replace(/\/v1$/, '')
  const owners = new Set(list.entries.map((entry) => entry['owned_by']))
  const addFacts = whichServer(preset, owners)
  if (addFacts === undefined) return list.models
  try {
    return await addFacts(list.models, ask, root)
  } catch {
    return list.models.map((model) => ({ ...model, isIncomplete: true }))
  }
}

type AddFacts = (models: ListedModel[], ask: AskJson, root: string) => Promise<ListedModel[]>

/** Both servers name themselves as the owner of what they serve. */
function whichServer(preset: string | undefined, owners: ReadonlySet<unknown>): AddFacts | undefined {
  if (preset === 'lmstudio' || owners.has('organization_owner')) return addLmStudio
  return preset === 'llamacpp' || owners.has('llamacpp') ? addLlamaCpp : undefined
}

/**
 * LM Studio: GET /api/v0/models. A model that is loaded has the context it was loaded with.
 * Source: https://lmstudio.ai/docs/developer/rest/endpoints
 */
async function addLmStudio(models: ListedModel[], ask: AskJson, root: string): Promise<ListedModel[]> {
  const path = `${root}/api/v0/models`
  const entries = new Map(readRecords(readRecord(await ask('GET', path))['data']).map((entry) => [entry['id'], entry]))
  return models.map((model) => {
    const entry = entries.get(model.id)
    if (entry === undefined) return model
    const type = readText(entry['type'])
    const able = readTexts(entry['capabilities'])
    const isKnown = type === 'llm' || type === 'vlm'
    const capabilities: Partial<Record<Capability, boolean>> = {
      ...(able !== undefined && { tools: able.includes('tool_use') }),
      ...(isKnown && { vision: type === 'vlm', documents: false }),
    }
    return {
      ...model,
      isLoaded: entry['state'] === 'loaded',
      ...said('chat', type === 'embeddings' ? false : isKnown ? true : undefined, path),
      ...said('capabilities', Object.keys(capabilities).length > 0 ? capabilities : undefined, path),
      ...said('context', readTokens(entry['loaded_context_length'], entry['max_context_length']), path),
    }
  })
}

/**
 * llama.cpp: GET /props has the context of a slot, which is what a request gets, and what the chat template can do.
 * A server with several models (router mode) describes none there.
 * Source: https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
async function addLlamaCpp(models: ListedModel[], ask: AskJson, root: string): Promise<ListedModel[]> {
  const [model] = models
  if (model === undefined || models.length > 1) return models
  const path = `${root}/props`
  const props = readRecord(await ask('GET', path))
  const { supports_tools: tools } = readRecord(props['chat_template_caps'])
  const { vision } = readRecord(props['modalities'])
  const capabilities: Partial<Record<Capability, boolean>> = {
    ...(typeof tools === 'boolean' && { tools }),
    ...(typeof vision === 'boolean' && { vision }),
  }
  const context = readTokens(readRecord(props['default_generation_settings'])['n_ctx'])
  return [
    {
      ...model,
      ...said('capabilities', Object.keys(capabilities).length > 0 ? capabilities : undefined, path),
      ...said('context', context, path),
    },
  ]
}
