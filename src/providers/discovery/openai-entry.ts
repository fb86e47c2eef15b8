// One entry of an OpenAI-style models list. OpenAI itself gives names only; others add facts, each in words of its own.
// Sources: https://openrouter.ai/docs/models (pricing, architecture, supported_parameters, top_provider),
// https://console.groq.com/docs/models (context_window, max_completion_tokens, active),
// https://docs.mistral.ai/api/ (capabilities, max_context_length), https://docs.together.ai (type),
// vllm-project/vllm, vllm/entrypoints/openai/protocol.py, ModelCard (max_model_len),
// ggml-org/llama.cpp, tools/server/README.md, GET /v1/models (meta.n_ctx_train).
import type { FactValues } from '../../catalog/lock/types.ts'
import type { Capability } from '../../profile/types.ts'
import { readRecord, readText, readTexts, readTokenPrice, readTokens, said } from './read.ts'
import type { ListedModel } from './types.ts'

type Entry = Readonly<Record<string, unknown>>
type ReportedPrice = FactValues['price']
type Capabilities = Partial<Record<Capability, boolean>>

/** Words of `type` and of output kinds that are no chat. */
const NO_CHAT = new Set(['embedding', 'embeddings', 'image', 'moderation', 'rerank', 'audio', 'video', 'transcribe'])

/** Reads an entry; undefined when it has no name or says that it is not served. `from` is the path of the list. */
export function readOpenAiEntry(entry: Entry, from: string): ListedModel | undefined {
  const id = readText(entry['id']) ?? readText(entry['name'])
  if (id === undefined || entry['active'] === false) return undefined
  const top = readRecord(entry['top_provider'])
  const context = readTokens(
    top['context_length'],
    entry['context_length'],
    entry['context_window'],
    entry['max_model_len'],
    entry['max_context_length'],
    readRecord(entry['meta'])['n_ctx_train'],
  )
  const output = readTokens(top['max_completion_tokens'], entry['max_completion_tokens'], entry['max_output_length'])
  return {
    id,
    ...said('chat', readChat(entry), from),
    ...said('capabilities', readCapabilities(entry), from),
    ...said('context', context, from),
    ...said('output', output, from),
    ...said('price', readPrice(readRecord(entry['pricing'])), from),
  }
}

function readChat(entry: Entry): boolean | undefined {
  const chat = readRecord(entry['capabilities'])['completion_chat']
  if (typeof chat === 'boolean') return chat
  const outputs = readTexts(readRecord(entry['architecture'])['output_modalities'])
  if (outputs !== undefined && outputs.length > 0) return outputs.includes('text')
  const type = readText(entry['type'])
  return type !== undefined && NO_CHAT.has(type) ? false : undefined
}

function readCapabilities(entry: Entry): Capabilities | undefined {
  const all = { ...fromParameters(entry), ...fromFlags(readRecord(entry['capabilities'])) }
  return Object.keys(all).length === 0 ? undefined : all
}

/** OpenRouter's lists are complete: what they do not name is false. */
function fromParameters(entry: Entry): Capabilities {
  const parameters = readTexts(entry['supported_parameters'])
  const inputs = readTexts(readRecord(entry['architecture'])['input_modalities'])
  const has = (...names: string[]): boolean => names.some((name) => parameters?.includes(name) === true)
  return {
    ...(parameters !== undefined && {
      tools: has('tools'),
      json: has('response_format', 'structured_outputs'),
      thinking: has('reasoning', 'include_reasoning'),
    }),
    ...(inputs !== undefined && { vision: inputs.includes('image'), documents: inputs.includes('file') }),
  }
}

/** Mistral's flags. */
function fromFlags(flags: Entry): Capabilities {
  const { function_calling: tools, vision, reasoning: thinking } = flags
  return {
    ...(typeof tools === 'boolean' && { tools }),
    ...(typeof vision === 'boolean' && { vision }),
    ...(typeof thinking === 'boolean' && { thinking }),
  }
}

function readPrice(pricing: Entry): ReportedPrice | undefined {
  const [input, output] = [readTokenPrice(pricing['prompt']), readTokenPrice(pricing['completion'])]
  const cacheRead = readTokenPrice(pricing['input_cache_read'])
  if (input === undefined || output === undefined) return undefined
  return { input, output, ...(cacheRead !== undefined && { cache_read: cacheRead }) }
}
