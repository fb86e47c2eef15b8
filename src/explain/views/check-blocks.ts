import { targetOf } from '../../catalog/types.ts'
import type { Coverage, RuleCoverage } from '../coverage.ts'
import type { Proof } from '../prove.ts'
import type { Block, Text } from './blocks.ts'
import { code, join, strong } from './blocks.ts'
import { counted, localityName, placeName } from './words.ts'

const MOST_TARGETS = 8

export function coverageBlocks(coverage: Coverage): Block[] {
  const { rules, covered, percent, atLeast, isEnough } = coverage
  const wanted = atLeast === undefined ? '' : `, at least ${atLeast} % wanted`
  return [
    { kind: 'heading', level: 2, text: 'Rule coverage' },
    {
      kind: 'paragraph',
      text: [
        strong(`${percent} %`),
        `: ${covered} of ${counted(rules.length, 'rule')} decided a request${wanted}${isEnough ? '' : ' — not enough'}.`,
      ],
    },
    {
      kind: 'table',
      head: ['rule', 'where', 'requests', 'remark'],
      rows: rules.map((rule): Text[] => [
        code(`${rule.policy}/${rule.rule}`),
        code(placeName(rule.source)),
        String(rule.count),
        remark(rule),
      ]),
    },
  ]
}

/** What there is to say of a rule that decided nothing. */
export function remark({ count, dead, shadow }: RuleCoverage): string {
  if (dead !== undefined)
    return dead.by.length === 0 ? 'dead: no request can fit it' : `dead: hidden by ${dead.by.join(', ')}`
  if (shadow !== undefined) return `never decides: fits ${counted(shadow.count, 'request')}, ${shadow.by} comes first`
  return count === 0 ? 'never matched' : ''
}

export function proofBlocks({ reaches, claims }: Proof): Block[] {
  return [
    { kind: 'heading', level: 2, text: 'What can be reached' },
    {
      kind: 'list',
      items: claims.map(({ claim, targets, offenders }): Text => {
        if (offenders.length === 0) return [strong('holds'), ' ', code(claim), ` (${counted(targets, 'target')})`]
        const names = offenders
          .slice(0, MOST_TARGETS)
          .map(({ target, policy, rule, source }): Text => [
            code(target),
            ` by ${policy === '' ? 'pin' : policy}/${rule}`,
            ...(source === undefined ? [] : [' ', code(placeName(source))]),
          ])
        return [strong('does not hold'), ' ', code(claim), ': ', ...join(names, ', ')]
      }),
    },
    {
      kind: 'details',
      summary: 'Targets of every rule, fallbacks included',
      blocks: [
        {
          kind: 'table',
          head: ['policy', 'rule', 'targets', 'where they are'],
          rows: reaches.map(({ policy, rule, targets }): Text[] => [
            policy === '' ? '(pin)' : code(policy),
            code(rule),
            [
              ...join(
                targets.slice(0, MOST_TARGETS).map((model) => code(targetOf(model))),
                ', ',
              ),
              ...rest(targets.length),
            ],
            [...new Set(targets.map(localityName))].join(', '),
          ]),
        },
      ],
    },
  ]
}

function rest(count: number): string[] {
  return count > MOST_TARGETS ? [` and ${count - MOST_TARGETS} more`] : []
}
