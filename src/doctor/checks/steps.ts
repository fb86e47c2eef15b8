// What the checks of the four steps have in common: the same probe of each provider, looked at from another side.
import type { Provider } from '../../providers/types.ts'
import { findFault } from '../data/network-faults.ts'
import { error, info, ok } from '../finding.ts'
import type { Observation } from '../finding.ts'
import type { Probe, Stage } from '../probe.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'

/** How long a step may take before it is worth a word, in ms. */
const SLOW: Readonly<Record<Stage, number>> = { dns: 500, tcp: 500, tls: 1000, http: 3000 }

const DONE: Readonly<Record<Stage, string>> = {
  dns: 'names are found',
  tcp: 'connections are accepted',
  tls: 'certificates are good',
  http: 'requests are answered',
}

/** Commands that start a server on this machine, by the port it usually has. */
const START: Readonly<Record<string, string>> = {
  '11434': 'ollama serve',
  '1234': 'lms server start',
}

/** Findings of one step: each provider where it fails or is slow, and one line for all where it works. */
export async function checkStep(world: World, stage: Stage): Promise<Observation[]> {
  const probes = await Promise.all(
    remoteProviders(world).map(async (provider) => ({ provider, probe: await world.probe(provider) })),
  )
  const failed = probes.flatMap(({ provider, probe }) =>
    probe.failure?.stage === stage ? [describeFault(world, provider, probe.failure)] : [],
  )
  const done = probes.flatMap(({ provider, probe }) => {
    const ms = probe.times[stage]
    return ms === undefined ? [] : [{ provider, probe, ms }]
  })
  const slow = done.filter(({ ms }) => ms > SLOW[stage]).map(({ provider, ms }) => describeSlow(provider, stage, ms))
  const times = done.map(({ provider: { name }, ms }) => `${name} ${Math.round(ms)} ms`)
  const all = times.length === 0 ? [] : [ok(`${stage}-ok`, `${DONE[stage]}: ${times.join(', ')}`)]
  return [...failed, ...slow, ...all]
}

function describeSlow({ name }: Provider, stage: Stage, ms: number): Observation {
  const means = 'each request waits as long before anything else happens'
  return info(`${stage}-slow`, `${name}: the ${stage} step took ${Math.round(ms)} ms`, { means })
}

function describeFault(world: World, provider: Provider, failure: NonNullable<Probe['failure']>): Observation {
  const { name, origin } = provider
  const { hostname: host, protocol, port: given } = new URL(origin)
  const port = given === '' ? (protocol === 'https:' ? '443' : '80') : given
  const start =
    provider.local && START[port] !== undefined ? START[port] : 'start the server, or correct base_url in the profile'
  const values: Record<string, string> = { host, port, url: origin, start, error: failure.code }
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
  const { code, message, means, fix } = findFault(failure.stage, failure.code)
  return error(code, `${name}: ${fill(message)}`, { means: fill(means), fix: fill(fix), source: sourceOf(world, name) })
}
