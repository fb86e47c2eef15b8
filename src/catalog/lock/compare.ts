import { sameValue } from './merge.ts'
import { FACT_NAMES } from './types.ts'
import type { FactName, Lock, LockedModel, LockedProvider } from './types.ts'

/** One difference between two locks; dates and sources do not count. */
export type LockChange =
  | { change: 'provider_added' | 'provider_removed' | 'provider_moved'; provider: string }
  | { change: 'model_added' | 'model_removed'; provider: string; model: string }
  | { change: 'fact'; provider: string; model: string; fact: FactName; before: unknown; after: unknown }

/** What has changed from one lock to another, in the order of names. A model that is new or gone has one entry. */
export function compareLocks(before: Lock, after: Lock): LockChange[] {
  return names(before.providers, after.providers).flatMap((provider): LockChange[] => {
    const [old, now] = [before.providers.get(provider), after.providers.get(provider)]
    if (now === undefined) return [{ change: 'provider_removed', provider }]
    if (old === undefined) return [{ change: 'provider_added', provider }, ...modelChanges(provider, EMPTY, now.models)]
    const moved = old.kind !== now.kind || old.baseUrl !== now.baseUrl
    return [
      ...(moved ? [{ change: 'provider_moved' as const, provider }] : []),
      ...modelChanges(provider, old.models, now.models),
    ]
  })
}

const EMPTY: LockedProvider['models'] = new Map()

function modelChanges(
  provider: string,
  before: LockedProvider['models'],
  after: LockedProvider['models'],
): LockChange[] {
  return names(before, after).flatMap((model): LockChange[] => {
    const [old, now] = [before.get(model), after.get(model)]
    if (now === undefined) return [{ change: 'model_removed', provider, model }]
    if (old === undefined) return [{ change: 'model_added', provider, model }]
    return factChanges(provider, model, old, now)
  })
}

function factChanges(provider: string, model: string, old: LockedModel, now: LockedModel): LockChange[] {
  return FACT_NAMES.flatMap((fact) => {
    const [before, after] = [old[fact]?.value, now[fact]?.value]
    return sameValue(before, after) ? [] : [{ change: 'fact' as const, provider, model, fact, before, after }]
  })
}

function names(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0))
}
