/** Where a client finds its base URL. The same names as in docs/integrations. */
export interface ClientSpec {
  /** Name of its page in docs/integrations. */
  id: string
  title: string
  /** Environment variables, the strongest first. */
  variables: readonly string[]
  files: readonly ClientFile[]
  /** Whether the base URL ends in /v1. One that adds /v1 itself would ask for /v1/v1; sage takes paths without it, too. */
  endsInV1: boolean
}

export interface ClientFile {
  /** With forward slashes, below the home directory. */
  path: string
  /** It is below the current directory instead: the settings of a project. */
  project?: true
  format: 'json' | 'yaml' | 'toml'
  /** Keys that lead to a base URL; `*` is any key or any item of a list. */
  keys: readonly string[]
}

/** Clients that keep their base URL where it can be read. */
export const CLIENTS: readonly ClientSpec[] = [
  {
    id: 'claude-code',
    title: 'Claude Code',
    variables: ['ANTHROPIC_BASE_URL'],
    files: [
      { path: '.claude/settings.json', format: 'json', keys: ['env', 'ANTHROPIC_BASE_URL'] },
      { path: '.claude/settings.json', project: true, format: 'json', keys: ['env', 'ANTHROPIC_BASE_URL'] },
      { path: '.claude/settings.local.json', project: true, format: 'json', keys: ['env', 'ANTHROPIC_BASE_URL'] },
    ],
    endsInV1: false,
  },
  {
    id: 'codex',
    title: 'Codex CLI',
    variables: [],
    files: [{ path: '.codex/config.toml', format: 'toml', keys: ['model_providers', '*', 'base_url'] }],
    endsInV1: true,
  },
  {
    id: 'gemini-cli',
    title: 'Gemini CLI',
    variables: ['GOOGLE_GEMINI_BASE_URL'],
    files: [
      { path: '.gemini/.env', format: 'toml', keys: ['GOOGLE_GEMINI_BASE_URL'] },
      { path: '.gemini/.env', project: true, format: 'toml', keys: ['GOOGLE_GEMINI_BASE_URL'] },
    ],
    endsInV1: false,
  },
  {
    id: 'opencode',
    title: 'opencode',
    variables: [],
    files: [
      { path: '.config/opencode/opencode.json', format: 'json', keys: ['provider', '*', 'options', 'baseURL'] },
      { path: '.config/opencode/opencode.jsonc', format: 'json', keys: ['provider', '*', 'options', 'baseURL'] },
      { path: 'opencode.json', project: true, format: 'json', keys: ['provider', '*', 'options', 'baseURL'] },
    ],
    endsInV1: true,
  },
  {
    id: 'continue',
    title: 'Continue',
    variables: [],
    files: [{ path: '.continue/config.yaml', format: 'yaml', keys: ['models', '*', 'apiBase'] }],
    endsInV1: true,
  },
  {
    id: 'aider',
    title: 'Aider',
    variables: ['OPENAI_API_BASE', 'AIDER_OPENAI_API_BASE'],
    files: [
      { path: '.aider.conf.yml', format: 'yaml', keys: ['openai-api-base'] },
      { path: '.aider.conf.yml', project: true, format: 'yaml', keys: ['openai-api-base'] },
    ],
    endsInV1: true,
  },
  {
    id: 'cline',
    title: 'Cline',
    variables: [],
    files: [
      {
        path: '.cline/data/settings/providers.json',
        format: 'json',
        keys: ['providers', '*', 'settings', 'baseUrl'],
      },
    ],
    endsInV1: true,
  },
  {
    id: 'copilot-cli',
    title: 'GitHub Copilot CLI',
    variables: ['COPILOT_PROVIDER_BASE_URL'],
    files: [],
    endsInV1: true,
  },
  {
    id: 'openclaw',
    title: 'OpenClaw',
    variables: [],
    files: [{ path: '.openclaw/openclaw.json', format: 'json', keys: ['models', 'providers', '*', 'baseUrl'] }],
    endsInV1: true,
  },
  {
    id: 'hermes',
    title: 'Hermes Agent',
    variables: [],
    files: [{ path: '.hermes/config.yaml', format: 'yaml', keys: ['model', 'base_url'] }],
    endsInV1: true,
  },
  {
    id: 'pi',
    title: 'Pi',
    variables: [],
    files: [{ path: '.pi/agent/models.json', format: 'json', keys: ['providers', '*', 'baseUrl'] }],
    endsInV1: true,
  },
  {
    id: 'qwen-code',
    title: 'Qwen Code',
    variables: [],
    files: [{ path: '.qwen/settings.json', format: 'json', keys: ['security', 'auth', 'baseUrl'] }],
    endsInV1: true,
  },
  { id: 'openhands', title: 'OpenHands', variables: ['LLM_BASE_URL'], files: [], endsInV1: true },
  {
    id: 'openai-compatible',
    title: 'OpenAI clients',
    variables: ['OPENAI_BASE_URL'],
    files: [],
    endsInV1: true,
  },
]
