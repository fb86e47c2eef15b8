import { targetOf } from '../catalog/types.ts'
import type { ClientDialect } from '../dialects/types.ts'
import type { HealthSnapshot } from '../health/types.ts'
import { JsonOutline } from '../lib/json-outline.ts'
import { decide } from '../policy/decide.ts'
import { waitsFor } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Decision, World } from '../policy/types.ts'
import { deadlineOf } from './deadline.ts'
import { deadlineError, decisionError, exhaustedError, waitMs } from './errors.ts'
import { failover } from './failover.ts'
import type { Calls, Rescue } from './failover-types.ts'
import { newId } from './id.ts'
import { pause } from './pause.ts'
import { isClientMistake, readRequest } from './read-request.ts'
import type { RequestBody } from './read-request.ts'
import { answerReady, passOn, refuse } from './refuse.ts'
import { openSplice, tokensOf } from './rescue.ts'
import { sessionKey } from './session-key.ts'
import type { Splice } from './splice.ts'
import { tryTarget } from './try-target.ts'
import type { Exchange } from './try-target.ts'
import type { ClientReply, Gateway, Incoming, RequestEvent } from './types.ts'

/** One request in a straight line: read, decide, try, answer, remember. Bad input is an error answer, never a throw. */
export function handle(gateway: Gateway, incoming: Incoming, reply: ClientReply): Promise<void> {
  const { dialect } = incoming
  const line: Line = { dialect, reply, event: newEvent(newId(gateway.random), incoming), started: gateway.clock.mono() }
  // What waits for the answer keeps all it can see alive: it must not see the request's bytes.
  return follow(gateway, line, begin(gateway, line, incoming))
}

/** The client's end of a request, and what is told of it. */
type Line = Pick<Exchange, 'reply' | 'event' | 'started'> & { dialect: ClientDialect }

/** Reads and decides; undefined when that was all. Does not wait for anything. */
async function begin(gateway: Gateway, line: Line, incoming: Incoming): Promise<Exchange | undefined> {
  const { event, reply } = line
  const outline = new JsonOutline(incoming.body)
  const ready = incoming.dialect.readyAnswer?.(outline, Math.floor(gateway.clock.wall() / 1000))
  if (ready !== undefined) {
    answerReady(reply, event, ready)
    return undefined
  }
  const request = readRequest(incoming, outline)
  const session = sessionKey(request.facts)
  event.asked = request.facts.model
  event.stream = request.facts.stream
  const inputs = decideNow(gateway, request, session)
  event.decision = inputs.decision
  return openExchange(request, inputs, session, line)
}

async function follow(gateway: Gateway, line: Line, begun: Promise<Exchange | undefined>): Promise<void> {
  const { dialect, reply, event } = line
  let exchange: Exchange | undefined
  try {
    exchange = await begun
    if (exchange !== undefined) await answer(gateway, exchange)
  } catch (error) {
    if (!isClientMistake(error)) throw error
    refuse(dialect, reply, event, { status: 400, code: 'bad_request', message: error.message, headers: {} })
  } finally {
    event.ms = gateway.clock.mono() - line.started
    gateway.log(event)
    if (exchange !== undefined) gateway.record?.(event, exchange.inputs)
  }
}

/** The decision for a request as the world is now. `sage explain` makes the same call on a world of its own. */
export function decideNow(gateway: Gateway, request: RequestBody, session: string): DecisionInputs {
  const { profile, catalog } = gateway
  const { facts } = request
  const now = gateway.clock.mono()
  const affinity = gateway.sessions.find(session, now)
  const world: World = {
    catalog,
    health: gateway.record === undefined ? gateway.health.snapshot() : frozen(gateway.health.snapshot()),
    now,
    wall: gateway.clock.wall(),
    zone: ZONE,
    seed: Math.floor(gateway.random() * 2 ** 31),
    ...(affinity !== undefined && { affinity }),
  }
  return { profile, facts, world, decision: decide(profile, facts, world) }
}

