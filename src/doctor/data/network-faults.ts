import type { Stage } from '../probe.ts'

/** What a failed step means, and what mends it. `{host}`, `{port}`, `{url}` and `{start}` are filled in. */
export interface Fault {
  stage: Stage
  /** Node's or OpenSSL's error codes; a pattern because the latter are many. */
  codes: RegExp
  code: string
  message: string
  means: string
  fix: string
}

const FIX_ADDRESS = 'check base_url in the profile'
const OWN_CERTIFICATE =
  'let NODE_EXTRA_CA_CERTS name the PEM file of the authority that signed it, and start sage again'

/** Looked through from the top; the last row of each step takes what is left. */
const NETWORK_FAULTS: readonly Fault[] = [
  {
    stage: 'dns',
    codes: /^ENOTFOUND$/,
    code: 'dns-unknown-host',
    message: 'there is no host {host}',
    means: 'the name is misspelt, only a VPN or a company network knows it, or this machine is offline',
    fix: `${FIX_ADDRESS}, or connect to the network that knows it`,
  },
  {
    stage: 'dns',
    codes: /^(?:EAI_AGAIN|TIMEOUT|ETIMEOUT)$/,
    code: 'dns-no-answer',
    message: 'no name server answers for {host}',
    means: 'this machine is offline, or its name server is down',
    fix: 'check the network connection: nslookup {host}',
  },
  {
    stage: 'dns',
    codes: /^/,
    code: 'dns-failed',
    message: '{host} cannot be looked up ({error})',
    means: 'sage cannot find the provider',
    fix: 'nslookup {host}',
  },
  {
    stage: 'tcp',
    codes: /^ECONNREFUSED$/,
    code: 'tcp-refused',
    message: 'nobody listens on {host}:{port}',
    means: 'the server is not running, or listens on another port',
    fix: '{start}',
  },
  {
    stage: 'tcp',
    codes: /^(?:TIMEOUT|ETIMEDOUT)$/,
    code: 'tcp-timeout',
    message: '{host}:{port} does not answer',
    means: 'a firewall drops the packets, the machine is off, or only a proxy leads outside',
    fix: 'check firewall and VPN; sage itself uses no proxy',
  },
  {
    stage: 'tcp',
    codes: /^E(?:HOST|NET)(?:UNREACH|DOWN)$/,
    code: 'tcp-unreachable',
    message: 'there is no way to {host}:{port}',
    means: 'this machine is offline, or has no route to that network',
    fix: 'check the network connection and the VPN',
  },
  {
    stage: 'tcp',
    codes: /^ADDRESS_FORBIDDEN$/,
    code: 'tcp-forbidden-address',
    message: '{host} leads to a link-local address or a metadata service',
    means: 'somebody may have turned the name there to get at keys of this machine; sage does not connect',
    fix: 'check what the name stands for (nslookup {host}), and base_url in the profile',
  },
  {
    stage: 'tcp',
    codes: /^/,
    code: 'tcp-failed',
    message: '{host}:{port} cannot be connected to ({error})',
    means: 'sage cannot reach the provider',
    fix: FIX_ADDRESS,
  },
  {
    stage: 'tls',
    codes: /^(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF)|^CERT_UNTRUSTED|^INVALID_CA/,
    code: 'tls-untrusted',
    message: 'the certificate of {host} is not from an authority that Node trusts',
    means: 'a company proxy opens the encryption, the server made its own certificate, or somebody listens in',
    fix: OWN_CERTIFICATE,
  },
  {
    stage: 'tls',
    codes: /^CERT_HAS_EXPIRED$/,
    code: 'tls-expired',
    message: 'the certificate of {host} has expired',
    means: 'the provider forgot to renew it, or the clock of this machine is wrong',
    fix: 'check the date: node -p "Date()"; else wait for the provider',
  },
  {
    stage: 'tls',
    codes: /^CERT_NOT_YET_VALID$/,
    code: 'tls-not-yet-valid',
    message: 'the certificate of {host} is not valid yet',
    means: 'the clock of this machine is probably behind',
    fix: 'check the date: node -p "Date()"',
  },
  {
    stage: 'tls',
    codes: /^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    code: 'tls-wrong-host',
    message: 'the certificate is not for {host}',
    means: 'base_url names the server by another name, or something else answers in its place',
    fix: 'use the name that is in the certificate in base_url',
  },
  {
    stage: 'tls',
    codes: /^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO|ERR_SSL_HTTP_REQUEST)$/,
    code: 'tls-not-spoken',
    message: '{host}:{port} does not speak TLS',
    means: 'the server speaks plain http on this port',
    fix: 'write http:// instead of https:// in base_url',
  },
  {
    stage: 'tls',
    codes: /^(?:TIMEOUT|ECONNRESET|ETIMEDOUT)$/,
    code: 'tls-broken-off',
    message: '{host}:{port} broke off the TLS handshake',
    means: 'a firewall stands in between, or the server does not speak TLS on this port',
    fix: 'try another network, or check the port in base_url',
  },
  {
    stage: 'tls',
    codes: /^/,
    code: 'tls-failed',
    message: 'TLS with {host} fails ({error})',
    means: 'no encrypted connection can be made',
    fix: OWN_CERTIFICATE,
  },
  {
    stage: 'http',
    codes: /^(?:TIMEOUT|ETIMEDOUT)$/,
    code: 'http-timeout',
    message: '{url} does not answer in time',
    means: 'the server accepts connections but is stuck or overloaded',
    fix: 'try again, or give it longer: sage doctor --timeout 20000',
  },
  {
    stage: 'http',
    codes: /^ERR_INVALID_CHAR$/,
    code: 'http-key-unusable',
    message: 'no header can carry the key for {url}',
    means: 'it has characters in it that keys never have, such as … or a quotation mark from a text editor',
    fix: 'copy the key again, and see what the check keys says',
  },
  {
    stage: 'http',
    codes: /^HPE_/,
    code: 'http-not-spoken',
    message: '{url} does not speak HTTP',
    means: 'something else listens there, or it wants https://',
    fix: 'check scheme and port of base_url',
  },
  {
    stage: 'http',
    codes: /^/,
    code: 'http-broken-off',
    message: '{url} closed the connection without an answer ({error})',
    means: 'the server crashed, or it wants https://',
    fix: 'check scheme and port of base_url, and the log of the server',
  },
]

/** The row for a failed step. Throws `TypeError` when the table has none, which its last rows exclude. */
export function findFault(stage: Stage, code: string): Fault {
  const fault = NETWORK_FAULTS.find((row) => row.stage === stage && row.codes.test(code))
  if (fault === undefined) throw new TypeError(`no row for ${stage}`)
  return fault
}
