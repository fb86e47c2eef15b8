// Wording that all views share.
import type { Model } from '../../catalog/types.ts'
import type { Decision, Target } from '../../policy/types.ts'
import type { SourceRef } from '../../profile/types.ts'
import type { Place } from '../cases/case.ts'
import type { Cause } from '../diff/attribute.ts'
import type { Part } from '../diff/part.ts'

export function targetName({ provider, model }: Target): string {
  return `${provider}/${model}`
}

/** First target, or the code of the refusal. */
export function firstName({ chain: [first], error }: Decision): string {
  return first === undefined ? `refused (${error?.code ?? 'no target'})` : targetName(first)
}

/** `policy/rule`, or the name that is pinned. */
export function ruleName({ policy, rule, pin }: Decision): string {
  if (pin !== undefined) return `pin ${pin}`
  return policy === '' ? '(none)' : `${policy}/${rule}`
}

export function placeName({ file, line }: Place | SourceRef): string {
  return `${file}:${line}`
}

/** `3 / 15`, USD per million input and output tokens. */
export function priceName(model: Model | undefined): string {
  if (model === undefined) return 'none'
  return model.price === undefined ? 'unknown' : `${model.price.input} / ${model.price.output}`
}

export function localityName(model: Model | undefined): string {
  if (model === undefined) return 'none'
  return model.local ? 'local' : 'remote'
}

export function contextName(model: Model | undefined): string {
  if (model === undefined) return 'none'
  return model.context === undefined ? 'unknown' : grouped(model.context)
}

/** `a → b`, or one of them when they are equal. */
export function change(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`
}

/** Most reasoning and output that is asked for, where there is a limit: `thinking low`, `output 2,000 tokens`. */
export function limitNames({ thinking, maxOutput }: Decision): string[] {
  return [
    ...(thinking === undefined ? [] : [`thinking ${thinking}`]),
    ...(maxOutput === undefined ? [] : [`output ${counted(maxOutput, 'token')}`]),
  ]
}

/** Limits of two decisions that are not the same: `attempts 3 → 1`, `thinking any → low`. */
export function limitChanges(before: Decision, after: Decision): string[] {
  const pairs = [
    ['attempts', String(before.maxAttempts), String(after.maxAttempts)],
    ['thinking', before.thinking ?? 'any', after.thinking ?? 'any'],
    ['output', outputName(before), outputName(after)],
  ] as const
  return pairs.flatMap(([name, was, is]) => (was === is ? [] : [`${name} ${was} → ${is}`]))
}

function outputName({ maxOutput }: Decision): string {
  return maxOutput === undefined ? 'any' : counted(maxOutput, 'token')
}

/** `weight price of policy auto: 1 → 6 (sage.yaml:12)`. */
export function partName({ what, from, to, source }: Part): string {
  const where = source === undefined ? '' : ` (${placeName(source)})`
  if (from === 'none' && to === 'added') return `${what} is new${where}`
  if (from === 'there' && to === 'removed') return `${what} is gone${where}`
  return `${what}: ${from} → ${to}${where}`
}

/** Names of at most three causes. */
export function causeNames({ parts, isEachEnough }: Cause): string[] {
  if (parts.length === 0) return ['several differences together']
  const names = parts.slice(0, 3).map(partName)
  const rest = parts.length - names.length
  const all = rest === 0 ? names : [...names, `${rest} more`]
  return parts.length === 1 || isEachEnough ? all : [`together: ${all.join('; ')}`]
}

/** 12345 as `12,345`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 request`, `2 requests`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}
