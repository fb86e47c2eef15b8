import type { Model } from '../../catalog/types.ts'
import { CLIENT_DIALECTS, PROVIDER_DIALECTS } from '../../dialects/index.ts'
import { prepare } from '../../gateway/prepare.ts'
import { readRequest } from '../../gateway/read-request.ts'
import type { Provider } from '../../providers/types.ts'
import type { Check } from '../check.ts'
import { error, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { remoteProviders, sourceOf } from '../world.ts'
import type { World } from '../world.ts'

/** A model may first have to be loaded, in ms. */
const ANSWER_MS = 30_000
/** The Responses API takes no lower limit (https://platform.openai.com/docs/api-reference/responses/create). */
const RESPONSES_TOKENS = 16

const NO_PROOFS = {
  isMixed: false,
  isOwn: (): boolean => false,
  isForeign: (): boolean => false,
  signatureOf: (): undefined => undefined,
}

export const live: Check = {
  id: 'live',
  title: 'whether the first model of each provider answers a prompt of one word',
  needs: 'live',
  run: async (world) => {
    const { catalog } = world.profile
    const found = await Promise.all(
      remoteProviders(world).map(async (provider) => {
        const model = catalog.models.find((each) => each.provider === provider.name)
        return model === undefined || provider.missingKey !== undefined ? [] : [await ask(world, provider, model)]
      }),
    )
    return found.flat()
  },
}

/** Sends the prompt as the server would: the same code writes the request. */
async function ask(world: World, provider: Provider, model: Model): Promise<Observation> {
  const [{ dialect: spoken }] = provider.spec.endpoints
  const tokens = spoken === 'openai-responses' ? RESPONSES_TOKENS : 1
  const body = { model: model.id, messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: tokens }
  const incoming = {
    dialect: CLIENT_DIALECTS['openai-chat'],
    body: Buffer.from(JSON.stringify(body)),
    headers: {},
  }
  const { call, dialect } = prepare(readRequest(incoming), provider, model, provider.keys[0], NO_PROOFS)
  const started = world.effects.mono()
  const { answer, failure } = await world.ask({
    origin: call.origin,
    request: { method: 'POST', path: call.path, headers: call.headers, body: String(call.body ?? '') },
    timeoutMs: ANSWER_MS,
  })
  const target = `${provider.name}/${model.id}`
  const source = sourceOf(world, provider.name)
  if (answer?.status === 200) {
    return ok('live-ok', `${target} answers, in ${Math.round(world.effects.mono() - started)} ms`)
  }
  if (answer === undefined) {
    const means = 'requests to this model fail, and sage goes on with the next one'
    const fix = 'see what the checks dns, tcp, tls and http say'
    return error('live-no-answer', `${target} gives no answer (${failure?.code ?? 'unknown'})`, { means, fix, source })
  }
  const { kind } = PROVIDER_DIALECTS[dialect].decodeError(answer.status, answer.body)
  const { means, fix } = ADVICE[kind] ?? OTHER
  const make = kind === 'rate_limit' || kind === 'overloaded' ? warning : error
  return make(`live-${kind.replace('_', '-')}`, `${target} answers with status ${answer.status}`, {
    means,
    fix,
    source,
  })
}

const ADVICE: Readonly<Record<string, { means: string; fix: string }>> = {
  auth: {
    means: 'the key is wrong, or may not use this model',
    fix: 'make a new key, or allow the model at the provider',
  },
  quota: {
    means: 'the plan or the credit is used up',
    fix: 'add credit at the provider, or wait until the plan renews',
  },
  rate_limit: { means: 'too many requests came just now', fix: 'wait a minute' },
  overloaded: { means: 'the provider is busy', fix: 'wait a minute' },
  not_found: {
    means: 'the model was retired, or this account does not have it',
    fix: 'sage discover, and correct the profile',
  },
}

const OTHER = {
  means: 'requests to this model fail, and sage goes on with the next one',
  fix: 'look at the status page of the provider',
}
