import type { ChatRequest } from '../chat/request.ts'
import type { Model } from '../catalog/types.ts'
import { PROVIDER_DIALECTS } from '../dialects/index.ts'
import type { BodyAdaption, ProviderDialectId } from '../dialects/types.ts'
import { editObject } from '../lib/json-edit.ts'
import type { Facts } from '../policy/types.ts'
import { pickEndpoint } from '../providers/endpoint.ts'
import type { KindSpec, Provider } from '../providers/types.ts'
import type { UpstreamCall } from '../providers/transport/types.ts'
import type { Secret } from '../secrets/secret.ts'
import type { RequestBody } from './read-request.ts'

export interface Prepared {
  call: UpstreamCall
  /** What the provider is spoken to in. */
  dialect: ProviderDialectId
  /** The provider speaks the client's dialect: bytes go through in both directions. */
  passThrough: boolean
  dropped: string[]
}

/** Client headers that may reach a provider of the same dialect (Anthropic's gateway rules: versions and betas as they are). */
const FORWARDED = ['anthropic-beta', 'anthropic-version', 'openai-beta']

/** Builds the call for one candidate. Throws `BadRequest` when the body cannot be decoded for another dialect. */
export function prepare(request: RequestBody, provider: Provider, model: Model, key: Secret | undefined): Prepared {
  const { spec } = provider
  const { facts } = request
  const endpoint = pickEndpoint(provider, model, request.dialect.id, facts.tools > 0)
  const { dialect } = endpoint
  const passThrough = dialect === request.dialect.id && request.dialect.isReframed !== true
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: facts.stream ? STREAM_TYPE[PROVIDER_DIALECTS[dialect].framing] : 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'sage-router',
    ...spec.headers,
    ...provider.headers,
    ...(passThrough && forwarded(request.headers)),
    ...authHeader(spec.auth, key),
  }
  const { body, dropped } = passThrough
    ? passOn(request, dialect, provider, model)
    : translate(request.canonical(), facts, dialect, provider, model)
  const template = facts.stream ? (endpoint.streamPath ?? endpoint.path) : endpoint.path
  const path = provider.basePath + template.replace('{model}', () => encodeModel(model.id))
  const call: UpstreamCall = {
    origin: provider.origin,
    path,
    method: 'POST',
    headers,
    body,
    connectMs: provider.timeouts.connect_ms,
  }
  return { call, dialect, passThrough, dropped }
}

const STREAM_TYPE = { sse: 'text/event-stream', ndjson: 'application/x-ndjson' } as const

/** The client's own bytes with the model's name, and without what the provider is known to refuse. */
function passOn(
  { outline }: RequestBody,
  dialectId: ProviderDialectId,
  provider: Provider,
  model: Model,
): { body: Buffer; dropped: string[] } {
  const dialect = PROVIDER_DIALECTS[dialectId]
  const adaption = dialect.adaptBody?.(outline, provider.quirks) ?? NO_ADAPTION
  const set = new Map(adaption.set)
  if (dialect.modelInPath !== true) set.set('model', JSON.stringify(model.id))
  return { body: editObject(outline, { ...adaption, set }), dropped: [...adaption.drop] }
}

/** A model's name in a path: slashes stay, as providers expect them. */
function encodeModel(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/')
}

const NO_ADAPTION: BodyAdaption = { drop: new Set(), rename: new Map(), set: new Map() }

function translate(
  request: ChatRequest,
  facts: Facts,
  dialect: ProviderDialectId,
  provider: Provider,
  model: Model,
): { body: string; dropped: string[] } {
  const { body, dropped } = PROVIDER_DIALECTS[dialect].encodeRequest(request, {
    model: model.id,
    quirks: provider.quirks,
    inputTokens: facts.inputTokens,
    ...(model.context !== undefined && { context: model.context }),
    ...(model.output !== undefined && { output: model.output }),
    ...(model.capabilities.thinking !== undefined && { thinking: model.capabilities.thinking }),
  })
  return { body: JSON.stringify(body), dropped }
}

function forwarded(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of FORWARDED) {
    const value = headers[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}

function authHeader(auth: KindSpec['auth'], key: Secret | undefined): Record<string, string> {
  if (key === undefined || auth === 'none') return {}
  return auth === 'bearer' ? { authorization: `Bearer ${key.reveal()}` } : { [auth]: key.reveal() }
}
