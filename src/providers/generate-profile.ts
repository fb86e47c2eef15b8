import { draftProviders } from './generate-profile/candidates.ts'
import type { Found, ProviderDraft } from './generate-profile/candidates.ts'
import { draftDemo } from './generate-profile/demo.ts'
import { draftPolicies } from './generate-profile/policies.ts'
import { policiesText, providerText, scalar } from './generate-profile/yaml-text.ts'

export type { Found, FoundModel, FoundProvider } from './generate-profile/candidates.ts'

/** Where editors find the schema unless told otherwise. */
const SCHEMA = 'https://sage-router.dev/schemas/profile.schema.json'

/**
 * Writes a complete, commented profile (YAML) for what was found. Each policy in it has candidates, and each list names
 * only models that are there. With nothing found it is a profile of the demo provider. `schema` is the URL or path of
 * the JSON Schema for the editor's modeline. Pure.
 */
export function generateProfile(found: Found, schema: string = SCHEMA): string {
  const drafts = draftProviders(found)
  const providers = drafts.length > 0 ? drafts : [draftDemo()]
  const models = providers.flatMap((provider) => provider.models)
  return [
    `# yaml-language-server: $schema=${schema}`,
    '#',
    '# Routing profile of sage. `sage explain "your prompt"` shows which model a prompt goes to, and why.',
    'version: 1',
    '',
    '# Where models are served. Keys are read from the environment when sage starts; they never stand in this file.',
    ...(providers === drafts
      ? []
      : ['# Neither a key nor Ollama was found, so the demo provider answers: by itself, without network.']),
    ...emptyOllamaNote(found, providers),
    'providers:',
    providers.map(providerText).join('\n\n'),
    '',
    '# Ways to choose a model. A client asks for one by the model name `sage/<policy>`, for example `sage/auto`.',
    '# The first rule that applies decides. Its list names models as `provider/model`, best first; globs work too.',
    '# Models that cannot do what a request needs (tools, images, JSON, length) are left out before that.',
    'policies:',
    policiesText(draftPolicies(models)),
    '',
    '# Names that clients have built in, and what they mean here. The first match wins.',
    'aliases:',
    ...aliasLines(providers),
    '',
  ].join('\n')
}

function emptyOllamaNote(found: Found, providers: readonly ProviderDraft[]): string[] {
  if (found.ollama === undefined || providers.some((provider) => provider.name === 'ollama')) return []
  return ['# Ollama is running but has no chat model yet: `ollama pull` one, then start sage again.']
}

/** Claude Code asks for models by Anthropic's names; those that are not in the profile go to a policy. */
function aliasLines(providers: readonly ProviderDraft[]): string[] {
  const exact = providers.find((provider) => provider.name === 'anthropic')?.models ?? []
  return [
    ...exact.map(({ id, target }) => `  ${scalar(id)}: ${scalar(target)}`),
    '  # Claude Code does its small jobs with a Haiku model.',
    '  "claude-*haiku*": sage/fast',
    '  "claude-*": sage/coding',
  ]
}
