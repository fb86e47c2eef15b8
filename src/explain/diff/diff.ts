import type { Model } from '../../catalog/types.ts'
import type { Decision } from '../../policy/types.ts'
import type { Place } from '../cases/case.ts'
import type { Question, State } from '../state.ts'
import { decideIn, isSameLimits, isSameOutcome, recognise } from '../state.ts'
import type { Cause } from './attribute.ts'
import { Attribution } from './attribute.ts'
import { isEqual } from './is-equal.ts'
import { DecisionMemo } from './memo.ts'
import type { Part } from './part.ts'
import { findParts } from './parts.ts'

/** Which of many requests are decided otherwise than by the base, and why. */
export interface Diff {
  /** Name of the base, for people. */
  base: string
  /** There is no profile in the base: everything is new. */
  isNew: boolean
  /** Everything in which the two differ, whether it matters to a request or not. */
  parts: Part[]
  compared: number
  changes: Change[]
}

/** A request to compare. */
export interface Asked {
  id: string
  place?: Place
  question: Question
}

export interface Change extends Asked {
  /** Absent when the base has no profile. */
  before?: Decision
  after: Decision
  kinds: ChangeKind[]
  cause: Cause
  /** The score term that speaks most for the new first target over the old one, and points it gained. */
  term?: { term: string; points: number }
  /** First targets with their facts, each on its own side. */
  models: { before?: Model; after?: Model }
}

/**
 * `model`: another first target. `fallbacks`: the same, others behind it. `refusal`: now refused, or no longer. `limits`:
 * more or less reasoning or output may be asked for.
 */
export type ChangeKind = 'model' | 'fallbacks' | 'refusal' | 'policy' | 'rule' | 'attempts' | 'limits'

export interface DiffOptions {
  base: string
  /** Called with the number of requests done. */
  onProgress?: (done: number) => void
  /** Called with every decision of the head. */
  onDecision?: (asked: Asked, decision: Decision) => void
}

/** Decides every request on both sides. The intent is recognised once, unless the two may recognise it differently. */
export function diffStates(
  before: State | undefined,
  after: State,
  asked: Iterable<Asked>,
  { base, onProgress, onDecision }: DiffOptions,
): Diff {
  const parts = before === undefined ? [] : findParts(before, after)
  const attribution = new Attribution(parts, after)
  const sharesIntent = before === undefined || isEqual(intentsOf(before), intentsOf(after))
  const memo = new DecisionMemo<Pair>(before === undefined ? [after] : [before, after])
  const changes: Change[] = []
  let compared = 0
  for (const one of asked) {
    const { now, changed } = sharesIntent
      ? decideOnce(one.question)
      : decideBoth(before, after, one.question, attribution)
    onDecision?.(one, now)
    compared++
    onProgress?.(compared)
    if (before === undefined) changes.push({ ...one, ...asNew(now, after) })
    else if (changed !== undefined) changes.push({ ...one, ...changed })
  }
  return { base, isNew: before === undefined, parts, compared, changes }

  function decideOnce(question: Question): Pair {
    const intent = recognise(after, question)
    return memo.get(question, intent, () =>
      decideBoth(before, after, { ...question, facts: { ...question.facts, intent } }, attribution),
    )
  }
}

/** What a change is, whoever asked. */
type Changed = Omit<Change, keyof Asked>

interface Pair {
  /** The decision of the head. */
  now: Decision
  /** Where the base decides otherwise. */
  changed?: Changed
}

function decideBoth(before: State | undefined, after: State, question: Question, attribution: Attribution): Pair {
  const now = decideIn(after, question)
  if (before === undefined || attribution.isIdle) return { now }
  const old = decideIn(before, question)
  if (isSameOutcome(old, now)) return { now }
  const changed = {
    before: old,
    after: now,
    kinds: kindsOf(old, now),
    cause: attribution.find(question, old, now),
    ...termOf(old, now),
    models: modelsOf(old, before, now, after),
  }
  return { now, changed }
}

function intentsOf({ profile }: State): unknown {
  return (profile as unknown as Record<string, unknown>)['intents']
}

function asNew(decision: Decision, state: State): Changed {
  const model = firstModel(decision, state)
  const kinds: ChangeKind[] = [decision.error === undefined ? 'model' : 'refusal']
  const cause = { parts: [], isEachEnough: false }
  return { after: decision, kinds, cause, models: model === undefined ? {} : { after: model } }
}

function kindsOf(before: Decision, after: Decision): ChangeKind[] {
  const kinds: ChangeKind[] = []
  const [old, now] = [before, after].map(({ chain }) => chain.map(({ provider, model }) => `${provider}/${model}`))
  if ((before.error === undefined) !== (after.error === undefined)) kinds.push('refusal')
  else if (old?.[0] !== now?.[0]) kinds.push('model')
  else if (old?.join() !== now?.join()) kinds.push('fallbacks')
  if (before.policy !== after.policy) kinds.push('policy')
  else if (before.rule !== after.rule) kinds.push('rule')
  if (before.maxAttempts !== after.maxAttempts) kinds.push('attempts')
  if (!isSameLimits(before, after)) kinds.push('limits')
  return kinds
}

function modelsOf(old: Decision, before: State, now: Decision, after: State): Change['models'] {
  const [was, is] = [firstModel(old, before), firstModel(now, after)]
  return { ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }
}

function firstModel({ chain: [first] }: Decision, { catalog }: State): Model | undefined {
  return first && catalog.byTarget.get(`${first.provider}/${first.model}`)
}

/** Only where both first targets are scored on both sides can their lead be told apart by terms. */
function termOf(before: Decision, after: Decision): { term?: { term: string; points: number } } {
  const [old, now] = [leadOf(before, before, after), leadOf(after, before, after)]
  if (old === undefined || now === undefined) return {}
  let most: { term: string; points: number } | undefined
  for (const term of new Set([...old.keys(), ...now.keys()])) {
    const points = (now.get(term) ?? 0) - (old.get(term) ?? 0)
    if (points > 1e-9 && points > (most?.points ?? 0)) most = { term, points }
  }
  return most === undefined ? {} : { term: { term: most.term, points: Math.round(most.points * 1e6) / 1e6 } }
}

/** Points by which the new first target leads the old one in a decision, term by term. */
function leadOf(decision: Decision, before: Decision, after: Decision): Map<string, number> | undefined {
  const [old, now] = [before, after].map(({ chain: [first] }) =>
    decision.candidates.find((each) => each.kept && each.provider === first?.provider && each.model === first.model),
  )
  if (old === undefined || now === undefined || old === now) return undefined
  const lead = new Map(now.terms.map(({ term, points }) => [term, points]))
  for (const { term, points } of old.terms) lead.set(term, (lead.get(term) ?? 0) - points)
  return lead
}
