/** A model to list. */
export interface ListedModel {
  id: string
  title: string
  /** Tokens, when known. */
  context?: number
  output?: number
}

/** Limits told for models whose own are not known, in tokens: clients do arithmetic with them. */
const INPUT_LIMIT = 1_048_576
const OUTPUT_LIMIT = 65_536

/** One model as `GET /v1beta/models/{id}` gives it (ai.google.dev/api/models). */
export function geminiModel(entry: ListedModel): Record<string, unknown> {
  return {
    name: `models/${entry.id}`,
    displayName: entry.title,
    inputTokenLimit: entry.context ?? INPUT_LIMIT,
    outputTokenLimit: entry.output ?? OUTPUT_LIMIT,
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
  }
}

/** The list as `GET /v1beta/models` gives it, on one page. */
export function geminiModels(entries: readonly ListedModel[]): Record<string, unknown> {
  return { models: entries.map(geminiModel) }
}

/** Answer of `:countTokens`. `totalTokens` may be an estimate. */
export function countTokensBody(totalTokens: number): Record<string, unknown> {
  return { totalTokens }
}
