import type { Model } from '../catalog/types.ts'
import { PROVIDER_DIALECTS } from '../dialects/index.ts'
import { Untranslatable } from '../dialects/types.ts'
import type { AnswerMeta } from '../dialects/types.ts'
import { limitsFor } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Decision } from '../policy/types.ts'
import type { Provider } from '../providers/types.ts'
import { attempt } from './attempt.ts'
import { sageHeaders } from './headers.ts'
import { patienceMs } from './patience.ts'
import { prepare } from './prepare.ts'
import type { Prepared, Proofs } from './prepare.ts'
import type { RequestBody } from './read-request.ts'
import { letGo } from './let-go.ts'
import { hasRescuer, isPlain, limitsOfRest, restOf } from './rescue.ts'
import type { Splice } from './splice.ts'
import type { AttemptResult, ClientReply, Gateway, RequestEvent } from './types.ts'

/** One exchange with a client: its end of the line, and what is told of it afterwards. */
export interface Exchange {
  request: RequestBody
  inputs: DecisionInputs
  /** Names the agent session. */
  session: string
  reply: ClientReply
  event: RequestEvent
  /** Clock of the gateway when the request came in, in ms. */
  started: number
  /** When the answer must have begun, in ms; Infinity when nobody said. */
  deadlineAt: number
  /** The client has left. */
  isGone: boolean
  /** The answer, where several targets may have a part in it. */
  splice?: Splice
  /** Ends the upstream call under way. */
  cancel(): void
}

/** Tries one target with one key and keeps the exchange's record up to date. */
export function tryTarget(
  gateway: Gateway,
  exchange: Exchange,
  provider: Provider,
  model: Model,
  keyIndex: number,
): Promise<AttemptResult> {
  const { event, splice } = exchange
  const prefill = splice?.isOpen === true ? splice.begun.prefill : undefined
  const isRest = prefill !== undefined
  const request = isRest ? restOf(exchange.request, prefill, model) : exchange.request
  const { decision } = exchange.inputs
  const name = `${provider.name}/${model.id}`
  const owner = (proof: string): string | undefined => gateway.provenance.ownerOf(proof)
  const allowed = limitsFor(exchange.inputs, { provider: provider.name, model: model.id })
  const limits = isRest ? limitsOfRest(allowed, prefill) : allowed
  const proofs: Proofs = {
    isMixed: gateway.sessions.isMixed(exchange.session, name),
    isOwn: (proof) => owner(proof) === name,
    isForeign: (proof) => owner(proof) !== undefined && owner(proof) !== name,
    signatureOf: (call) => gateway.provenance.calls.find(exchange.session, name, call),
  }
  const prepared = preparedOr(() => prepare(request, provider, model, provider.keys[keyIndex], proofs, limits))
  if ('type' in prepared) return Promise.resolve(prepared)
  event.dropped = isRest ? [...new Set([...event.dropped, ...prepared.dropped])] : prepared.dropped
  const { stream } = request.facts
  const thinking = limits.thinking === 'off' ? 'off' : request.facts.thinking
  const patience = patienceMs(provider, model, { stream, thinking })
  const left = exchange.deadlineAt - gateway.clock.mono()
  const meta = (): AnswerMeta => ({
    id: event.id,
    model: name,
    created: Math.floor(gateway.clock.wall() / 1000),
    // The conversation is no part of what an answer depends on, and encoders live as long as answers.
    request: { ...request.canonical(), messages: [] },
  })
  const isShared =
    isRest ||
    (hasRescuer(exchange.inputs, { provider: provider.name, model: model.id }) &&
      (!prepared.passThrough || isPlain(request)))
  const part = isShared
    ? splice?.next(() => request.dialect.createStreamEncoder(meta()), provider.quirks.prefill_echo === true)
    : undefined
  return attempt({
    prepared,
    provider,
    stream,
    started: gateway.clock.mono(),
    patienceMs: Math.min(patience, left),
    isDeadline: left < patience,
    client: request.dialect,
    upstream: PROVIDER_DIALECTS[prepared.dialect],
    meta,
    reply: isRest ? headSent(exchange.reply) : exchange.reply,
    ...(part !== undefined && { part }),
    headers: () =>
      sageHeaders(decision, {
        id: event.id,
        target: { provider: provider.name, model: model.id },
        attempts: event.attempts.length + 1,
        isFallback: isReplaced(decision, provider, model),
        isSimulated: provider.kind === 'demo',
        dropped: prepared.dropped,
      }),
    onCommit: () => {
      if (!isRest) {
        event.status = 200
        event.target = name
        event.firstContentMs = gateway.clock.mono() - exchange.started
      }
      if (gateway.isReplaced?.(provider) !== true) gateway.health.began(name, gateway.clock.mono())
      prepared.call.body = ''
      // Nobody else needs them: what breaks off from now on is over.
      if (part === undefined) letGo(exchange.request, exchange.inputs, gateway.record !== undefined)
    },
    onProof: (proof) => gateway.provenance.remember(proof, name),
    onSignedCall: (call) => {
      if (call.signature !== undefined) gateway.provenance.remember(call.signature, name)
      gateway.provenance.calls.remember(exchange.session, name, call)
    },
    send: gateway.sendTo(provider),
    redact: gateway.redact,
    clock: gateway.clock,
    onExchange: (cancel) => {
      exchange.cancel = cancel
      if (exchange.isGone || gateway.shutdown?.isOver === true) cancel()
    },
    isGone: () => exchange.isGone,
    isOver: () => gateway.shutdown?.isOver === true,
  })
}

/** What cannot be said to this target may be said to another one: that is a failure of this attempt alone. */
function preparedOr(make: () => Prepared): Prepared | AttemptResult {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    return { type: 'failed', error: { kind: 'unsupported', status: 400, message: error.message }, neverSent: false }
  }
}

/** The client has the head of the answer already. */
function headSent(reply: ClientReply): ClientReply {
  return {
    onGone: (callback) => reply.onGone(callback),
    head: () => undefined,
    write: (chunk) => reply.write(chunk),
    end: (chunk) => reply.end(chunk),
    tear: (chunk) => reply.tear(chunk),
  }
}

/** The client pinned one target and another one answers. */
function isReplaced(decision: Decision, provider: Provider, model: Model): boolean {
  const pinned = decision.pinned
  return pinned.length > 0 && !pinned.some((target) => target.provider === provider.name && target.model === model.id)
}
