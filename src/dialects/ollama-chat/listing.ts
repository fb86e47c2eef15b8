// What a server tells of its models, as far as clients read it. Sources: ollama/ollama, api/types.go; recorded traffic of
// the `ollama` package and Codex; issues of VS Code (microsoft/vscode#278842) and Codex (openai/codex#8227).
import { createHash } from 'node:crypto'

/** A model to list. */
export interface ListedModel {
  /** The name that clients send back as `model`. */
  id: string
  /** Context window in tokens, when known. */
  context?: number
  /** In Ollama's words: tools, vision, thinking, … `completion` goes without saying. */
  capabilities?: readonly string[]
  /** Who provides it. */
  owner?: string
}

/**
 * Version told to clients. They compare its numbers, so there is nothing else in it. VS Code wants 0.6.4, Codex 0.13.4,
 * and tools that go through /v1/messages 0.14; recorded clients took this one.
 */
const VERSION = '0.23.1'

/** Name of the family and of the architecture: clients put it before `.context_length`. */
const FAMILY = 'sage'

/** Models have no date here. Clients want one in RFC 3339. */
const MODIFIED = '1970-01-01T00:00:00Z'

/** Body of GET /api/version. */
export function versionBody(): Record<string, unknown> {
  return { version: VERSION }
}

/** Body of GET /api/tags. */
export function tagsBody(models: readonly ListedModel[]): Record<string, unknown> {
  return {
    models: models.map((model) => ({
      ...identity(model),
      modified_at: MODIFIED,
      details: { ...details(), ...(model.context !== undefined && { context_length: model.context }) },
      capabilities: capabilities(model),
    })),
  }
}

/** Body of GET /api/ps for models that are ready now. `expires` is Unix time in seconds. */
export function psBody(models: readonly ListedModel[], expires: number): Record<string, unknown> {
  return {
    models: models.map((model) => ({
      ...identity(model),
      details: details(),
      expires_at: new Date(expires * 1000).toISOString(),
      size_vram: 0,
      ...(model.context !== undefined && { context_length: model.context }),
    })),
  }
}

/**
 * Body of POST /api/show. The context stands in `model_info` and, since some clients hold a model without `num_ctx` to
 * Ollama's small default, in `parameters`. The template has no `.Suffix`: there is no filling in between texts.
 */
export function showBody(model: ListedModel): Record<string, unknown> {
  const parameters = model.context === undefined ? '' : `num_ctx ${model.context}`
  return {
    license: '',
    modelfile: `FROM ${model.id}\n${parameters === '' ? '' : `PARAMETER ${parameters}\n`}`,
    parameters,
    template: '{{ .Prompt }}',
    details: details(),
    model_info: {
      'general.architecture': FAMILY,
      'general.basename': model.id,
      ...(model.owner !== undefined && { 'general.organization': model.owner }),
      ...(model.context !== undefined && { [`${FAMILY}.context_length`]: model.context }),
    },
    capabilities: capabilities(model),
    modified_at: MODIFIED,
  }
}

/**
 * Answer to POST /api/pull, in steps: a line each for a stream (the default), the last alone without. A listed model is
 * there already. Another one cannot be fetched: that is an error line, with status 200 in a stream, 500 without.
 */
export function pullSteps(model: ListedModel | undefined): Record<string, unknown>[] {
  const manifest = { status: 'pulling manifest' }
  if (model === undefined) return [manifest, { error: 'pull model manifest: file does not exist' }]
  return [manifest, { status: 'verifying sha256 digest' }, { status: 'writing manifest' }, { status: 'success' }]
}

/** The model that POST /api/show and /api/pull ask for: `model`, in older clients `name`; '' when neither is there. */
export function askedModel(body: Readonly<Record<string, unknown>>): string {
  return [body['model'], body['name']].find((name) => typeof name === 'string') ?? ''
}

/**
 * Finds a model by name. Ollama takes `x` and `x:latest` for the same model; OpenClaw sends the last segment only, which
 * finds the first model that ends with it.
 */
export function findListed(models: readonly ListedModel[], name: string): ListedModel | undefined {
  const bare = withoutLatest(name)
  return (
    models.find(({ id }) => id === name) ??
    models.find(({ id }) => withoutLatest(id) === bare) ??
    models.find(({ id }) => bare !== '' && withoutLatest(id).endsWith(`/${bare}`))
  )
}

function withoutLatest(name: string): string {
  return name.endsWith(':latest') ? name.slice(0, -':latest'.length) : name
}

/** Nothing lies on a disk here: no bytes, and a digest of the name, which is all that stays the same. */
function identity({ id }: ListedModel): Record<string, unknown> {
  return { name: id, model: id, size: 0, digest: createHash('sha256').update(id).digest('hex') }
}

function details(): Record<string, unknown> {
  return {
    parent_model: '',
    format: '',
    family: FAMILY,
    families: [FAMILY],
    parameter_size: '',
    quantization_level: '',
  }
}

function capabilities(model: ListedModel): string[] {
  return [...new Set(['completion', ...(model.capabilities ?? [])])]
}
