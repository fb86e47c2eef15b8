import { isRecord } from '../../lib/is-record.ts'
import { readForeignKey } from './foreign-key.ts'
import type { ForeignApi, ForeignConfig, ForeignProvider } from './types.ts'

/** LiteLLM's marks for providers, in front of the model's name; where sage calls one otherwise, its name. */
const MARKS: Readonly<Record<string, { api: ForeignApi; name: string }>> = {
  openai: { api: 'openai', name: 'openai' },
  anthropic: { api: 'anthropic', name: 'anthropic' },
  gemini: { api: 'gemini', name: 'gemini' },
  ollama: { api: 'ollama', name: 'ollama' },
  ollama_chat: { api: 'ollama', name: 'ollama' },
  openrouter: { api: 'openai', name: 'openrouter' },
  groq: { api: 'openai', name: 'groq' },
  mistral: { api: 'openai', name: 'mistral' },
  deepseek: { api: 'openai', name: 'deepseek' },
  xai: { api: 'openai', name: 'xai' },
  nvidia_nim: { api: 'openai', name: 'nvidia' },
  lm_studio: { api: 'openai', name: 'lmstudio' },
  hosted_vllm: { api: 'openai', name: 'vllm' },
}

/**
 * LiteLLM's proxy: `model_list` with `litellm_params` (`model` with the provider's mark, `api_base`, `api_key`).
 * Entries of one provider, address and key become one provider; undefined when it is no such file.
 * Source: https://docs.litellm.ai/docs/proxy/configs
 */
export function readLiteLlm(data: unknown): ForeignConfig | undefined {
  const list = isRecord(data) ? data['model_list'] : undefined
  if (!Array.isArray(list)) return undefined
  const config: ForeignConfig = { program: 'LiteLLM', providers: [], skipped: [] }
  const groups = new Map<string, ForeignProvider>()
  for (const entry of list as unknown[]) {
    const params = isRecord(entry) ? entry['litellm_params'] : undefined
    if (!isRecord(entry) || !isRecord(params) || typeof params['model'] !== 'string') continue
    const { mark, id } = splitModel(params['model'])
    const known = mark !== undefined && Object.hasOwn(MARKS, mark) ? MARKS[mark] : undefined
    if (known === undefined || id.includes('*')) {
      const reason = known === undefined ? 'sage has no such provider' : 'it is a pattern, no model'
      config.skipped.push({ name: params['model'], reason })
      continue
    }
    addModel(groups, known, id, params, entry['model_info'])
  }
  return { ...config, providers: withOwnNames([...groups.values()]) }
}

/** Names without a mark are OpenAI's and Anthropic's own. */
function splitModel(model: string): { mark: string | undefined; id: string } {
  const [, mark, id] = /^([^/]+)\/(.+)$/.exec(model) ?? []
  if (mark !== undefined && id !== undefined) return { mark, id }
  if (/^(?:gpt-|o\d|chatgpt-)/.test(model)) return { mark: 'openai', id: model }
  return { mark: model.startsWith('claude-') ? 'anthropic' : undefined, id: model }
}

function addModel(
  groups: Map<string, ForeignProvider>,
  { api, name }: { api: ForeignApi; name: string },
  id: string,
  params: Record<string, unknown>,
  info: unknown,
): void {
  const base = params['api_base'] ?? params['base_url']
  const key = readForeignKey(params['api_key'])
  const group = JSON.stringify([name, base, key])
  const context = isRecord(info) ? info['max_input_tokens'] : undefined
  const provider = groups.get(group) ?? {
    name,
    api,
    ...(typeof base === 'string' && { baseUrl: base }),
    ...(key !== undefined && { key }),
    models: [],
  }
  groups.set(group, provider)
  provider.models.push({ id, ...(typeof context === 'number' && { context }) })
}

/** The second provider of a name is called after its host, or gets a number. */
function withOwnNames(providers: readonly ForeignProvider[]): ForeignProvider[] {
  const taken = new Set<string>()
  return providers.map((provider) => {
    const { name, baseUrl } = provider
    const host = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).hostname.replaceAll('.', '-') : name
    const candidates = [name, host, ...Array.from({ length: providers.length }, (_, at) => `${name}-${at + 2}`)]
    const own = candidates.find((each) => !taken.has(each)) ?? name
    taken.add(own)
    return { ...provider, name: own }
  })
}
