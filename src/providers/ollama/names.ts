// Ollama has two spellings for a model of its cloud: `gpt-oss:120b` at ollama.com is `gpt-oss:120b-cloud` at a server of
// one's own, and `kimi-k2.6` is `kimi-k2.6:cloud`. Sources: ollama/ollama, internal/modelref; https://docs.ollama.com/cloud
import { isCloudModel } from '../../dialects/ollama-chat/model-name.ts'

// The rule lives with the dialect, which needs it too and may not import providers.
export { isCloudModel } from '../../dialects/ollama-chat/model-name.ts'

/** The name at ollama.com of a model that a server of one's own calls by a cloud name; other names stay. */
export function toHostedName(name: string): string {
  return isCloudModel(name) ? name.replace(/[:-]cloud$/i, '') : name
}

/** The name by which a server of one's own runs a model of ollama.com. */
export function toCloudName(name: string): string {
  if (isCloudModel(name)) return name
  const tag = name.slice(name.lastIndexOf('/') + 1)
  return tag.includes(':') ? `${name}-cloud` : `${name}:cloud`
}
