import type { Model } from '../catalog/types.ts'
import { BadRequest, MalformedAnswer } from '../dialects/types.ts'
import type { ClientDialect } from '../dialects/types.ts'
import { editObject } from '../lib/json-edit.ts'
import { JsonOutline } from '../lib/json-outline.ts'
import { resolveName } from '../policy/resolve-name.ts'
import { callHeaders } from '../providers/call-headers.ts'
import type { UpstreamAnswer } from '../providers/transport/types.ts'
import type { Provider } from '../providers/types.ts'
import { decodeAnswer } from './decode-body.ts'
import { ascii } from './headers.ts'
import { ownTrouble } from './own-trouble.ts'
import { readError } from './read-error.ts'
import { isClientMistake } from './read-request.ts'
import { Stopwatch } from './stopwatch.ts'
import type { ClientReply, Gateway, Incoming } from './types.ts'

/** Calls that sage hands on as they are: their answers are no chat, so no policy can choose and nothing can stand in. */
export type PassedCall = '/embeddings' | '/completions'

/**
 * Hands a call on to the one target it names, at providers that speak OpenAI's dialects or at Ollama's `/v1`. The body
 * goes byte for byte but for the model's name, and the answer comes back as it is, streamed or not.
 */
export async function passThrough(
  gateway: Gateway,
  incoming: Incoming,
  path: PassedCall,
  reply: ClientReply,
): Promise<void> {
  try {
    const outline = new JsonOutline(incoming.body)
    const { provider, model } = pinnedTarget(gateway, outline)
    await forward(gateway, outline, provider, model, path, incoming.dialect, reply)
  } catch (error) {
    if (!isClientMistake(error)) throw error
    tell(incoming.dialect, reply, 400, 'bad_request', error.message)
  }
}

/** Throws `BadRequest` when the body names no single target that has such calls. */
function pinnedTarget(gateway: Gateway, outline: JsonOutline): { provider: Provider; model: Model } {
  const asked = outline.value('model')
  if (typeof asked !== 'string') throw new BadRequest('model must be a string: provider/model', 'model')
  const found = resolveName(gateway.profile, gateway.catalog, asked)
  const model = found.kind === 'pin' ? found.models[0] : unlisted(gateway, asked)
  const provider = model === undefined ? undefined : gateway.providers.get(model.provider)
  if (model === undefined || provider === undefined) {
    throw new BadRequest(`${asked}: this call needs a model by name, as provider/model`, 'model')
  }
  if (basePathOf(provider) === undefined) throw new BadRequest(`${provider.name} has no such call`, 'model')
  return { provider, model }
}

/** Embedding models are not chat models, so the catalogue does not list them: `provider/model` is taken at its word. */
function unlisted(gateway: Gateway, asked: string): Model | undefined {
  const slash = asked.indexOf('/')
  const provider = gateway.providers.get(asked.slice(0, slash))
  const id = asked.slice(slash + 1)
  if (slash === -1 || provider === undefined || id === '') return undefined
  return { provider: provider.name, id, capabilities: {}, local: provider.local, sources: ['assumed'] }
}

function basePathOf({ kind, basePath, spec }: Provider): string | undefined {
  if (kind === 'ollama' || kind === 'ollama-cloud') return `${basePath}/v1`
  return kind !== 'demo' && spec.endpoints.some(({ dialect }) => dialect === 'openai-chat') ? basePath : undefined
}

async function forward(
  gateway: Gateway,
  outline: JsonOutline,
  provider: Provider,
  model: Model,
  path: PassedCall,
  dialect: ClientDialect,
  reply: ClientReply,
): Promise<void> {
  const set = new Map([['model', JSON.stringify(model.id)]])
  const key = provider.keys[gateway.health.keyOrder(provider.name, gateway.clock.mono())[0]?.index ?? 0]
  const exchange = gateway.sendTo(provider)({
    origin: provider.origin,
    path: `${basePathOf(provider) ?? ''}${path}`,
    method: 'POST',
    headers: callHeaders(provider, key, '*/*'),
    body: editObject(outline, { set, drop: new Set(), rename: new Map() }),
    connectMs: provider.timeouts.connect_ms,
  })
  const stopwatch = new Stopwatch(() => exchange.cancel())
  reply.onGone(() => exchange.cancel())
  const undo = gateway.shutdown?.onOver(() => exchange.cancel())
  stopwatch.start(provider.timeouts.response_ms)
  let isStarted = false
  try {
    const received = await exchange.answer
    if (received.status >= 300) {
      const body = await readError(received, () => exchange.cancel())
      return passError(gateway, received, body, provider, model, dialect, reply)
    }
    const answer = decodeAnswer(received)
    for (let chunk = await answer.body.next(); chunk !== undefined; chunk = await answer.body.next()) {
      if (!isStarted) reply.head(answer.status, answerHeaders(answer.headers, provider, model))
      isStarted = true
      await reply.write(chunk)
      stopwatch.refresh()
    }
    if (!isStarted) reply.head(answer.status, answerHeaders(answer.headers, provider, model))
    reply.end()
  } catch (error) {
    const message = gateway.redact(error instanceof Error ? error.message : String(error))
    const trouble = ownTrouble(error, gateway.shutdown?.isOver === true)
    if (isStarted) reply.tear('')
    else if (trouble !== undefined) tell(dialect, reply, 503, trouble.code, trouble.message)
    else
      tell(
        dialect,
        reply,
        stopwatch.expired ? 504 : 502,
        'upstream_failed',
        `${provider.name}/${model.id} failed: ${message}`,
      )
  } finally {
    undo?.()
    stopwatch.stop()
    exchange.cancel()
  }
}

/**
 * The provider's own words, without its key; what was cut off is told by its status. A redirect is never followed, and says
 * nothing to a client either.
 */
function passError(
  gateway: Gateway,
  { status, headers }: UpstreamAnswer,
  { bytes, isWhole }: { bytes: Buffer; isWhole: boolean },
  provider: Provider,
  model: Model,
  dialect: ClientDialect,
  reply: ClientReply,
): void {
  if (status < 400) throw new MalformedAnswer(`the provider answered with status ${status}`)
  if (!isWhole) {
    const message = `${provider.name}/${model.id} answered with status ${status}`
    return tell(dialect, reply, status, 'upstream_failed', message)
  }
  const text = bytes.toString('utf8')
  const clean = gateway.redact(text)
  reply.head(status, answerHeaders(headers, provider, model))
  reply.end(clean === text ? bytes : clean)
}

function answerHeaders(
  headers: Readonly<Record<string, string>>,
  provider: Provider,
  model: Model,
): Record<string, string> {
  return {
    'content-type': headers['content-type'] ?? 'application/json',
    'x-sage-model': ascii(`${provider.name}/${model.id}`),
    'x-sage-provider': ascii(provider.name),
    'x-sage-policy': 'none',
    'x-sage-rule': 'pin',
  }
}

function tell(dialect: ClientDialect, reply: ClientReply, status: number, code: string, message: string): void {
  reply.head(status, { 'content-type': 'application/json', 'x-should-retry': 'false' })
  reply.end(JSON.stringify(dialect.encodeError({ status, code, message })))
}
