import { join } from 'node:path'
import type { Check } from '../check.ts'
import { info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { setVariable } from '../shell.ts'
import type { World } from '../world.ts'
import { remoteProviders } from '../world.ts'

const PROXIES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']
/** What clients call a sage on this machine. */
const LOCAL = ['localhost', '127.0.0.1']

export const proxy: Check = {
  id: 'proxy',
  title: 'proxy variables that keep clients from reaching sage',
  run: async (world) => {
    const { processEnv } = world
    const set = PROXIES.filter((name) => (processEnv[name] ?? '') !== '')
    if (set.length === 0) return [ok('proxy', 'no proxy is set')]
    const found = [...exceptions(world, set), ...(await ignoresExceptions(world, set))]
    if (remoteProviders(world).some(({ local }) => !local)) {
      const used = set.filter((name) => !name.toLowerCase().startsWith('all'))
      found.push(used.length > 0 ? throughProxy(used) : unused(set))
    }
    return found
  },
}

function throughProxy(used: readonly string[]): Observation {
  const means =
    'sage serve and sage discover reach providers through it, but for those that NO_PROXY names and those on this machine; ' +
    'sage doctor asks them directly, so what it says of the network may not hold for them'
  const fix = 'nothing to mend; name what is to be reached directly in NO_PROXY'
  return info('proxy-used', `${used.join(', ')} is set, and sage uses it`, { means, fix })
}

function unused(set: readonly string[]): Observation {
  const means = 'sage connects to providers directly; where only the proxy leads outside, none can be reached'
  const fix = 'set HTTPS_PROXY to the proxy'
  return info('proxy-unused', `${set.join(', ')} is set, and sage does not use it`, { means, fix })
}

function exceptions({ processEnv, platform }: World, set: readonly string[]): Observation[] {
  const given = processEnv['no_proxy'] ?? processEnv['NO_PROXY'] ?? ''
  const names = given.split(/[\s,]+/).filter((name) => name !== '')
  const missing = LOCAL.filter((host) => !names.some((name) => covers(name, host)))
  if (missing.length === 0) return [ok('proxy', 'clients reach this machine past the proxy')]
  const means = 'clients send what is meant for sage to the proxy, and get errors or no answer'
  const fix = setVariable('NO_PROXY', [...names, ...missing].join(','), platform)
  return [warning('no-proxy', `${set.join(', ')} is set, and NO_PROXY lacks ${missing.join(' and ')}`, { means, fix })]
}

/** As clients read it: `*`, a host, a domain with or without a dot in front, a host with a port, 127.0.0.0/8. */
function covers(name: string, host: string): boolean {
  const bare = name
    .toLowerCase()
    .replace(/^\*?\./, '')
    .replace(/:\d+$/, '')
  return name === '*' || bare === host || (host === '127.0.0.1' && /^127\.[\d.]+\/\d+$/.test(bare))
}

/** Qwen Code goes through the proxy whatever NO_PROXY says. */
async function ignoresExceptions({ home, effects }: World, set: readonly string[]): Promise<Observation[]> {
  const isHere = (await effects.files.stat(join(home, '.qwen')))?.kind === 'folder'
  if (!isHere || !set.some((name) => name.toLowerCase() === 'https_proxy')) return []
  const means = 'it sends even calls to 127.0.0.1 to the proxy and fails with "fetch failed"'
  const fix = 'start it without the variable: env -u HTTPS_PROXY -u https_proxy qwen'
  return [warning('proxy-qwen', 'Qwen Code does not honour NO_PROXY', { means, fix })]
}
