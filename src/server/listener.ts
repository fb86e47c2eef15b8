import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { CLIENT_DIALECTS } from '../dialects/index.ts'
import { psBody, tagsBody, versionBody } from '../dialects/ollama-chat/index.ts'
import type { ClientDialect, DialectId } from '../dialects/types.ts'
import { countTokens } from '../gateway/count-tokens.ts'
import { handle } from '../gateway/handle.ts'
import { passThrough } from '../gateway/pass-through.ts'
import type { Incoming } from '../gateway/types.ts'
import { clientDialect, guessDialect } from './client-dialect.ts'
import type { ServerEvent } from './events.ts'
import { guard } from './guard.ts'
import { healthBody } from './health-body.ts'
import type { StatePlace } from './health-body.ts'
import { listModels, listShape, modelBody, modelsBody, ollamaEntries, shownEntries } from './models.ts'
import { ollamaAnswer } from './ollama-answer.ts'
import type { BodyLease, MemoryGuard } from './memory-guard.ts'
import { BodyError, readBody } from './read-body.ts'
import type { BodyRoom } from './read-body.ts'
import { createReply } from './reply.ts'
import { ENDPOINTS, findRoute } from './routes.ts'
import type { Route } from './routes.ts'
import type { Snapshot } from './snapshot.ts'
import type { Snapshots } from './snapshots.ts'

export interface ListenerOptions {
  snapshots: Snapshots
  log(event: ServerEvent): void
  /** Gateway clock when the server started, in ms. */
  startedAt: number
  version: string
  statePlace(): StatePlace
  memory: MemoryGuard
}

/** Answers every HTTP request: guard, route, body, gateway. */
export function createListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    const snapshot = options.snapshots.begin()
    serve(options, snapshot, request, response)
      .catch((error: unknown) => {
        const bug = error instanceof Error ? error : new Error(String(error))
        options.log({ type: 'bug', method: request.method ?? '', path: pathOf(request), error: bug })
        if (response.headersSent) response.destroy()
        else reject(options, request, response, 500, 'bug', 'this is a bug in sage; its log has the details')
      })
      .finally(() => options.snapshots.end(snapshot))
  }
}

async function serve(
  options: ListenerOptions,
  snapshot: Snapshot,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = guard(request, snapshot.guard)
  if (refusal !== undefined) {
    return reject(options, request, response, refusal.status, refusal.code, refusal.message)
  }
  const { expect } = request.headers
  if (expect !== undefined && !/(?:^|\W)100-continue(?:$|\W)/i.test(expect)) {
    return reject(options, request, response, 417, 'expectation_failed', 'no such expectation is met here')
  }
  const route = findRoute(request.url ?? '')
  if (route === undefined) {
    const message = `no such path: ${request.method ?? ''} ${pathOf(request)}`
    return reject(options, request, response, 404, 'not_found', message)
  }
  const method = request.method === 'HEAD' ? 'GET' : request.method
  if (method !== route.method) {
    response.setHeader('allow', route.method === 'GET' ? 'GET, HEAD' : route.method)
    return reject(options, request, response, 405, 'method_not_allowed', `use ${route.method} for ${pathOf(request)}`)
  }
  switch (route.type) {
    case 'chat':
    case 'count_tokens':
    case 'pass':
      return post(options, snapshot, route, request, response)
    case 'ollama-show':
    case 'ollama-pull':
      return ask(options, snapshot, route.type, request, response)
    default:
      return get(options, snapshot, route, request, response)
  }
}

async function post(
  options: ListenerOptions,
  snapshot: Snapshot,
  route: Extract<Route, { dialect: DialectId }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const dialect = clientDialect(route)
  const { gateway } = snapshot
  const lease = options.memory.lease(gateway.profile.serve.max_body_bytes)
  const body = await takeBody(options, snapshot, request, response, dialect, lease)
  if (body === undefined) return
  const { release } = lease
  const incoming: Incoming = { dialect, body, headers: plainHeaders(request), release }
  const reply = createReply(response)
  if (route.type === 'pass') return passThrough(gateway, incoming, route.path, reply)
  if (route.hints !== undefined) incoming.hints = route.hints
  return route.type === 'chat' ? handle(gateway, incoming, reply) : countTokens(gateway, incoming, reply)
}

