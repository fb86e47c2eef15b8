import { FACT_NAMES } from './types.ts'
import type { Fact, FactName, Lock, LockedModel, LockedProvider, ReportedModel } from './types.ts'

/** What one provider answered when it was asked for its models. */
export interface Report {
  provider: string
  kind: string
  baseUrl: string
  models: readonly ReportedModel[]
}

/** A lock without anything in it. */
export const EMPTY_LOCK: Lock = { providers: new Map() }

/**
 * The lock after these reports. A fact that is still the same keeps its date; a new one gets `date` (`YYYY-MM-DD`).
 * Providers without a report stay as they were; those not in `known`, the profile's provider names, are removed.
 */
export function mergeLock(old: Lock, reports: readonly Report[], known: ReadonlySet<string>, date: string): Lock {
  const kept = [...old.providers].filter(([name]) => known.has(name))
  const asked = reports.map((report): [string, LockedProvider] => [
    report.provider,
    mergeProvider(old.providers.get(report.provider), report, date),
  ])
  return { providers: new Map([...kept, ...asked]) }
}

function mergeProvider(
  before: LockedProvider | undefined,
  { kind, baseUrl, models }: Report,
  date: string,
): LockedProvider {
  // At another address the same name may be another model.
  const known = before !== undefined && before.kind === kind && before.baseUrl === baseUrl ? before.models : new Map()
  return {
    kind,
    baseUrl,
    models: new Map(models.map((model) => [model.id, mergeModel(known.get(model.id), model, date)])),
  }
}

function mergeModel(before: LockedModel | undefined, now: ReportedModel, date: string): LockedModel {
  const facts = FACT_NAMES.flatMap((name): [FactName, Fact<unknown>][] => {
    const said = now[name]
    const known = before?.[name]
    if (said === undefined) return now.isIncomplete === true && known !== undefined ? [[name, known]] : []
    const value = name === 'capabilities' ? ordered(said.value as object) : said.value
    const isSame = known !== undefined && sameValue(known.value, value)
    return [[name, { value, from: said.from, date: isSame ? known.date : date }]]
  })
  // Each fact has come from the model's own field of that name.
  return { since: before?.since ?? date, ...(Object.fromEntries(facts) as Omit<LockedModel, 'since'>) }
}

const CAPABILITIES = ['tools', 'vision', 'json', 'thinking', 'documents']

/** Capabilities in one order, whoever reported them. */
function ordered(value: object): object {
  const entries: [string, unknown][] = Object.entries(value)
  return Object.fromEntries(entries.sort(([a], [b]) => CAPABILITIES.indexOf(a) - CAPABILITIES.indexOf(b)))
}

/** Whether two values of a fact are the same: numbers, flags, prices or capabilities. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [mine, others] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))]
  return mine.length === others.size && mine.every(([name, value]) => others.get(name) === value)
}
