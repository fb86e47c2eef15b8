const DEFAULT_PORT = '11434'

/**
 * Base URL of the local Ollama as OLLAMA_HOST names it: a host, host:port, :port or a URL; 127.0.0.1:11434 without it.
 * Source: ollama/ollama, envconfig/config.go, Host(). The address that means all interfaces becomes the loopback one.
 */
export function ollamaBaseUrl(given: string | undefined): string {
  const text = (given ?? '').trim().replace(/^["']+|["']+$/g, '')
  const [, scheme = '', rest = ''] = /^(https?:\/\/)?([^]*)$/i.exec(text) ?? []
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(rest) ?? []
  const usual = scheme === '' ? DEFAULT_PORT : scheme.toLowerCase() === 'https://' ? '443' : '80'
  const path = /\/[^]*$/.exec(rest)?.[0].replace(/\/+$/, '') ?? ''
  const url = `${scheme === '' ? 'http://' : scheme}${connectable(host)}:${port === '' ? usual : port}${path}`
  return URL.canParse(url) ? url : `http://127.0.0.1:${DEFAULT_PORT}`
}

function connectable(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1'
  return host === '[::]' ? '[::1]' : host
}