/** The body, or undefined when it was refused: then the client has been told. */
async function takeBody(
  options: ListenerOptions,
  { gateway }: Snapshot,
  request: IncomingMessage,
  response: ServerResponse,
  dialect: ClientDialect,
  lease: BodyLease = options.memory.lease(gateway.profile.serve.max_body_bytes),
): Promise<Buffer | undefined> {
  const largest = gateway.profile.serve.max_body_bytes
  response.on('close', lease.release)
  const room: BodyRoom = {
    admits: (bytes) => lease.admits(bytes),
    take: (bytes) => lease.take(bytes),
    onOver: (callback) => gateway.shutdown?.onOver(callback) ?? (() => undefined),
  }
  try {
    return await readBody(request, largest, room, () => response.writeContinue())
  } catch (error) {
    if (!(error instanceof BodyError)) throw error
    if (error.status === 503) response.setHeader('retry-after', '1')
    reject(options, request, response, error.status, error.code, error.message, dialect)
    return undefined
  }
}

/** Ollama's questions about one model. There is nothing to pull: a listed model is there. */
async function ask(
  options: ListenerOptions,
  snapshot: Snapshot,
  type: 'ollama-show' | 'ollama-pull',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const dialect = CLIENT_DIALECTS['ollama-chat']
  const body = await takeBody(options, snapshot, request, response, dialect)
  if (body === undefined) return
  const answer = ollamaAnswer(snapshot.gateway, type, body)
  if ('error' in answer) {
    return reject(options, request, response, answer.status, answer.code, answer.error, dialect)
  }
  if (answer.lines.length === 1) return sendJson(response, 200, answer.lines[0] ?? {})
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.end(answer.lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function get(
  options: ListenerOptions,
  { gateway }: Snapshot,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const shape = listShape(request.headers, request.url ?? '')
  const entries = listModels(gateway.profile, gateway.catalog)
  switch (route.type) {
    case 'health':
      return sendJson(
        response,
        gateway.shutdown?.isDraining === true ? 503 : 200,
        healthBody(options.snapshots, options.startedAt, options.version, options.statePlace()),
      )
    case 'models':
      return sendJson(response, 200, modelsBody(shownEntries(entries, shape), shape))
    case 'model': {
      const entry = shownEntries(entries, shape).find(({ id }) => id === route.id)
      if (entry === undefined) {
        return reject(options, request, response, 404, 'model_not_found', `no model ${route.id.slice(0, 200)}`)
      }
      return sendJson(response, 200, modelBody(entry, shape))
    }
    case 'ollama-tags':
      return sendJson(response, 200, tagsBody(ollamaEntries(entries, gateway.catalog)))
    case 'ollama-ps':
      return sendJson(response, 200, psBody([], 0))
    case 'ollama-version':
      return sendJson(response, 200, versionBody())
    default:
      return sendJson(response, 200, {
        name: 'sage-router',
        version: options.version,
        endpoints: ENDPOINTS,
      })
  }
}

function reject(
  options: ListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  dialect: ClientDialect = guessDialect(request.headers, pathOf(request)),
): void {
  options.log({ type: 'rejected', method: request.method ?? '', path: pathOf(request), status, code, message })
  const body = dialect.encodeError({ status, code, message })
  if (request.complete) sendJson(response, status, body)
  else sendWhileSending(request, response, status, body)
}

function sendJson(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, jsonHeaders(bytes))
  response.end(bytes)
}

function jsonHeaders(bytes: Buffer): Record<string, string> {
  return { 'content-type': 'application/json', 'content-length': String(bytes.length) }
}

/** How long a client may go on sending a body that was refused, in ms. */
const DRAIN_MS = 10_000

/**
 * Lets the client finish sending, so that it reads the refusal instead of a reset connection; then gives up. The answer is
 * whole by its length, but not ended before: Node would close a connection that is to be closed behind it.
 */
function sendWhileSending(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Record<string, unknown>,
): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, jsonHeaders(bytes))
  response.write(bytes)
  // A stopped server must not live on for it: a request whose connection is gone tells nobody.
  const timer = setTimeout(() => request.destroy(), DRAIN_MS).unref()
  const end = (): void => {
    clearTimeout(timer)
    response.end()
  }
  request.once('end', end)
  request.once('close', end)
  request.resume()
}

/** The path without its query, which may carry a key. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0]?.slice(0, 200) ?? ''
}

function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>
  for (const name in request.headers) {
    const value = request.headers[name]
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return headers
}
