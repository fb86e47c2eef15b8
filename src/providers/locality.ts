import { isCloudModel } from '../dialects/ollama-chat/model-name.ts'
import type { Provider } from './types.ts'

/**
 * Whether requests to the URL stay on this machine or its private network.
 *
 * Local: `localhost`, host names without a dot, `*.localhost`, `*.local` (mDNS), `*.internal` and `*.home.arpa` (reserved
 * for private use), loopback addresses and 0.0.0.0/::, RFC 1918 addresses, 100.64.0.0/10 (VPNs such as Tailscale) and
 * IPv6 unique local addresses. Not local: link-local addresses, where cloud metadata services live, and everything else.
 * Text that is no http(s) URL is not local. A profile's `local:` overrides the answer.
 */
export function isLocalUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, protocol } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  const host = hostname.replace(/\.$/, '').toLowerCase()
  if (host.startsWith('[')) return isLocalIpv6(host.slice(1, -1))
  const octets = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : undefined
  if (octets) return isLocalIpv4(octets[0] ?? 0, octets[1] ?? 0, host)
  if (!host.includes('.')) return host !== ''
  return /\.(?:localhost|local|internal|home\.arpa)$/.test(host)
}

/**
 * Whether prompts to this model stay local: the provider is local, and the name is not one that Ollama runs in the cloud.
 * A local Ollama hands `:cloud` models on to ollama.com, whatever the profile says of the provider.
 */
export function isLocalModel(provider: Pick<Provider, 'local'>, id: string): boolean {
  return provider.local && !isCloudModel(id)
}

function isLocalIpv4(first: number, second: number, host: string): boolean {
  if (first === 127 || first === 10 || host === '0.0.0.0') return true
  if (first === 172) return second >= 16 && second <= 31
  if (first === 192) return second === 168
  return first === 100 && second >= 64 && second <= 127
}

/** `address` is in the compressed form that URL gives. */
function isLocalIpv6(address: string): boolean {
  if (address === '::1' || address === '::') return true
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address)
  if (mapped) {
    const [high, low] = [parseInt(mapped[1] ?? '', 16), parseInt(mapped[2] ?? '', 16)]
    return isLocalIpv4(high >> 8, high & 255, high === 0 && low === 0 ? '0.0.0.0' : '')
  }
  return /^f[cd][0-9a-f]{2}:/.test(address)
}
