import type { Policy, PriceLimit, Requirements, Rule } from '../profile/types.ts'

/** A policy and the rule of it that holds for the request; undefined for its default. */
export interface Scope {
  policy: Policy
  rule: Rule | undefined
}

/** What the request itself asks for, with every name of the profile looked up. */
export interface Narrowing {
  require: Requirements
  deny: readonly string[]
  maxAttempts: number | undefined
}

/** What a target must satisfy besides the needs of the request itself. */
export interface Constraints {
  /** All of them hold; the policy that a request asks for by its override stands behind the one of its model name. */
  scopes: readonly Scope[]
  narrowing?: Narrowing | undefined
  /** The user named this very target: what is unknown of it counts in its favour. */
  named: boolean
}

/** The lower of two limits, each side for itself. */
export function lowerPrice(a: PriceLimit | undefined, b: PriceLimit | undefined): PriceLimit | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const input = lower(a.input, b.input)
  const output = lower(a.output, b.output)
  return { ...(input === undefined ? {} : { input }), ...(output === undefined ? {} : { output }) }
}

/** The lower of two numbers that may not be there. */
export function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}
