/** Names that people bring from elsewhere, and what they are called here. */
const SYNONYMS: Readonly<Record<string, string>> = {
  api_key: 'key',
  apikey: 'key',
  'api-key': 'key',
  api_keys: 'keys',
  endpoint: 'base_url',
  host: 'base_url',
  type: 'kind',
  url: 'base_url',
  api_base: 'base_url',
  baseurl: 'base_url',
  timeout: 'timeouts',
  routes: 'policies',
  conditions: 'when',
  if: 'when',
  match: 'when',
  context_window: 'context',
  context_length: 'context',
  max_context: 'context',
  max_output: 'output',
  retries: 'max_attempts',
  fallback: 'prefer',
  fallbacks: 'prefer',
  models: 'prefer',
}

/** What to write for a key that is not known here; undefined when spelling has to tell. */
export function keyHint(key: string, known: readonly string[]): string | undefined {
  if (key === '<<') return 'YAML 1.2 has no merge keys: repeat the entries, or use an alias for a whole value'
  if (key.startsWith('x-')) return 'keys of your own stand at the top level only'
  const name = key.toLowerCase()
  const meant = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined
  return meant !== undefined && known.includes(meant) ? `here it is called \`${meant}\`` : undefined
}