/** Time zone of the machine, for profiles that name none. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A snapshot that stays as it is while the gateway goes on learning: entries are replaced, never changed. */
function frozen({ targets, providers }: HealthSnapshot): HealthSnapshot {
  return { targets: { ...targets }, providers: { ...providers } }
}

async function answer(gateway: Gateway, exchange: Exchange): Promise<void> {
  const { inputs, request, reply, event } = exchange
  const { decision } = inputs
  if (decision.error !== undefined) return refuse(request.dialect, reply, event, decisionError(decision, gateway))
  const undo = gateway.shutdown?.onOver(() => exchange.cancel())
  const rescue = exchange.splice && rescueOf(gateway, exchange.splice, reply)
  const calls: Calls = {
    tryTarget: (provider, model, key) => tryTarget(gateway, exchange, provider, model, key),
    pause: (ms, start) => pause(gateway, exchange, ms, start),
    ...(rescue !== undefined && { rescue }),
  }
  const result = await failover(gateway, inputs, event.attempts, calls, exchange.deadlineAt).finally(undo)
  switch (result.type) {
    case 'done':
      event.ending = 'complete'
      if (result.usage !== undefined) event.usage = result.usage
      remember(gateway, exchange.session, decision, result.target)
      return
    case 'cut':
      event.ending = 'cut'
      if (result.usage !== undefined) event.usage = result.usage
      event.error = gateway.redact(result.error.message)
      return
    case 'client_gone':
      event.ending = 'client_gone'
      return
    case 'unavailable':
      return refuse(request.dialect, reply, event, { ...result, status: 503, headers: RETRY_SOON })
    case 'exhausted':
    case 'deadline': {
      const { last } = result
      if (last !== undefined && passOn(gateway, request, reply, event, last)) return
      if (result.type === 'deadline' && last?.verdict.clientFault !== true) {
        return refuse(request.dialect, reply, event, deadlineError(event.attempts, gateway.redact))
      }
      return refuse(
        request.dialect,
        reply,
        event,
        exhaustedError(last, event.attempts, gateway.redact, waitMs(decision.chain, gateway)),
      )
    }
  }
}

function rescueOf(gateway: Gateway, splice: Splice, reply: ClientReply): Rescue {
  return {
    written: () => tokensOf(splice.begun.prefill),
    giveUp: (error) => reply.tear(splice.fail(gateway.redact(error.message))),
  }
}

/** What goes wrong here may go well in a second. */
const RETRY_SOON = { 'retry-after': '1' }

function remember(
  gateway: Gateway,
  session: string,
  decision: Decision,
  target: { provider: string; model: string },
): void {
  // An errand is no part of the conversation: it does not move the session.
  if (decision.policy === '' || decision.intent.errand !== undefined) return
  const affinity = { target: targetOf({ ...target, id: target.model }), policy: decision.policy, rule: decision.rule }
  gateway.sessions.remember(session, affinity, gateway.clock.mono())
}

function newEvent(id: string, incoming: Incoming): RequestEvent {
  return {
    type: 'request',
    id,
    dialect: incoming.dialect.id,
    asked: '',
    stream: false,
    attempts: [],
    status: 0,
    ending: 'refused',
    ms: 0,
    dropped: [],
  }
}

function openExchange(
  request: RequestBody,
  inputs: DecisionInputs,
  session: string,
  { reply, event, started }: Line,
): Exchange {
  const deadlineAt = deadlineOf(request.headers, waitsFor(inputs), started)
  const exchange: Exchange = {
    request,
    inputs,
    session,
    reply,
    event,
    started,
    deadlineAt,
    isGone: false,
    cancel: () => {},
  }
  const splice = openSplice(inputs, request)
  if (splice !== undefined) exchange.splice = splice
  reply.onGone(() => {
    exchange.isGone = true
    exchange.cancel()
  })
  return exchange
}
