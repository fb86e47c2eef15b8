import type { ChatRequest, ToolCallPart } from '../chat/request.ts'
import type { Model } from '../catalog/types.ts'
import { PROVIDER_DIALECTS } from '../dialects/index.ts'
import { Untranslatable } from '../dialects/types.ts'
import type { BodyAdaption, EncodeTarget, ProviderDialect, ProviderDialectId } from '../dialects/types.ts'
import { editObject } from '../lib/json-edit.ts'
import { JsonOutline } from '../lib/json-outline.ts'
import type { Facts } from '../policy/types.ts'
import type { RequestLimits } from '../profile/types.ts'
import { callHeaders } from '../providers/call-headers.ts'
import { pickEndpoint } from '../providers/endpoint.ts'
import { withModelQuirks } from '../providers/model-quirks.ts'
import type { Provider } from '../providers/types.ts'
import type { UpstreamCall } from '../providers/transport/types.ts'
import type { Secret } from '../secrets/secret.ts'
import { restoreSignatures } from './call-signatures.ts'
import { limitBody } from './limit-body.ts'
import { keepProofs } from './provenance.ts'
import type { RequestBody } from './read-request.ts'
import { limitModel, limitRequest } from './request-limits.ts'

export interface Prepared {
  call: UpstreamCall
  /** What the provider is spoken to in. */
  dialect: ProviderDialectId
  /** The provider speaks the client's dialect: bytes go through in both directions. */
  passThrough: boolean
  dropped: string[]
  /** The client's names of tools by those that the provider was told; absent when they are the same. */
  renamed?: ReadonlyMap<string, string>
}

type PreparedBody = Pick<Prepared, 'dropped' | 'renamed'> & { body: string | Buffer }

/** What is known of the opaque proofs in the conversation. */
export interface Proofs {
  /** More than this target has answered in the session. */
  isMixed: boolean
  /** This target is known to have made it. */
  isOwn(proof: string): boolean
  /** Another target is known to have made it. */
  isForeign(proof: string): boolean
  /** The signature that this target gave a call, where the client's dialect has no place for it. Absent: none is known. */
  signatureOf?(call: ToolCallPart): string | undefined
}

/** Client headers that may reach a provider of the same dialect (Anthropic's gateway rules: versions and betas as they are). */
const FORWARDED = ['anthropic-beta', 'anthropic-version', 'openai-beta']

/** Builds the call for one candidate. Throws `BadRequest` when the body cannot be decoded for another dialect, `Untranslatable` when it cannot be said in it. */
export function prepare(
  request: RequestBody,
  provider: Provider,
  model: Model,
  key: Secret | undefined,
  proofs: Proofs,
  limits: RequestLimits = {},
): Prepared {
  const { facts } = request
  const endpoint = pickEndpoint(provider, model, request.dialect.id, facts.tools > 0)
  const { dialect } = endpoint
  const passThrough =
    dialect === request.dialect.id && request.dialect.isReframed !== true && request.isRewritten !== true
  const accept = facts.stream ? STREAM_TYPE[PROVIDER_DIALECTS[dialect].framing] : 'application/json'
  const headers = callHeaders(provider, key, accept, passThrough ? forwarded(request.headers) : {})
  const { body, ...more } = passThrough
    ? passOn(request, dialect, provider, model, proofs, limits)
    : translate(request.canonical(), facts, dialect, provider, model, proofs, limits)
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
  return { call, dialect, passThrough, ...more }
}

const STREAM_TYPE = { sse: 'text/event-stream', ndjson: 'application/x-ndjson' } as const

/** The client's own bytes with the model's name, and without what the provider is known to refuse. */
function passOn(
  request: RequestBody,
  dialectId: ProviderDialectId,
  provider: Provider,
  model: Model,
  proofs: Proofs,
  limits: RequestLimits,
): PreparedBody {
  const dialect = PROVIDER_DIALECTS[dialectId]
  const stripped = proofs.isMixed ? stripForeign(request.outline, dialect, proofs) : undefined
  const outline = stripped ?? request.outline
  const adaption = dialect.adaptBody?.(outline, encodeTarget(request.facts, provider, model)) ?? NO_ADAPTION
  const limited = limitEdits(request, outline, dialectId, provider, model, limits)
  const set = new Map([...adaption.set, ...(limited?.set ?? [])])
  if (dialect.modelInPath !== true) set.set('model', JSON.stringify(model.id))
  const dropped = [...adaption.drop, ...(stripped === undefined ? [] : ['thinking'])]
  const drop = new Set([...adaption.drop, ...(limited?.drop ?? [])])
  // What the client says to sage is not the provider's.
  if (outline.span('sage') !== undefined) drop.add('sage')
  return { body: editObject(outline, { ...adaption, drop, set }), dropped }
}

/** What brings the client's own bytes within the limits; undefined when they are. Only a limit has the body decoded. */
function limitEdits(
  request: RequestBody,
  outline: JsonOutline,
  dialect: ProviderDialectId,
  provider: Provider,
  model: Model,
  limits: RequestLimits,
): ReturnType<typeof limitBody> {
  if (limits.thinking === undefined && limits.max_output === undefined) return undefined
  const asked = request.canonical()
  const limited = limitRequest(asked, limits, model, dialect)
  return limitBody(outline, asked, limited, dialect, encodeTarget(request.facts, provider, limitModel(model, limits)))
}

function encodeTarget(facts: Facts, provider: Provider, model: Model): EncodeTarget {
  return {
    model: model.id,
    quirks: withModelQuirks(provider.quirks, provider.origin, model.id),
    inputTokens: facts.inputTokens,
    ...(model.context !== undefined && { context: model.context }),
    ...(model.output !== undefined && { output: model.output }),
    ...(model.capabilities.thinking !== undefined && { thinking: model.capabilities.thinking }),
  }
}

/** The body without other models' proofs, written anew; undefined when there are none. Only sessions that moved need it. */
function stripForeign(outline: JsonOutline, dialect: ProviderDialect, proofs: Proofs): JsonOutline | undefined {
  if (dialect.stripProofs === undefined) return undefined
  const body = JSON.parse(outline.bytes.toString('utf8')) as Record<string, unknown>
  const isChanged = dialect.stripProofs(body, (proof) => !proofs.isForeign(proof))
  return isChanged ? new JsonOutline(Buffer.from(JSON.stringify(body))) : undefined
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
  proofs: Proofs,
  limits: RequestLimits,
): PreparedBody {
  const unsaid = request.messages.find((message) => message.role === 'user' && message.unsaid !== undefined)
  if (unsaid?.role === 'user')
    throw new Untranslatable(`${unsaid.unsaid} has no form in the dialect of ${provider.name}`)
  // In another dialect only proofs known to be this target's own may go back: a foreign one is a 400.
  const own = keepProofs(request, (proof) => proofs.isOwn(proof))
  const signed = restoreSignatures(own.request, (call) => proofs.signatureOf?.(call))
  const { body, dropped, ...more } = PROVIDER_DIALECTS[dialect].encodeRequest(
    limitRequest(signed, limits, model, dialect),
    encodeTarget(facts, provider, limitModel(model, limits)),
  )
  const lost = own.removed > 0 ? [...new Set(['thinking', ...dropped])] : dropped
  return { body: JSON.stringify(body), dropped: lost, ...more }
}

function forwarded(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of FORWARDED) {
    const value = headers[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
