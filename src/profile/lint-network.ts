import { isLoopbackHost } from '../lib/loopback.ts'
import { checkBaseUrl } from './base-url.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn } from './plain.ts'

/** Names of headers that carry credentials, whoever invented them. */
const CREDENTIAL = /^(?:proxy-)?authorization$|^(?:set-)?cookie$|(?:^|[-_])(?:key|token|secret|password|auth)$/i
/** Headers that belong to the connection or to the body that sage writes. */
const TRANSPORT =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-(?:length|type|encoding)|accept-encoding)$/i

/** Checks addresses and headers: nothing may listen unprotected, leak a credential or break a request. */
export function lintNetwork(data: unknown): Mistake[] {
  const { serve, providers, policies } = recordOf(data)
  return [
    ...lintServe(recordOf(serve)),
    ...recordsIn(providers).flatMap(([name, provider]) => lintProvider(name, provider)),
    ...recordsIn(policies).flatMap(([name, { rules }]) =>
      listOf(rules).flatMap((rule, index) => lintHeaderCondition(['policies', name, 'rules', index], recordOf(rule))),
    ),
  ]
}

function lintServe({ host, token }: Record<string, unknown>): Mistake[] {
  if (typeof host !== 'string' || token !== undefined || isLoopbackHost(host)) return []
  return [mistake(['serve', 'host'], 'value', 'SAGE1032', `${host} is open to the network, and there is no \`token\``)]
}

function lintProvider(name: string, { base_url, headers }: Record<string, unknown>): Mistake[] {
  const path = ['providers', name, 'base_url']
  const problem = typeof base_url === 'string' ? checkBaseUrl(base_url) : undefined
  const url = problem && {
    ...mistake(path, 'value', 'SAGE1030', problem.message, problem.hint),
    secret: problem.secret,
  }
  return [url ?? [], Object.keys(recordOf(headers)).flatMap((header) => lintHeader(name, header))].flat()
}

function lintHeader(provider: string, header: string): Mistake[] {
  const path = ['providers', provider, 'headers', header]
  if (CREDENTIAL.test(header)) {
    const hint = 'use `key: env:NAME`: sage sends it in the header that the provider expects'
    return [{ ...mistake(path, 'value', 'SAGE1031', `the header ${header} carries a credential`, hint), secret: true }]
  }
  return TRANSPORT.test(header) ? [mistake(path, 'key', 'SAGE1033', `sage writes the header ${header} itself`)] : []
}

function lintHeaderCondition(path: (string | number)[], rule: Record<string, unknown>): Mistake[] {
  const header = recordOf(recordOf(rule['when'])['header'])
  return Object.keys(header)
    .filter((name) => CREDENTIAL.test(name))
    .map((name) => mistake([...path, 'when', 'header', name], 'key', 'SAGE1033', 'a rule may not look at credentials'))
}
