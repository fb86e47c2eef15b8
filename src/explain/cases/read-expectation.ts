import { didYouMean } from '../../diagnostics/suggest.ts'
import { isRecord } from '../../lib/is-record.ts'
import type { Expectation } from './expectation.ts'
import { EXPECTATION_KEYS } from './expectation.ts'
import type { CaseMistake } from './mistakes.ts'

type Report = (key: string, message: string, hint?: string) => undefined

/** Reads `expect` of a case. Every mistake in it is added to the list. */
export function readExpectation(value: unknown, mistakes: CaseMistake[]): Expectation {
  const report: Report = (key, message, hint) => {
    const path = key === '' ? 'expect' : `expect.${key}`
    mistakes.push({ code: 'SAGE2003', path, message, ...(hint === undefined ? {} : { hint }) })
  }
  if (!isRecord(value)) {
    report('', 'it must be an object such as { "rule": "code", "model": "openai/*" }')
    return {}
  }
  const expect: Record<string, unknown> = {}
  for (const [key, given] of Object.entries(value)) {
    if (EXPECTATION_KEYS.includes(key as keyof Expectation)) {
      const read = readMember(key as keyof Expectation, given, report)
      if (read !== undefined) expect[key] = read
    } else {
      const hint = didYouMean(key, [...EXPECTATION_KEYS]) ?? `it may have ${EXPECTATION_KEYS.join(', ')}`
      report(key, 'nothing of this name can be expected', hint)
    }
  }
  return expect
}

function readMember(key: keyof Expectation, given: unknown, report: Report): unknown {
  switch (key) {
    case 'local':
      return given === true ? true : report(key, 'it can only be true')
    case 'max_price':
      return readPrice(given, report)
    case 'dropped':
      return readDropped(given, report)
    case 'chain':
    case 'not':
      return readList(key, [given].flat(), report)
    default:
      return readNames(key, given, report)
  }
}

function readNames(key: string, given: unknown, report: Report): string[] | undefined {
  const names = [given].flat()
  if (names.length > 0 && names.every((name) => typeof name === 'string')) return names
  return report(key, 'it must be a text or a list of texts')
}

/** Targets: globs over `provider/model`, or objects with the two. */
function readList(key: string, given: unknown[], report: Report): string[] | undefined {
  const targets = given.map(readTarget)
  if (targets.every((target) => target !== undefined)) return targets
  return report(key, 'it must be a list of globs over provider/model')
}

function readTarget(given: unknown): string | undefined {
  if (typeof given === 'string') return given
  if (!isRecord(given)) return undefined
  const { provider, model } = given
  return typeof provider === 'string' && typeof model === 'string' ? `${provider}/${model}` : undefined
}

function readPrice(given: unknown, report: Report): Expectation['max_price'] | undefined {
  if (isPrice(given)) return { input: given, output: given }
  const sides = isRecord(given) ? Object.entries(given) : []
  const isSound = sides.every(([side, price]) => (side === 'input' || side === 'output') && isPrice(price))
  if (sides.length > 0 && isSound) return Object.fromEntries(sides)
  return report('max_price', 'it must be a price, or { input, output } of prices, in USD per million tokens')
}

function isPrice(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

/** `[glob, …]`, `{ glob: reason }`, or `[{ provider, model, reason }]`. */
function readDropped(given: unknown, report: Report): Expectation['dropped'] | undefined {
  const list = isRecord(given) && !('provider' in given) ? fromMap(given) : [given].flat().map(readDrop)
  if (list.every((item) => item !== undefined)) return list
  return report('dropped', 'it must be a list of globs over provider/model, or a map of them to reasons')
}

function fromMap(given: Record<string, unknown>): ({ target: string; reason?: string } | undefined)[] {
  return Object.entries(given).map(([target, reason]) => (typeof reason === 'string' ? { target, reason } : undefined))
}

function readDrop(given: unknown): { target: string; reason?: string } | undefined {
  const target = readTarget(given)
  if (target === undefined) return undefined
  const reason = isRecord(given) ? given['reason'] : undefined
  return typeof reason === 'string' ? { target, reason } : { target }
}
