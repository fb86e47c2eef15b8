import type { Provider } from '../providers/types.ts'
import { probe } from './probe.ts'
import type { Probe } from './probe.ts'
import { listRequest } from './provider-requests.ts'
import type { World } from './world.ts'

export type WorldFacts = Omit<World, 'probe' | 'ask'>

/** Adds to the facts what asks the network; each provider is probed once, however many checks want to know. */
export function createWorld(facts: WorldFacts): World {
  const probes = new Map<string, Promise<Probe>>()
  const ask: World['ask'] = (target) => probe(facts.effects, { timeoutMs: facts.timeoutMs, ...target })
  const probeProvider = (provider: Provider, key: number = 0): Promise<Probe> => {
    const id = `${provider.name} ${key}`
    const known = probes.get(id) ?? ask({ origin: provider.origin, request: listRequest(provider, provider.keys[key]) })
    probes.set(id, known)
    return known
  }
  return { ...facts, ask, probe: probeProvider }
}
