import type { ReportedModel } from '../../catalog/lock/types.ts'
import { listOllama } from '../ollama/discover.ts'
import { isCloudModel } from '../ollama/names.ts'
import { listAnthropicModels } from './anthropic-models.ts'
import { listGeminiModels } from './gemini-models.ts'
import { listOpenAiModels } from './openai-models.ts'
import { addOwnFacts } from './self-hosted.ts'
import type { AskJson, AskedProvider, ListedModel } from './types.ts'

/** Names are shown, compared and written down: no control characters, and no book. */
// oxlint-disable-next-line no-control-regex
const USABLE_NAME = /^[^\u0000-\u001f\u007f]{1,300}$/

/** Asks one provider for all its models, with every fact it gives, sorted by name. Rejects with `AskError`. */
export async function listModels(asked: AskedProvider, ask: AskJson): Promise<ReportedModel[]> {
  const listed = await listOf(asked, ask)
  const byId = new Map<string, ReportedModel>()
  for (const model of listed) {
    if (USABLE_NAME.test(model.id) && !byId.has(model.id)) byId.set(model.id, withLocality(asked, model))
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

async function listOf({ provider, preset }: AskedProvider, ask: AskJson): Promise<ListedModel[]> {
  const { kind, basePath } = provider
  switch (kind) {
    case 'ollama':
    case 'ollama-cloud':
      return listOllama((method, path, body) => ask(method, basePath + path, body))
    case 'anthropic':
      return listAnthropicModels(ask, basePath)
    case 'gemini':
      return listGeminiModels(ask, basePath)
    case 'openai':
    case 'nvidia':
    case 'openai-compatible':
      return addOwnFacts(await listOpenAiModels(ask, basePath), preset, ask, basePath)
    case 'demo':
      return []
  }
}

/** Local when the provider is, and neither the model's name nor the server says that prompts go elsewhere. */
function withLocality({ provider, localFrom }: AskedProvider, { remoteFrom, ...model }: ListedModel): ReportedModel {
  if (!provider.local) return { ...model, local: { value: false, from: localFrom } }
  if (isCloudModel(model.id)) return { ...model, local: { value: false, from: 'name' } }
  if (remoteFrom !== undefined) return { ...model, local: { value: false, from: remoteFrom } }
  return { ...model, local: { value: true, from: localFrom } }
}
