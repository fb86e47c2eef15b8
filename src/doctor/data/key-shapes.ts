/** How the keys of a provider begin, by its usual address. Providers without a fixed beginning are left out. */
export interface KeyShape {
  title: string
  /** Scheme and host of the provider's own API. */
  origin: string
  pattern: RegExp
  /** Where keys are made. */
  page: string
}

/** More special ones first: an Anthropic key begins like an OpenAI key. */
export const KEY_SHAPES: readonly KeyShape[] = [
  {
    title: 'Anthropic',
    origin: 'https://api.anthropic.com',
    pattern: /^sk-ant-/,
    page: 'https://platform.claude.com/settings/keys',
  },
  { title: 'OpenRouter', origin: 'https://openrouter.ai', pattern: /^sk-or-/, page: 'https://openrouter.ai/keys' },
  { title: 'Groq', origin: 'https://api.groq.com', pattern: /^gsk_/, page: 'https://console.groq.com/keys' },
  { title: 'NVIDIA', origin: 'https://integrate.api.nvidia.com', pattern: /^nvapi-/, page: 'https://build.nvidia.com' },
  { title: 'xAI', origin: 'https://api.x.ai', pattern: /^xai-/, page: 'https://console.x.ai' },
  // Google also gives out keys that begin with AQ.
  {
    title: 'Google',
    origin: 'https://generativelanguage.googleapis.com',
    pattern: /^(?:AIza|AQ\.)/,
    page: 'https://aistudio.google.com/apikey',
  },
  {
    title: 'DeepSeek',
    origin: 'https://api.deepseek.com',
    pattern: /^sk-/,
    page: 'https://platform.deepseek.com/api_keys',
  },
  { title: 'OpenAI', origin: 'https://api.openai.com', pattern: /^sk-/, page: 'https://platform.openai.com/api-keys' },
]

/** What stands in examples where a key belongs. */
export const PLACEHOLDER: RegExp =
  /^(?:your|my|insert|replace|put|enter|add)[-_ ].*|^(?:change-?me|placeholder|dummy|test|none|null|undefined|todo|secret|api[-_]?key|xxx+|\.\.\.+|…+)$|(?:\.\.\.|…|x{6,}|\*{3,})$|^<.*>$|^\$\{?\w+\}?$|^%\w+%$|(?:key|token)[-_ ]here$/i
