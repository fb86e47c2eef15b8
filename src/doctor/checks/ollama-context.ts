import { isRecord } from '../../lib/is-record.ts'
import type { Provider } from '../../providers/types.ts'
import { isCloudModel } from '../../providers/ollama/names.ts'
import type { Check } from '../check.ts'
import { info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { parseJson } from '../parse-json.ts'
import { setVariable } from '../shell.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'

/** Agents begin with prompts of 6,000 to 20,000 tokens. */
const ENOUGH = 16_384

export const ollamaContext: Check = {
  id: 'ollama-context',
  title: 'Ollama models that silently cut off long prompts',
  needs: 'network',
  run: async (world) => {
    const found: Observation[] = []
    let servers = 0
    for (const provider of remoteProviders(world)) {
      if (provider.kind === 'ollama') {
        servers++
        found.push(...sizeLeftOut(world, provider), ...smallModels(world, provider))
      } else if (provider.kind === 'openai-compatible' && provider.local && (await isOllama(world, provider))) {
        servers++
        found.push(throughV1(world, provider))
      }
    }
    if (servers === 0) return []
    found.push(...smallDefault(world))
    return found.length > 0 ? found : [ok('ollama-context', 'sage tells Ollama how much context each request needs')]
  },
}

/** Over /v1 a request cannot say how much context it needs. */
function throughV1(world: World, { name, origin }: Provider): Observation {
  return warning('ollama-through-v1', `${name}: Ollama is used through its OpenAI-compatible API`, {
    means:
      'there a request cannot set the context; by default Ollama has 4,096 tokens and cuts longer prompts silently',
    fix: `write kind: ollama and base_url: ${origin} for providers.${name}`,
    source: sourceOf(world, name),
  })
}

async function isOllama({ ask }: World, { origin }: Provider): Promise<boolean> {
  const request = { method: 'GET', path: '/api/version', headers: { accept: 'application/json' } } as const
  const { answer } = await ask({ origin, request })
  const body = parseJson(answer?.body ?? '')
  return answer?.status === 200 && isRecord(body) && typeof body['version'] === 'string'
}

function sizeLeftOut(world: World, { name, quirks }: Provider): Observation[] {
  if (quirks.drop_parameters?.includes('num_ctx') !== true) return []
  const means = 'Ollama goes by its own default, 4,096 tokens on most machines, and cuts longer prompts silently'
  const fix = `remove num_ctx from providers.${name}.quirks.drop_parameters`
  const source = sourceOf(world, name)
  return [
    warning('ollama-num-ctx-dropped', `${name}: the profile keeps sage from setting the context`, {
      means,
      fix,
      source,
    }),
  ]
}

function smallModels(world: World, { name }: Provider): Observation[] {
  const small = world.profile.catalog.models.filter(
    ({ provider, id, context }) => provider === name && !isCloudModel(id) && context !== undefined && context < ENOUGH,
  )
  return small.map(({ id, context = 0 }) => {
    const means = `agents begin with 6,000 to 20,000 tokens; sage sends longer prompts elsewhere`
    const fix = `raise num_ctx in its Modelfile if the model can do more, or leave it for short prompts`
    return info('ollama-small-model', `${name}/${id} has a context of ${context} tokens`, { means, fix })
  })
}

/** What clients get that call Ollama past sage, and models that somebody else has loaded. */
function smallDefault({ processEnv, platform }: World): Observation[] {
  const given = processEnv['OLLAMA_CONTEXT_LENGTH']
  const tokens = Number(given)
  if (given === undefined || given.trim() === '' || !(tokens < ENOUGH)) return []
  const means =
    'clients that call Ollama past sage lose the beginning of longer prompts; sage itself asks for what it needs'
  const fix = `${setVariable('OLLAMA_CONTEXT_LENGTH', '32768', platform)}, then restart Ollama`
  return [info('ollama-small-default', `OLLAMA_CONTEXT_LENGTH is ${given}`, { means, fix })]
}
