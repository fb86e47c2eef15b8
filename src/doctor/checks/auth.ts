import { PROVIDER_DIALECTS } from '../../dialects/index.ts'
import type { Provider } from '../../providers/types.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Check } from '../check.ts'
import type { HttpAnswer } from '../effects.ts'
import { error, info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { hasKeyPath, keyRequest, listRequest } from '../provider-requests.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'

export const auth: Check = {
  id: 'auth',
  title: 'whether the providers accept the keys',
  needs: 'network',
  run: async (world) => {
    const all = remoteProviders(world)
    return (await Promise.all(all.map((provider) => judgeProvider(world, provider)))).flat()
  },
}

async function judgeProvider(world: World, provider: Provider): Promise<Observation[]> {
  const { name, keys } = provider
  const { answer: first } = await world.probe(provider)
  if (first === undefined) return []
  if (keys.length === 0) {
    if (provider.missingKey !== undefined || kindOf(provider, first) !== 'auth') return []
    const means = 'it refuses every request'
    const fix = `add \`key: env:NAME\` to providers.${name}`
    return [error('auth-needed', `${name} wants a key`, { means, fix, source: sourceOf(world, name) })]
  }
  const preset = world.profile.profile?.providers.find((each) => each.name === name)?.preset
  const answers = await Promise.all(keys.map((key, at) => askWith(world, provider, preset, key, at)))
  const judged = keys.map((key, at) => judgeKey(world, provider, key, answers[at]))
  const isAccepted = judged.some((list) => list.some(({ level }) => level === 'ok'))
  const isOpen = isAccepted && !hasKeyPath(preset) && (await isPublic(world, provider))
  if (!isOpen) return judged.flat()
  const message = `${name} lists its models to anybody, so its keys were not judged`
  const means = 'a wrong key shows only with the first prompt'
  return [
    ...judged.flat().filter(({ level }) => level !== 'ok'),
    info('auth-unknown', message, { means, fix: 'sage doctor --live, which sends one short prompt' }),
  ]
}

async function askWith(
  world: World,
  provider: Provider,
  preset: string | undefined,
  key: Secret,
  at: number,
): Promise<HttpAnswer | undefined> {
  const request = keyRequest(provider, preset, key)
  const probed = request === undefined ? world.probe(provider, at) : world.ask({ origin: provider.origin, request })
  return (await probed).answer
}

/** Whether the list comes without any key as well. */
async function isPublic(world: World, provider: Provider): Promise<boolean> {
  const { answer } = await world.ask({ origin: provider.origin, request: listRequest(provider, undefined) })
  return answer !== undefined && answer.status >= 200 && answer.status < 300
}

function judgeKey(
  world: World,
  provider: Provider,
  { reference }: Secret,
  answer: HttpAnswer | undefined,
): Observation[] {
  if (answer === undefined) return []
  const { name } = provider
  const source = sourceOf(world, name)
  if (answer.status >= 200 && answer.status < 300) return [ok('auth-ok', `${name} accepts the key of ${reference}`)]
  switch (kindOf(provider, answer)) {
    case 'auth': {
      const means = 'the key is wrong, was revoked, or may not do this; every request with it fails'
      const fix = `make a new key at the provider and put it where ${reference} leads`
      return [
        error('auth-refused', `${name} refuses the key of ${reference} (status ${answer.status})`, {
          means,
          fix,
          source,
        }),
      ]
    }
    case 'quota': {
      const means = 'the plan or the credit of this key is used up'
      const fix = 'add credit at the provider, or wait until the plan renews'
      return [
        error('auth-quota', `${name}: the key of ${reference} is over its quota (status ${answer.status})`, {
          means,
          fix,
          source,
        }),
      ]
    }
    case 'rate_limit': {
      const means = 'the key works, but too many requests came with it just now'
      const fix = 'wait a minute; more keys under `keys:` share the load'
      return [
        warning('auth-rate-limit', `${name}: the key of ${reference} is over its rate limit`, { means, fix, source }),
      ]
    }
    default:
      return []
  }
}

function kindOf({ spec }: Provider, { status, body }: HttpAnswer): string | undefined {
  if (status < 400) return undefined
  return PROVIDER_DIALECTS[spec.endpoints[0].dialect].decodeError(status, body).kind
}
