import { isLoopbackHost } from '../../lib/loopback.ts'
import type { Check } from '../check.ts'
import { error, ok } from '../finding.ts'
import { remoteProviders, sourceOf } from '../world.ts'

export const loop: Check = {
  id: 'loop',
  title: 'providers that are sage itself',
  run: async (world) => {
    const serve = world.profile.profile?.serve
    if (serve === undefined) return []
    const isHere = (origin: string): boolean => {
      const { hostname, port } = new URL(origin)
      const isSame = hostname === serve.host || hostname === `[${serve.host}]`
      return Number(port) === serve.port && (isSame || isLoopbackHost(hostname) || hostname === '0.0.0.0')
    }
    const found = remoteProviders(world)
      .filter(({ origin }) => isHere(origin))
      .map(({ name, origin }) =>
        error('loop', `${name}: ${origin} is where sage itself listens`, {
          means: 'a request would go round until something gives up',
          fix: `let providers.${name}.base_url name the real server, or give sage another port (serve.port)`,
          source: sourceOf(world, name),
        }),
      )
    return found.length > 0 ? found : [ok('loop', 'no provider leads back to sage')]
  },
}
