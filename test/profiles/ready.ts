import type { Found } from '../../src/providers/generate-profile.ts'

/** What each ready profile in `profiles/` was generated for. */
export const READY: Readonly<Record<string, Found>> = {
  'demo.yaml': { keys: [] },
  'one-key.yaml': { keys: ['OPENAI_API_KEY'] },
  'ollama-only.yaml': {
    keys: [],
    ollama: {
      baseUrl: 'http://127.0.0.1:11434',
      models: [
        { id: 'gpt-oss:20b', capabilities: ['tools', 'thinking', 'json'], context: 131_072, remote: false },
        { id: 'qwen3:8b', capabilities: ['tools', 'thinking', 'json'], context: 40_960, remote: false },
        { id: 'gemma3:12b', capabilities: ['vision', 'json'], context: 131_072, remote: false },
      ],
    },
  },
  'several-keys.yaml': {
    keys: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENROUTER_API_KEY', 'GROQ_API_KEY'],
    ollama: {
      baseUrl: 'http://127.0.0.1:11434',
      models: [
        { id: 'qwen3:8b', capabilities: ['tools', 'thinking', 'json'], context: 40_960, remote: false },
        { id: 'gpt-oss:120b-cloud', capabilities: ['tools', 'thinking', 'json'], context: 131_072, remote: true },
      ],
    },
  },
}

/** Path of the schema, seen from `profiles/`. */
export const SCHEMA_PATH = '../schemas/profile.schema.json'
