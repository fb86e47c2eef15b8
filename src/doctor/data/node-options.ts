/** Options in NODE_OPTIONS that change what sage does, and how. Matched as `--name`, `--name=…` or `--name …`. */
export const SURPRISING_NODE_OPTIONS: readonly { pattern: RegExp; level: 'warning' | 'error'; means: string }[] = [
  {
    pattern: /^--inspect/,
    level: 'error',
    means: 'a debugger may attach to sage and read every key in its memory; with a host in it, from the network',
  },
  {
    pattern: /^(?:--require|-r|--import|--loader|--experimental-loader)(?:=|$)/,
    level: 'warning',
    means: 'foreign code is loaded into sage before its own, and sees keys and prompts',
  },
  { pattern: /^--tls-min-v1\.[01]$/, level: 'warning', means: 'outdated TLS versions with known holes are accepted' },
  {
    pattern: /^--tls-cipher-list/,
    level: 'warning',
    means: 'a provider may refuse the connection, or weak ciphers may be used',
  },
  { pattern: /^--insecure-http-parser$/, level: 'warning', means: 'malformed answers are let through' },
  {
    pattern: /^--(?:openssl-legacy-provider|openssl-shared-config|openssl-config)/,
    level: 'warning',
    means: 'TLS goes by other rules than usual',
  },
  {
    pattern: /^--dns-result-order=ipv6first$/,
    level: 'warning',
    means: 'localhost means ::1 first, where Ollama and others usually do not listen',
  },
  {
    pattern: /^--no-network-family-autoselection$/,
    level: 'warning',
    means: 'a host whose first address is dead cannot be reached by its others',
  },
]
