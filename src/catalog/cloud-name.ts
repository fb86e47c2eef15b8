/**
 * Whether a model name says that Ollama runs it in the cloud: a tag `cloud`, or a tag that ends in `-cloud`
 * (`kimi-k2.6:cloud`, `gpt-oss:120b-cloud`, `qwen3-coder:480b:cloud`). `gpt-oss-cloud` has no tag and is an ordinary name.
 * Source: internal/modelref of https://github.com/ollama/ollama.
 */
export function isCloudName(id: string): boolean {
  return /:(?:[^:/]+-)?cloud$/i.test(id.trim())
}
