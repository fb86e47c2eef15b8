import type { Check } from '../check.ts'
import { info } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'
import { checkStep } from './steps.ts'

export const tcp: Check = {
  id: 'tcp',
  title: 'whether the providers accept connections',
  needs: 'network',
  run: async (world) => [...(await checkStep(world, 'tcp')), ...(await deadAddresses(world))],
}

/** `localhost` may mean ::1 first, while the server listens on 127.0.0.1 alone. */
async function deadAddresses(world: World): Promise<Observation[]> {
  const found = await Promise.all(
    remoteProviders(world).map(async (provider) => {
      const { deadAddresses: dead, times } = await world.probe(provider)
      if (dead.length === 0 || times.tcp === undefined) return []
      const { hostname } = new URL(provider.origin)
      const message = `${provider.name}: ${hostname} also means ${dead.join(', ')}, where nobody listens`
      const means = 'programs that try only the first address do not get through; sage tries them all'
      const fix = 'write the address that works, such as 127.0.0.1, into base_url'
      return [info('tcp-dead-address', message, { means, fix, source: sourceOf(world, provider.name) })]
    }),
  )
  return found.flat()
}
