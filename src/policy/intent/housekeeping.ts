// Requests that a harness makes on its own behalf: titles, topic checks, branch names, compaction.
import type { Evidence, Facts } from '../types.ts'
import type { IntentLabel } from './labels.ts'

interface Errand {
  name: string
  label: IntentLabel
  /** Where it shows: at the beginning of the system prompt or of the turn. */
  where: 'system' | 'turn'
  pattern: RegExp
}

/** How far into the system prompt or the turn an errand may begin, in characters. */
const OPENING = 400

const ERRANDS: readonly Errand[] = [
  { name: 'title', label: 'simple', where: 'system', pattern: /^\s*you are a (?:title|name) generator\b/i },
  {
    name: 'title',
    label: 'simple',
    where: 'system',
    pattern:
      /^[^\n]{0,120}\b(?:generate|write|create|produce) an? [a-z ,()0-9-]{0,60}\b(?:title|slug|(?:branch|session|thread) name)\b/i,
  },
  {
    name: 'topic',
    label: 'simple',
    where: 'system',
    pattern: /\bif this message indicates a new (?:conversation )?topic\b/i,
  },
  {
    name: 'title',
    label: 'simple',
    where: 'system',
    pattern: /^\s*summari[sz]e this (?:coding )?conversation in (?:under|at most|fewer than) \d/i,
  },
  {
    name: 'title',
    label: 'simple',
    where: 'turn',
    pattern:
      /^\s*(?:please )?(?:generate|write|create) an? [a-z ,()0-9-]{0,60}\btitle for (?:this|the) (?:conversation|chat|session|thread)\b/i,
  },
  { name: 'suggestions', label: 'simple', where: 'system', pattern: /^\s*suggest \d+ [a-z ,]{0,40}follow-up/i },
  {
    name: 'compaction',
    label: 'summarize_extract',
    where: 'system',
    pattern:
      /^[^\n]{0,200}\b(?:context summari[sz]ation|summari[sz]ing conversations?|conversation summari[sz]er|summari[sz]e (?:the|this) conversation)\b/i,
  },
  {
    name: 'compaction',
    label: 'summarize_extract',
    where: 'turn',
    pattern:
      /\b(?:summari[sz]e (?:the|this|our) conversation|(?:detailed )?summary of (?:the|this|our) conversation|context checkpoint)\b/i,
  },
]

/**
 * The errand a request is, if it is one. The range is empty when the system prompt gave it away. The turn that began an
 * agent loop may sound like an errand; the loop is none.
 */
export function findErrand(facts: Facts): Evidence | undefined {
  if (facts.inToolLoop) return undefined
  const openings = { system: facts.system.slice(0, OPENING), turn: facts.turn.slice(0, OPENING) }
  for (const { name, label, where, pattern } of ERRANDS) {
    // Nothing matches an empty text, and a pattern that is not tried is not compiled.
    if (openings[where] === '') continue
    const match = pattern.exec(openings[where])
    if (match === null) continue
    const start = where === 'turn' ? match.index : 0
    const end = where === 'turn' ? match.index + match[0].length : 0
    return { label, cue: `housekeeping: ${name}`, weight: 1, start, end }
  }
  return undefined
}
