import { isRecord } from '../../lib/is-record.ts'
import type { Provider } from '../../providers/types.ts'
import { isCloudModel } from '../../providers/ollama/names.ts'
import type { Check } from '../check.ts'
import { error, info, ok } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { parseJson } from '../parse-json.ts'
import { sourceOf } from '../world.ts'
import type { World } from '../world.ts'

export const ollamaSignIn: Check = {
  id: 'ollama-sign-in',
  title: 'whether Ollama is signed in, for its cloud models',
  needs: 'network',
  run: async (world) => {
    const servers = world.profile.providers.filter(({ kind, origin }) => kind === 'ollama' && !isHosted(origin))
    return (await Promise.all(servers.map((provider) => judge(world, provider)))).flat()
  },
}

/** ollama.com itself goes by a key. */
function isHosted(origin: string): boolean {
  return new URL(origin).hostname === 'ollama.com'
}

/**
 * `POST /api/me` gives the account, or 401 when nobody is signed in; 403 means that cloud models are switched off.
 * Servers before 0.12 do not have it. Source: ollama/ollama, server/routes.go.
 */
async function judge(world: World, provider: Provider): Promise<Observation[]> {
  const { name, origin, basePath } = provider
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  const { answer } = await world.ask({
    origin,
    request: { method: 'POST', path: `${basePath}/api/me`, headers, body: '{}' },
  })
  if (answer === undefined) return []
  const cloud = world.profile.catalog.models.filter((model) => model.provider === name && isCloudModel(model.id))
  const ids = cloud.map(({ id }) => id).join(', ')
  const source = sourceOf(world, name)
  const body = parseJson(answer.body)
  if (answer.status === 200 && isRecord(body)) {
    const plan = typeof body['plan'] === 'string' && body['plan'] !== '' ? `, plan ${body['plan']}` : ''
    return [ok('ollama-signed-in', `${name}: Ollama is signed in${plan}`)]
  }
  if (answer.status === 401) {
    const means = cloud.length === 0 ? 'its cloud models cannot be used' : `${ids} cannot answer`
    const advice = { means, fix: 'ollama signin', source }
    const make = cloud.length === 0 ? info : error
    return [make('ollama-signed-out', `${name}: Ollama is not signed in`, advice)]
  }
  if (answer.status === 403 && cloud.length > 0) {
    const fix = 'start Ollama without OLLAMA_NO_CLOUD, or take the cloud models out of the profile'
    return [
      error('ollama-no-cloud', `${name}: cloud models are switched off in Ollama`, {
        means: `${ids} cannot answer`,
        fix,
        source,
      }),
    ]
  }
  return []
}
