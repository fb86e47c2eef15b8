import type { Topic } from './topic.ts'

export const profile: Topic = {
  name: 'profile',
  summary: 'which profile is used, and what is in it',
  text: `Profile

A profile is one YAML file: the providers, and the policies that choose among
their models. sage takes the first of these:

  1. --profile FILE
  2. the file that SAGE_PROFILE names
  3. sage.yaml in this directory or the nearest one above it
  4. $XDG_CONFIG_HOME/sage/profile.yaml (~/.config/sage/profile.yaml)
  5. none: a profile is built from what is found, that is the known key
     variables in the environment and in .env, and a local Ollama

A small one:

  providers:
    anthropic:
      kind: anthropic
      keys: [env:ANTHROPIC_API_KEY]
      models: [claude-sonnet-4-5]
    local:
      kind: ollama
      models: [qwen3]
  policies:
    auto:
      rules:
        - name: quick questions
          when: { max_tokens: 500, tools: false }
          prefer: [local/*]

Keys are never written into it, only where they are: env:NAME or file:path.
The schema is schemas/profile.schema.json in the package.
Mistakes are reported all at once, each with its file, line and column.
`,
}
