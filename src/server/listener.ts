import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ClientDialect } from '../dialects/types.ts'
import { countTokens } from '../gateway/count-tokens.ts'
import { handle } from '../gateway/handle.ts'
import type { Gateway, Incoming } from '../gateway/types.ts'
import type { ServerEvent } from './events.ts'
import { guard } from './guard.ts'
import type { GuardOptions } from './guard.ts'
import { healthBody } from './health-body.ts'
import { listModels, modelsBody, toAnthropicModel, toOpenAiModel } from './models.ts'
import { BodyError, readBody } from './read-body.ts'
import { createReply } from './reply.ts'
import { findRoute, guessDialect } from './routes.ts'
import type { Route } from './routes.ts'

export interface ListenerOptions {
  gateway: Gateway
  guard: GuardOptions
  log(event: ServerEvent): void
  /** Gateway clock when the server started, in ms. */
  startedAt: number
  version: string
}

/** Answers every HTTP request: guard, route, body, gateway. */
export function createListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      const bug = error instanceof Error ? error : new Error(String(error))
      options.log({ type: 'bug', method: request.method ?? '', path: pathOf(request), error: bug })
      if (response.headersSent) response.destroy()
      else reject(options, request, response, 500, 'bug', 'this is a bug in sage; its log has the details')
    })
  }
}

async function serve(options: ListenerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = guard(request, options.guard)
  if (refusal !== undefined) {
    return reject(options, request, response, refusal.status, refusal.code, refusal.message)
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
  if (route.type === 'chat' || route.type === 'count_tokens') return post(options, route, request, response)
  return get(options, route, request, response)
}

async function post(
  options: ListenerOptions,
  route: Extract<Route, { dialect: ClientDialect }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { gateway } = options
  let body: Buffer
  try {
    body = await readBody(request, gateway.profile.serve.max_body_bytes)
  } catch (error) {
    if (!(error instanceof BodyError)) throw error
    drainThenClose(request)
    return reject(options, request, response, error.status, error.code, error.message, route.dialect)
  }
  const incoming: Incoming = { dialect: route.dialect, body, headers: plainHeaders(request) }
  const reply = createReply(response)
  return route.type === 'chat' ? handle(gateway, incoming, reply) : countTokens(gateway, incoming, reply)
}

function get(options: ListenerOptions, route: Route, request: IncomingMessage, response: ServerResponse): void {
  const { gateway } = options
  const isAnthropic = request.headers['anthropic-version'] !== undefined
  switch (route.type) {
    case 'health':
      return sendJson(response, 200, healthBody(gateway, options.startedAt, options.version))
    case 'models':
      return sendJson(response, 200, modelsBody(listModels(gateway.profile, gateway.catalog), isAnthropic))
    case 'model': {
      const entry = listModels(gateway.profile, gateway.catalog).find(({ id }) => id === route.id)
      if (entry === undefined) {
        return reject(options, request, response, 404, 'model_not_found', `no model ${route.id.slice(0, 200)}`)
      }
      return sendJson(response, 200, isAnthropic ? toAnthropicModel(entry) : toOpenAiModel(entry))
    }
    default:
      return sendJson(response, 200, {
        name: 'sage-router',
        version: options.version,
        endpoints: ['/v1/chat/completions', '/v1/messages', '/v1/messages/count_tokens', '/v1/models', '/healthz'],
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
  sendJson(response, status, dialect.encodeError({ status, code, message }))
}

function sendJson(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(bytes.length) })
  response.end(bytes)
}

/** How long a client may go on sending a body that was refused, in ms. */
const DRAIN_MS = 5000

/** Lets the client finish sending, so that it reads the refusal instead of a reset connection; then gives up. */
function drainThenClose(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), DRAIN_MS)
  request.once('close', () => clearTimeout(timer))
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
