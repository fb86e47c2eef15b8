import { printable } from '../output/printable.ts'

export interface BannerFacts {
  version: string
  /** Scheme, host and port that the server listens on. */
  url: string
  /** How many models at how many providers can be called. */
  models: number
  providers: number
  /** Policy names, first one is the default. */
  policies: readonly string[]
  /** Where the profile came from, in words. */
  origin: string
  /** Reference of the token that clients must send; never its value. */
  token: string | undefined
  platform: string
}

/** What a person needs once the server is ready: where it listens, and a request to copy. */
export function serveBanner(facts: BannerFacts): string {
  const url = reachable(facts.url)
  const rows: [string, string][] = [
    ['OpenAI clients', `${url}/v1`],
    ['other clients', `${url} (Anthropic, Gemini, Ollama)`],
    ['policies', facts.policies.map((name) => `sage/${name}`).join(', ')],
    ['models', `${facts.models} at ${facts.providers} ${facts.providers === 1 ? 'provider' : 'providers'}`],
    ['profile', facts.origin],
    ...(facts.token === undefined ? [] : [['token', facts.token] satisfies [string, string]]),
    ['try', tryLine({ ...facts, url })],
  ]
  const lines = rows.map(([label, value]) => `  ${label.padEnd(17)}  ${printable(value)}`)
  return [`sage ${facts.version} listening on ${facts.url}`, ...lines, ''].join('\n')
}

/** A request to paste into the platform's usual shell: POSIX, or PowerShell, whose quotes and curl are its own. */
export function tryLine({ url, policies, token, platform }: BannerFacts): string {
  const model = `sage/${policies[0] ?? 'auto'}`
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] })
  const endpoint = `${url}/v1/chat/completions`
  if (platform === 'win32') {
    const auth = token === undefined ? '' : ` -Headers @{ authorization = "Bearer ${powershellValue(token)}" }`
    return `Invoke-RestMethod '${endpoint}' -Method Post -ContentType 'application/json'${auth} -Body '${body.replaceAll("'", "''")}'`
  }
  const auth = token === undefined ? '' : ` -H "authorization: Bearer ${posixValue(token)}"`
  return `curl '${endpoint}' -H 'content-type: application/json'${auth} -d '${body.replaceAll("'", `'\\''`)}'`
}

function posixValue(reference: string): string {
  const [kind, rest] = split(reference)
  return kind === 'env' ? `$${rest}` : `$(cat ${rest})`
}

function powershellValue(reference: string): string {
  const [kind, rest] = split(reference)
  return kind === 'env' ? `$env:${rest}` : `$(Get-Content ${rest})`
}

function split(reference: string): [string, string] {
  const colon = reference.indexOf(':')
  return [reference.slice(0, colon), reference.slice(colon + 1)]
}

/** All interfaces is no address to connect to. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}
