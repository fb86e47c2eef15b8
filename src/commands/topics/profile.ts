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
  4. sage/sage.yaml in $XDG_CONFIG_HOME (~/.config), on Windows in %APPDATA%
  5. none: a profile is built from what is found, that is the usual key
     variables in the environment and in .env, and a local Ollama; when there
     is neither, simulated models answer

A small one:

  version: 1
  providers:
    anthropic:
      kind: anthropic
      key: env:ANTHROPIC_API_KEY
      models: [claude-sonnet-4-5]
    ollama:
      kind: ollama
      models: [qwen3]
  policies:
    auto:
      rules:
        - name: quick questions
          when: { intent: simple, tools: false }
          prefer: [ollama/*]

Keys are never written into it, only where they are: env:NAME or file:path.
The schema is schemas/profile.schema.json in the package.
Mistakes are reported all at once, each with its file, line and column.
`,
}
