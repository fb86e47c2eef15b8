import type { Dispatcher } from 'undici'
import { isLoopbackHost } from '../../lib/loopback.ts'
import { lookupAllowed } from './forbidden-address.ts'

/** Connections to an origin through a proxy; undefined for origins that are reached without one. */
export type Proxied = (origin: string, connectMs: number) => Dispatcher | undefined

/**
 * How to go through the proxy that HTTPS_PROXY and HTTP_PROXY name (or their lower-case forms, which win), except to hosts
 * that NO_PROXY names and to this machine itself. undefined when no proxy is set: then nothing is loaded for it.
 * Throws `TypeError` when one of them is no URL.
 */
export async function loadProxied(env: Readonly<Record<string, string | undefined>>): Promise<Proxied | undefined> {
  const read = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? ''
  const [httpProxy, httpsProxy, noProxy] = [read('HTTP_PROXY'), read('HTTPS_PROXY'), read('NO_PROXY')]
  if (httpProxy === '' && httpsProxy === '') return undefined
  for (const url of [httpProxy, httpsProxy]) if (url !== '') checkUrl(url)
  // The whole of it: its tunnels need methods that only the index adds.
  const { EnvHttpProxyAgent } = await import('undici')
  return (origin, connectMs) => {
    const { hostname, protocol } = new URL(origin)
    // A proxy for https alone leaves http alone.
    if (isLoopbackHost(hostname.replace(/^\[|\]$/g, '')) || (protocol === 'http:' && httpProxy === '')) return undefined
    const connect = { timeout: connectMs, autoSelectFamily: true }
    return new EnvHttpProxyAgent({
      httpProxy,
      httpsProxy,
      noProxy,
      connect: { ...connect, lookup: lookupAllowed },
      requestTls: connect,
      proxyTls: connect,
      // As curl does: plain http is asked of the proxy itself.
      proxyTunnel: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
    })
  }
}

/** Without its credentials in the message, should it have some. */
function checkUrl(text: string): void {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new TypeError('HTTPS_PROXY and HTTP_PROXY must be URLs such as http://proxy.example:3128')
  }
}
