// Asks a real server; everything else about discovery is pure.
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { forbidden, isForbiddenAddress, lookupAllowed } from '../transport/forbidden-address.ts'
import { discoverOllama, type DiscoveredModel, type JsonFetch } from './discover.ts'

/** Longest answer read, in bytes. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

/**
 * Lists the models of the Ollama server at `baseUrl`; undefined when none answers there in time. Never takes longer than
 * `timeoutMs` in total: models whose facts did not arrive by then are listed with unknown facts.
 */
export async function probeOllama(baseUrl: string, timeoutMs: number): Promise<DiscoveredModel[] | undefined> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    return await discoverOllama(createFetch(baseUrl, signal))
  } catch {
    return undefined
  }
}

function createFetch(baseUrl: string, signal: AbortSignal): JsonFetch {
  const base = baseUrl.replace(/\/+$/, '')
  return async (method, path, body) => JSON.parse(await call(new URL(base + path), method, body, signal))
}

function call(url: URL, method: string, body: unknown, signal: AbortSignal): Promise<string> {
  const sent = body === undefined ? undefined : JSON.stringify(body)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = {
    accept: 'application/json',
    ...(sent !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
  }
  return new Promise((resolve, reject) => {
    if (isForbiddenAddress(url.hostname)) return reject(forbidden(url.hostname, url.hostname))
    // No agent: an idle connection would keep a command from ending.
    const request = send(url, { method, headers, signal, agent: false, lookup: lookupAllowed }, (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('error', reject)
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size > MAX_BODY_BYTES) response.destroy(new Error(`the answer is larger than ${MAX_BODY_BYTES} bytes`))
        else parts.push(part)
      })
      response.on('end', () => {
        const status = response.statusCode ?? 0
        if (status >= 200 && status < 300) resolve(Buffer.concat(parts).toString('utf8'))
        else reject(new Error(`HTTP ${status}`))
      })
    })
    request.on('error', reject)
    request.end(sent)
  })
}
