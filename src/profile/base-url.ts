export interface UrlProblem {
  message: string
  hint?: string
  /** The URL has a credential in it. */
  secret: boolean
}

/** Names under which clouds serve their metadata, credentials among it. */
const METADATA_HOSTS = new Set(['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data'])
/** AWS over IPv6, Alibaba Cloud, Oracle Cloud, Azure; the usual 169.254.169.254 is link-local. */
const METADATA_ADDRESSES = new Set(['[fd00:ec2::254]', '100.100.100.200', '192.0.0.192', '168.63.129.16'])

/**
 * What is wrong with a provider's address; undefined when it will do. Loopback and private addresses are fine, link-local
 * ones and metadata services are not: a profile must not be able to send prompts, or a key, there.
 */
export function checkBaseUrl(text: string): UrlProblem | undefined {
  const looksCredited = /\/\/[^/?#]*@/.test(text)
  if (!URL.canParse(text)) {
    const hint = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(text) ? 'start with https:// or http://' : undefined
    return problem('this is not a URL', hint, looksCredited)
  }
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return problem('a base URL starts with http:// or https://', undefined, looksCredited || url.search !== '')
  }
  if (url.username !== '' || url.password !== '') {
    return problem('a URL must not contain a user name or password', 'use `key: env:NAME`', true)
  }
  if (url.search !== '' || url.hash !== '') {
    return problem('a base URL has no query and no fragment', 'a key goes into `key: env:NAME`', true)
  }
  if (isForbiddenHost(url.hostname.replace(/\.$/, ''))) {
    return problem(
      'link-local addresses and metadata services are not allowed',
      'name the host that serves the models',
      false,
    )
  }
  return undefined
}

/** `host` as URL gives it: lower case, IPv4 in four decimal parts, IPv6 compressed in brackets. */
function isForbiddenHost(host: string): boolean {
  if (METADATA_HOSTS.has(host) || METADATA_ADDRESSES.has(host) || host.startsWith('169.254.')) return true
  // fe80::/10, and 169.254.0.0/16 mapped into IPv6
  return /^\[fe[89ab][0-9a-f]:/.test(host) || /^\[(?:::ffff:|64:ff9b::)(?:a9fe|0*a9fe):/.test(host)
}

function problem(message: string, hint: string | undefined, secret: boolean): UrlProblem {
  return { message, ...(hint === undefined ? {} : { hint }), secret }
}
