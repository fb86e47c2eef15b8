import { targetOf } from '../../catalog/types.ts'
import type { SourceRef } from '../../profile/types.ts'
import type { Coverage } from '../coverage.ts'
import type { Proof } from '../prove.ts'

export interface CoverageView {
  percent: number
  covered: number
  at_least?: number
  is_enough: boolean
  rules: {
    policy: string
    rule: string
    rule_source: SourceRef
    count: number
    dead?: { by: string[] }
    shadow?: { by: string; count: number }
  }[]
}

export interface ProofView {
  claims: {
    claim: string
    asserted: boolean
    holds: boolean
    targets: number
    offenders: { target: string; policy: string; rule: string; rule_source?: SourceRef }[]
  }[]
  reaches: { policy: string; rule: string; rule_source?: SourceRef; targets: { target: string; local: boolean }[] }[]
}

export function coverageView({ rules, covered, percent, atLeast, isEnough }: Coverage): CoverageView {
  return {
    percent,
    covered,
    ...(atLeast === undefined ? {} : { at_least: atLeast }),
    is_enough: isEnough,
    rules: rules.map(({ source, ...rule }) => ({ ...rule, rule_source: source })),
  }
}

export function proofView({ claims, reaches }: Proof): ProofView {
  return {
    claims: claims.map(({ claim, isAsserted, targets, offenders }) => ({
      claim,
      asserted: isAsserted,
      holds: offenders.length === 0,
      targets,
      offenders: offenders.map(withSource),
    })),
    reaches: reaches.map(({ targets, ...reach }) => ({
      ...withSource(reach),
      targets: targets.map((model) => ({ target: targetOf(model), local: model.local })),
    })),
  }
}

function withSource<Value extends { source?: SourceRef }>(
  value: Value,
): Omit<Value, 'source'> & { rule_source?: SourceRef } {
  const { source, ...rest } = value
  return source === undefined ? rest : { ...rest, rule_source: source }
}
