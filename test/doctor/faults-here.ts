// What can be broken on this machine.
import { MAIN, sage } from './fault.ts'
import type { Row } from './fault.ts'
import { healthyProvider, KEY } from './world.ts'

/** A lock of the provider with these models. */
function lock(...ids: string[]): string {
  const day = '2026-01-01'
  const facts = { since: day, local: { value: false, from: 'base_url', date: day } }
  const models = Object.fromEntries(ids.map((id) => [id, facts]))
  return JSON.stringify({
    version: 1,
    providers: { main: { kind: 'openai-compatible', base_url: '{url}/v1', models } },
  })
}

export const FAULTS_HERE: readonly Row[] = [
  // node
  { breaks: 'a Node below the floor', nodeVersion: '20.18.3', finds: ['node node-too-old error'], says: /20\.18\.3/ },
  { breaks: 'an odd Node below the floor', nodeVersion: '21.7.0', finds: ['node node-too-old error'] },
  {
    breaks: 'a Node past its end of life',
    nodeVersion: '20.19.0',
    effects: { now: () => Date.parse('2026-05-01') },
    only: ['node'],
    finds: ['node node-end-of-life warning'],
    says: /2026-04-30/,
  },
  // node-settings
  {
    breaks: 'certificate checks',
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    finds: ['node-settings tls-unchecked error'],
    says: /unset NODE_TLS_REJECT_UNAUTHORIZED|Remove-Item Env:NODE_TLS_REJECT_UNAUTHORIZED/,
  },
  {
    breaks: 'NODE_OPTIONS with a debugger',
    env: { NODE_OPTIONS: '--max-http-header-size=32000 --inspect=0.0.0.0:9229' },
    finds: ['node-settings node-options error'],
    says: /--inspect\b/,
  },
  {
    breaks: 'NODE_OPTIONS that load foreign code',
    env: { NODE_OPTIONS: '--require ./hook.js' },
    finds: ['node-settings node-options warning'],
  },
  {
    breaks: 'NODE_OPTIONS with a tiny heap',
    env: { NODE_OPTIONS: '--max-old-space-size=128' },
    finds: ['node-settings node-options-heap warning'],
    says: /128 MiB/,
  },
  {
    breaks: 'NODE_EXTRA_CA_CERTS that names no file',
    env: { NODE_EXTRA_CA_CERTS: 'nowhere.pem' },
    finds: ['node-settings extra-certificates warning'],
    says: /cannot be read/,
  },
  {
    breaks: 'NODE_EXTRA_CA_CERTS that names another kind of file',
    env: { NODE_EXTRA_CA_CERTS: 'der.pem' },
    files: { 'der.pem': 'binary' },
    finds: ['node-settings extra-certificates warning'],
    says: /no certificate in PEM/,
  },
  // profile
  {
    breaks: 'the file that --profile names',
    profile: null,
    flag: 'nowhere.yaml',
    finds: ['profile SAGE1001 error'],
    says: /nowhere\.yaml, which does not exist/,
  },
  { breaks: 'the text of the profile', profile: 'a\0b', finds: ['profile SAGE1002 error'] },
  {
    breaks: 'a key of the profile',
    profile: `${sage(MAIN)}polices: {}\n`,
    finds: ['profile SAGE1011 error'],
    says: /unknown key .*sage\.yaml","line":5,"column":1/,
  },
  {
    breaks: 'a rule that never applies',
    profile: sage(
      MAIN,
      'policies: { auto: { rules: [{ name: a, prefer: [main/small] }, { name: b, prefer: [main/small] }] } }\n',
    ),
    finds: ['profile SAGE1026 warning'],
  },
  {
    breaks: 'no profile at all',
    profile: null,
    finds: ['profile profile-built-in info'],
    says: /no profile file; demo: simulated models/,
  },
  // other-profiles
  {
    breaks: 'a second profile above',
    files: { '../sage.yaml': sage(MAIN) },
    finds: ['other-profiles profile-shadowed info'],
    says: /working directory comes first/,
  },
  {
    breaks: 'the name of a profile',
    files: { 'sage.yml': sage(MAIN) },
    finds: ['other-profiles profile-misnamed warning'],
    says: /rename it to sage\.yaml/,
  },
  // secrets
  {
    breaks: 'a key in a comment',
    profile: sage(MAIN, '# sk-proj-0123456789abcdefghij\n'),
    finds: ['secrets secret-in-profile error'],
    says: /"line":5/,
  },
  {
    breaks: 'a key in the profile itself',
    profile: sage(MAIN.replace('env:MAIN_KEY', 'sk-proj-0123456789abcdefghij')),
    finds: ['profile SAGE1031 error'],
  },
  // models
  {
    breaks: 'a model that was retired',
    provider: (request) => {
      const answer = healthyProvider(request)
      return 'json' in answer && answer.status === undefined
        ? { json: { data: [{ id: 'smalls' }, { id: 'large' }] } }
        : answer
    },
    finds: ['models model-retired warning'],
    says: /main\/small is not in the list.*did you mean main\/smalls/,
  },
  {
    breaks: 'a name that leads to no model',
    profile: sage(
      MAIN.replace(', models: [small]', ''),
      'policies: { auto: { rules: [{ name: a, prefer: [main/smal, main/small] }] } }\n',
    ),
    files: {
      'sage.lock.yaml': lock('small', 'large'),
    },
    only: ['models', 'lock'],
    finds: ['models model-unknown warning'],
    says: /of auto names main\/smal.*did you mean main\/small/,
  },
  {
    breaks: 'a rescue that no model can come to',
    profile: sage(MAIN, 'policies: { auto: { rescue: prose } }\n'),
    finds: ['models rescue-idle warning'],
    says: /auto has rescue: prose.*continues_prefill/,
  },
  {
    breaks: 'every provider',
    env: { MAIN_KEY: undefined },
    offline: true,
    finds: ['models models-none error', 'keys key-missing error'],
    says: /sage serve does not start/,
  },
  // lock
  {
    breaks: 'the lock file',
    files: { 'sage.lock.yaml': 'version: 7\n' },
    finds: ['lock SAGE1040 error'],
    says: /sage discover/,
  },
  {
    breaks: 'models that came and went since the lock',
    files: {
      'sage.lock.yaml': lock('small', 'large', 'old'),
    },
    finds: ['lock lock-differs warning'],
    says: /gone: old/,
  },
  {
    breaks: 'a lock without a model of the profile',
    files: {
      'sage.lock.yaml': lock('small'),
    },
    offline: true,
    finds: ['lock lock-model-missing warning'],
    says: /lacks models of main: large/,
  },
  {
    breaks: 'the address of a locked provider',
    files: {
      'sage.lock.yaml':
        'version: 1\nproviders: { main: { kind: ollama, base_url: "http://127.0.0.1:1", models: {} } }\n',
    },
    finds: ['lock lock-provider-moved warning'],
  },
  {
    breaks: 'a lock with a provider that is gone, and without one',
    profile: sage(MAIN.replace(', models: [small]', '')),
    files: {
      'sage.lock.yaml': 'version: 1\nproviders: { gone: { kind: ollama, base_url: "http://x", models: {} } }\n',
    },
    only: ['lock'],
    finds: ['lock lock-provider-missing info', 'lock lock-provider-gone info'],
  },
  {
    breaks: 'a lock that nobody wrote for long',
    files: {
      'sage.lock.yaml': lock('small', 'large'),
    },
    effects: { now: () => Date.now() + 40 * 86_400_000 },
    only: ['lock'],
    finds: ['lock lock-old info'],
    says: /40 days ago/,
  },
  // keys
  {
    breaks: 'one of two keys that is missing',
    profile: sage(MAIN.replace('key: env:MAIN_KEY', 'keys: [env:MAIN_KEY, env:OTHER_KEY]')),
    finds: ['keys key-missing warning'],
    says: /OTHER_KEY is not set.*OTHER_KEY=… to \.env/,
  },
  ...(
    [
      ['quotes around the key', `"${KEY}"`, /has quotes/],
      ['Bearer before the key', `Bearer ${KEY}`, /begins with/],
      ['a placeholder', 'your-api-key-here', /placeholder/],
      ['an unexpanded variable', '${MAIN_KEY_VALUE}', /placeholder/],
      ['a space in the key', `${KEY} x`, /has a space/],
      ['a character no header takes', `${KEY}é`, /no header/],
      ['a short key', 'abc123', /6 characters/],
    ] as const
  ).map(([breaks, value, says]): Row => ({
    breaks,
    env: { MAIN_KEY: value },
    offline: true,
    finds: ['keys key-malformed error'],
    says,
  })),
  {
    breaks: "nothing: a server of one's own takes any key",
    profile: sage(MAIN.replace('local: false', 'local: true')),
    env: { MAIN_KEY: 'none' },
    offline: true,
    finds: [],
  },
  {
    breaks: 'a key of another provider',
    profile: sage('  main: { kind: anthropic, key: env:MAIN_KEY, models: [claude-sonnet-4-5] }\n'),
    env: { MAIN_KEY: 'gsk_0123456789abcdefghij' },
    offline: true,
    finds: ['keys key-shape warning'],
    says: /not look like a key of Anthropic; it looks like one of Groq/,
  },
  {
    breaks: 'the same key twice',
    profile: sage(MAIN.replace('key: env:MAIN_KEY', 'keys: [env:MAIN_KEY, env:OTHER_KEY]')),
    env: { OTHER_KEY: KEY },
    finds: ['keys key-twice warning'],
  },
  {
    breaks: 'a key that .env has otherwise',
    files: { '.env': 'MAIN_KEY=k-another-key-0123456789\n' },
    finds: ['keys key-shadowed info'],
    says: /the environment wins/,
  },
  // serve
  {
    breaks: 'a host that is open to the network without a token',
    profile: sage(MAIN).replace('{ port: 45678 }', '{ host: 0.0.0.0, port: 45678 }'),
    finds: ['profile SAGE1032 error'],
  },
  {
    breaks: 'a token that is missing',
    profile: sage(MAIN).replace('{ port: 45678 }', '{ port: 45678, token: "env:SAGE_TOKEN" }'),
    finds: ['serve token-missing error'],
    says: /SAGE_TOKEN is not set/,
  },
  {
    breaks: 'a token that is too short',
    profile: sage(MAIN).replace('{ port: 45678 }', '{ port: 45678, token: "env:SAGE_TOKEN" }'),
    env: { SAGE_TOKEN: 'fifteen-letters' },
    finds: ['serve token-short error'],
    says: /sage does not start/,
  },
  ...['eiT5ahghooXai7Ahg', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'].map((token): Row => ({
    breaks: `the token ${token}`,
    profile: sage(MAIN).replace('{ port: 45678 }', '{ port: 45678, token: "env:SAGE_TOKEN" }'),
    env: { SAGE_TOKEN: token },
    finds: ['serve token-weak warning'],
    says: /can be guessed/,
  })),
  {
    breaks: 'plain http to the network',
    profile: sage(MAIN).replace('{ port: 45678 }', '{ host: 0.0.0.0, port: 45678, token: "env:SAGE_TOKEN" }'),
    env: { SAGE_TOKEN: 'eiT5ahghooXai7Ahghee2ohCh' },
    finds: ['serve serve-plain info'],
  },
  // port
  {
    breaks: 'a port that needs rights',
    network: { tryListen: async () => 'EACCES' },
    finds: ['port port-forbidden error'],
  },
  {
    breaks: 'a host that is not of this machine',
    network: { tryListen: async () => 'EADDRNOTAVAIL' },
    finds: ['port host-unusable error'],
    says: /EADDRNOTAVAIL/,
  },
  // loop
  {
    breaks: 'a provider that is sage',
    profile: sage(`${MAIN}  self: { kind: openai-compatible, base_url: "http://localhost:45678/v1", models: [x] }\n`),
    offline: true,
    finds: ['loop loop error'],
    says: /"line":5/,
  },
  // file-modes
  {
    breaks: 'a .env that others can read',
    files: { '.env': 'A=b\n' },
    modes: { '.env': 0o644 },
    posixOnly: true,
    finds: ['file-modes file-readable warning'],
    says: /mode 0644.*chmod 600/,
  },
  {
    breaks: 'a key file that the group can read',
    profile: sage(MAIN.replace('env:MAIN_KEY', 'file:keys/main')),
    files: { 'keys/main': KEY },
    modes: { 'keys/main': 0o640 },
    posixOnly: true,
    finds: ['file-modes file-readable warning'],
  },
  {
    breaks: 'a decision log that others can read',
    profile: sage(MAIN).replace('{ port: 45678 }', '{ port: 45678, decision_log: { path: log.ndjson } }'),
    files: { 'log.ndjson': '' },
    modes: { 'log.ndjson': 0o604 },
    posixOnly: true,
    finds: ['file-modes log-readable warning'],
    says: /every decision"/,
  },
  {
    breaks: 'a profile that others can change',
    modes: { 'sage.yaml': 0o666 },
    posixOnly: true,
    finds: ['file-modes file-writable warning'],
    says: /mode 0666.*chmod go-w/,
  },
  // proxy
  {
    breaks: 'a proxy without exceptions',
    env: { HTTP_PROXY: 'http://proxy:3128', NO_PROXY: '.corp.example' },
    finds: ['proxy no-proxy warning', 'proxy proxy-used info'],
    says: /lacks localhost and 127\.0\.0\.1.*\.corp\.example,localhost,127\.0\.0\.1/,
  },
  {
    breaks: 'a proxy with half of the exceptions',
    env: { https_proxy: 'http://proxy:3128', no_proxy: 'localhost:8790' },
    finds: ['proxy no-proxy warning', 'proxy proxy-used info'],
    says: /lacks 127\.0\.0\.1/,
  },
  {
    breaks: 'Qwen Code behind a proxy',
    env: { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*' },
    home: { '.qwen/installation_id': 'x' },
    finds: ['proxy proxy-qwen warning', 'proxy proxy-used info'],
  },
  {
    breaks: 'a proxy that only ALL_PROXY names',
    env: { ALL_PROXY: 'socks5://proxy:1080', NO_PROXY: '*' },
    finds: ['proxy proxy-unused info'],
    says: /set HTTPS_PROXY/,
  },
]
