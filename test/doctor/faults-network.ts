// What can be broken between this machine and the providers.
import { FaultError } from '../../src/doctor/effects.ts'
import { MAIN, sage } from './fault.ts'
import type { Row } from './fault.ts'
import { NOWHERE } from './world.ts'
import type { WorldOptions } from './world.ts'

const OLLAMA = '  box: { kind: ollama, base_url: "{url}", models: { "qwen3:8b": { context: 40960 } } }\n'
const TAGS = { models: [{ name: 'qwen3:8b', capabilities: ['completion'], details: { context_length: 40_960 } }] }
const ollama =
  (me: { status: number; json: unknown }): NonNullable<WorldOptions['provider']> =>
  ({ path }) =>
    path === '/api/me' ? me : path === '/api/tags' ? { json: TAGS } : { status: 404, json: { error: 'not found' } }
const SIGNED_IN = { status: 200, json: { name: 'ann', plan: 'pro' } }
const SIGNED_OUT = { status: 401, json: { error: 'unauthorized', signin_url: 'https://ollama.com/connect' } }

export const FAULTS_IN_NETWORK: readonly Row[] = [
  // dns, tcp, http (tls has a test of its own)
  ...(
    [
      ['ENOTFOUND', 'dns-unknown-host', /no host api\.example/],
      ['EAI_AGAIN', 'dns-no-answer', /offline/],
      ['EBADRESP', 'dns-failed', /EBADRESP/],
    ] as const
  ).map(([code, finding, says]): Row => ({
    breaks: `a name (${code})`,
    profile: sage(MAIN.replace('{url}', 'http://api.example')),
    network: { lookup: async () => fault(code) },
    finds: [`dns ${finding} error`],
    says,
  })),
  {
    breaks: 'a server that is not there',
    profile: sage(MAIN.replace('{url}', NOWHERE)),
    finds: ['tcp tcp-refused error'],
    says: /nobody listens on 127\.0\.0\.1/,
  },
  ...(
    [
      ['TIMEOUT', 'tcp-timeout', /firewall/],
      ['EHOSTUNREACH', 'tcp-unreachable', /no way to/],
      ['ADDRESS_FORBIDDEN', 'tcp-forbidden-address', /link-local address or a metadata service/],
      ['EPERM', 'tcp-failed', /EPERM/],
    ] as const
  ).map(([code, finding, says]): Row => ({
    breaks: `a connection (${code})`,
    network: { connect: async () => fault(code) },
    finds: [`tcp ${finding} error`],
    says,
  })),
  {
    breaks: 'a server that is stuck',
    provider: () => ({ fault: 'hang' }),
    timeoutMs: 300,
    finds: ['http http-timeout error'],
  },
  {
    breaks: 'a server that hangs up',
    provider: () => ({ fault: 'reset' }),
    finds: ['http http-broken-off error'],
  },
  {
    breaks: 'a server of another kind',
    provider: () => ({ raw: 'SSH-2.0-OpenSSH\r\n' }),
    finds: ['http http-not-spoken error'],
  },
  {
    breaks: 'a key with a character that no header takes',
    env: { MAIN_KEY: 'k-0123456789abcdefghij…' },
    only: ['http', 'auth'],
    finds: ['http http-key-unusable error'],
  },
  {
    breaks: 'an address that redirects',
    provider: () => ({ status: 308, headers: { location: 'https://new.example/v1/models?key=abc' }, text: '' }),
    finds: ['http http-redirect error'],
    says: /https:\/\/new\.example\/v1\/models"/,
  },
  {
    breaks: 'a login page',
    provider: () => ({ status: 200, headers: { 'content-type': 'text/html' }, text: '<html>' }),
    only: ['http'],
    finds: ['http http-page error'],
    says: /login page/,
  },
  { breaks: 'the path', provider: () => ({ status: 404, json: {} }), finds: ['http http-no-list warning'] },
  {
    breaks: 'the provider',
    provider: () => ({ status: 503, json: {} }),
    finds: ['http http-server-error error'],
  },
  // auth
  {
    breaks: 'a key that the provider refuses',
    env: { MAIN_KEY: 'k-wrong-0123456789abcdef' },
    finds: ['auth auth-refused error'],
    says: /refuses the key of env:MAIN_KEY \(status 401\)/,
  },
  {
    breaks: 'the second of two keys',
    profile: sage(MAIN.replace('key: env:MAIN_KEY', 'keys: [env:MAIN_KEY, env:OTHER_KEY]')),
    env: { OTHER_KEY: 'k-other-0123456789abcdef' },
    finds: ['auth auth-refused error'],
    says: /env:OTHER_KEY/,
  },
  {
    breaks: 'credit',
    provider: () => ({
      status: 429,
      json: { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
    }),
    finds: ['auth auth-quota error'],
  },
  {
    breaks: 'a rate limit',
    provider: () => ({ status: 429, json: { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } } }),
    finds: ['auth auth-rate-limit warning'],
  },
  {
    breaks: 'a list that needs no key',
    provider: () => ({ json: { data: [{ id: 'small' }, { id: 'large' }] } }),
    finds: ['auth auth-unknown info'],
    says: /--live/,
  },
  {
    breaks: 'a provider without the key it wants',
    profile: sage('  main: { kind: openai-compatible, base_url: "{url}/v1", models: [small] }\n'),
    finds: ['auth auth-needed error'],
  },
  {
    breaks: 'a key of OpenRouter, whose list is public',
    profile: sage(
      '  main: { kind: openai-compatible, preset: openrouter, base_url: "{url}/v1", key: env:MAIN_KEY, models: [small] }\n',
    ),
    provider: ({ path }) =>
      path === '/v1/key'
        ? { status: 401, json: { error: { message: 'No auth' } } }
        : { json: { data: [{ id: 'small' }] } },
    finds: ['auth auth-refused error'],
  },
  // clock
  {
    breaks: 'the clock',
    effects: { now: () => Date.now() + 10 * 60_000 },
    finds: ['clock clock-wrong warning'],
    says: /10 minutes fast/,
  },
  // ollama-sign-in
  {
    breaks: "Ollama's account, with a cloud model",
    profile: sage(OLLAMA.replace('"qwen3:8b"', '"qwen3:8b": { context: 40960 }, "kimi-k2.6:cloud"')),
    provider: ollama(SIGNED_OUT),
    finds: ['ollama-sign-in ollama-signed-out error'],
    says: /kimi-k2\.6:cloud cannot answer.*ollama signin/,
  },
  {
    breaks: "Ollama's account, without a cloud model",
    profile: sage(OLLAMA),
    provider: ollama(SIGNED_OUT),
    finds: ['ollama-sign-in ollama-signed-out info'],
  },
  {
    breaks: 'cloud models that are switched off',
    profile: sage(OLLAMA.replace('"qwen3:8b"', '"kimi-k2.6:cloud"')),
    provider: ollama({ status: 403, json: { error: 'ollama cloud is disabled' } }),
    finds: ['ollama-sign-in ollama-no-cloud error'],
  },
  // ollama-context
  {
    breaks: 'Ollama through /v1',
    profile: sage('  box: { kind: openai-compatible, base_url: "{url}/v1", models: [small] }\n'),
    provider: ({ path }) =>
      path === '/api/version' ? { json: { version: '0.14.0' } } : { json: { data: [{ id: 'small' }] } },
    finds: ['ollama-context ollama-through-v1 warning'],
    says: /4,096 tokens.*kind: ollama/,
  },
  {
    breaks: 'num_ctx left out',
    profile: sage(OLLAMA.replace('models:', 'quirks: { drop_parameters: [num_ctx] }, models:')),
    provider: ollama(SIGNED_IN),
    finds: ['ollama-context ollama-num-ctx-dropped warning'],
  },
  {
    breaks: 'a small model',
    profile: sage(OLLAMA.replace('40960', '8192')),
    provider: ollama(SIGNED_IN),
    finds: ['ollama-context ollama-small-model info'],
    says: /8192 tokens/,
  },
  {
    breaks: 'OLLAMA_CONTEXT_LENGTH',
    profile: sage(OLLAMA),
    provider: ollama(SIGNED_IN),
    env: { OLLAMA_CONTEXT_LENGTH: '4096' },
    finds: ['ollama-context ollama-small-default info'],
  },
]

function fault(code: string): Promise<never> {
  return Promise.reject(new FaultError(code))
}
