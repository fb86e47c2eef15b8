// What a model's name says in Ollama. Source: ollama/ollama, internal/modelref.

/**
 * True when the name asks for a model in Ollama's cloud: its tag is `cloud` or ends in `-cloud`.
 * `gpt-oss:120b-cloud`, `kimi-k2.6:cloud` and `qwen3-coder:480b:cloud` do; `gpt-oss-cloud` has no tag and does not.
 */
export function isCloudModel(name: string): boolean {
  const colon = name.lastIndexOf(':')
  if (colon === -1) return false
  const tag = name.slice(colon + 1).toLowerCase()
  // A slash behind the last colon: that colon belonged to a registry's port.
  return !tag.includes('/') && (tag === 'cloud' || tag.endsWith('-cloud'))
}

/** True for the gpt-oss family, which takes reasoning levels where other models take true or false. */
export function takesThinkLevels(name: string): boolean {
  return name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .startsWith('gpt-oss')
}
