import type { Change, Diff } from '../diff/diff.ts'
import type { ChangeGroup } from '../diff/group.ts'
import { groupChanges } from '../diff/group.ts'
import type { Block, Text } from './blocks.ts'
import { code, join, strong } from './blocks.ts'
import {
  causeNames,
  change,
  contextName,
  counted,
  firstName,
  grouped,
  limitChanges,
  localityName,
  partName,
  priceName,
  ruleName,
} from './words.ts'

/** Groups of equal changes told, and requests named one by one. */
const MOST_GROUPS = 50
const MOST_REQUESTS = 100
const MOST_EXAMPLES = 3
const MOST_PARTS = 30

/** What another profile would change, made for a pull request. */
export function diffBlocks(diff: Diff, head: string): Block[] {
  const { base, isNew, compared, changes, parts } = diff
  const title: Block = { kind: 'heading', level: 2, text: 'Routing changes' }
  const sides = [code(base), ' → ', code(head)]
  if (isNew) return [title, paragraph([...sides, ': the profile is new.']), ...newBlocks(changes)]
  const [left, right] = [counted(changes.length, 'request'), grouped(compared)]
  if (changes.length === 0)
    return [title, paragraph([...sides, `: all ${counted(compared, 'request')} are decided as before.`])]
  return [
    title,
    paragraph([
      ...sides,
      ': ',
      strong(`${left} of ${right}`),
      ` ${changes.length === 1 ? 'is' : 'are'} decided otherwise.`,
    ]),
    groupTable(groupChanges(changes)),
    {
      kind: 'details',
      summary: 'Every request',
      blocks: [requestTable(changes), ...more(changes.length, MOST_REQUESTS)],
    },
    {
      kind: 'details',
      summary: `Every difference that may matter (${parts.length})`,
      blocks: [{ kind: 'list', items: parts.slice(0, MOST_PARTS).map(partName) }, ...more(parts.length, MOST_PARTS)],
    },
  ]
}

function groupTable(groups: readonly ChangeGroup[]): Block {
  const rows = groups.slice(0, MOST_GROUPS).map(({ like, changes }): Text[] => [
    [
      ...join(
        changes.slice(0, MOST_EXAMPLES).map(({ id }) => code(id)),
        ', ',
      ),
      ...others(changes.length),
    ],
    [code(like.before === undefined ? 'none' : firstName(like.before)), ' → ', code(firstName(like.after))],
    ruleChange(like),
    because(like),
    range(changes, priceName),
    range(changes, localityName),
    range(changes, contextName),
  ])
  return {
    kind: 'table',
    head: ['requests', 'first target', 'rule', 'because', 'USD/M in / out', 'where', 'context'],
    rows,
  }
}

function ruleChange({ before, after }: Change): Text {
  const [old, now] = [before === undefined ? 'none' : ruleName(before), ruleName(after)]
  return old === now ? code(now) : [code(old), ' → ', code(now)]
}

/** Causes are written by us, but for names and values of the profile. */
function because({ cause, kinds, term, before, after }: Change): Text {
  if (before === undefined) return 'the profile is new'
  const names = causeNames(cause).join('; or ')
  const points = term === undefined ? '' : `; term ${term.term} +${Number(term.points.toFixed(2))}`
  const limits = limitChanges(before, after).map((each) => `; ${each}`)
  const text = kinds.includes('fallbacks') ? `fallbacks only: ${names}` : `${names}${points}`
  return [text, ...limits].join('')
}

/** The facts are those of the first targets, which are the same in the whole group. */
function range([first]: readonly Change[], tell: (model: Change['models']['after']) => string): string {
  return first === undefined ? '' : change(tell(first.models.before), tell(first.models.after))
}

function requestTable(changes: readonly Change[]): Block {
  const rows = changes
    .slice(0, MOST_REQUESTS)
    .map(({ id, before, after }): Text[] => [
      code(id),
      after.intent.label,
      code(before === undefined ? 'none' : firstName(before)),
      code(firstName(after)),
    ])
  return { kind: 'table', head: ['request', 'intent', 'before', 'after'], rows }
}

function newBlocks(changes: readonly Change[]): Block[] {
  return changes.length === 0 ? [] : [requestTable(changes), ...more(changes.length, MOST_REQUESTS)]
}

function others(count: number): string[] {
  return count > MOST_EXAMPLES ? [` and ${count - MOST_EXAMPLES} more`] : []
}

function more(count: number, shown: number): Block[] {
  return count > shown ? [paragraph(`… and ${count - shown} more`)] : []
}

function paragraph(text: Text): Block {
  return { kind: 'paragraph', text }
}
