import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Secret } from '../secrets/secret.ts'

// Loopback is no boundary: any web page can send requests to it. What a page cannot do is choose its Host or hide its
// Origin, so both are checked on every route, besides the token.

export interface GuardOptions {
  /** Address the server listens on. */
  host: string
  /** Token that clients must send; none on loopback by default. */
  token: Secret | undefined
}

export interface Refusal {
  status: 400 | 401 | 403
  code: string
  message: string
}

/** Why a request is refused before its route is even looked at; undefined when it may pass. */
export function guard(request: IncomingMessage, options: GuardOptions): Refusal | undefined {
  return checkHost(request, options) ?? checkOrigin(request) ?? checkToken(request, options.token)
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The Host must be one we listen on: a rebound DNS name is somebody else's. Ports may differ (ssh -L forwards). */
function checkHost(request: IncomingMessage, options: GuardOptions): Refusal | undefined {
  const hosts = request.rawHeaders.filter((value, at) => at % 2 === 0 && value.toLowerCase() === 'host')
  const host = request.headers.host ?? ''
  const match = /^(\[[0-9a-fA-F:.]+(?:%[\w.~-]+)?\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(host)
  if (hosts.length !== 1 || match === null) {
    return { status: 400, code: 'bad_host', message: 'exactly one valid Host header is required' }
  }
  const name = withoutZone(match[1] ?? '')
  const own = withoutZone(options.host)
  if (LOOPBACK_NAMES.has(name) || name === own || name === `[${own}]`) return undefined
  // Bound to all interfaces, any of the machine's names may be meant; a token is mandatory there.
  if (isWildcard(options.host) && options.token !== undefined) return undefined
  return { status: 403, code: 'forbidden_host', message: `Host ${host.slice(0, 100)} is not this server` }
}

/** In lower case. The zone of a link-local address says something on its own machine only: most clients leave it out. */
function withoutZone(name: string): string {
  return name.toLowerCase().replace(/%[^\]]*/, '')
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** Browsers put an Origin on what a page sends; agents and SDKs send none. */
function checkOrigin(request: IncomingMessage): Refusal | undefined {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isCrossSite = site === 'cross-site' || site === 'same-site'
  if ((origin === undefined || isLoopbackOrigin(origin)) && !isCrossSite) return undefined
  return { status: 403, code: 'forbidden_origin', message: 'requests from web pages are refused' }
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_NAMES.has(new URL(origin).hostname)
}

/** One check for every place a client may put its credential. The same answer for a missing and a wrong one. */
function checkToken(request: IncomingMessage, token: Secret | undefined): Refusal | undefined {
  if (token === undefined) return undefined
  const expected = digest(token.reveal())
  const isKnown = credentials(request).some((value) => timingSafeEqual(digest(value), expected))
  return isKnown ? undefined : { status: 401, code: 'unauthorized', message: 'a valid token is required' }
}

function credentials(request: IncomingMessage): readonly string[] {
  const bearer = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const key = new URLSearchParams((request.url ?? '').split('?')[1] ?? '').get('key')
  const named = [request.headers['x-api-key'], request.headers['x-goog-api-key']]
  const sent = [bearer, ...named].filter((value) => typeof value === 'string')
  return [...new Set([...sent, ...sent.map(asUtf8), ...(key === null ? [] : [key])])]
}

/** Node reads headers as Latin-1; clients write UTF-8. */
function asUtf8(header: string): string {
  return Buffer.from(header, 'latin1').toString('utf8')
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}
