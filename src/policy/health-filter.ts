import { answeredLately } from '../health/lately.ts'
import type { HealthSnapshot } from '../health/types.ts'
import type { Entry } from './eligibility.ts'
import { ownEntry } from './own-entry.ts'
import type { Drop } from './types.ts'

/**
 * Whether asking an unhealthy target anyway may help: it may be well again (soon), somebody may have mended its account
 * (late), it will answer the same until its time has come (timed), or it never can (never).
 */
type Outlook = 'soon' | 'late' | 'timed' | 'never'

interface Finding {
  entry: Entry
  drop: Drop
  outlook: Outlook
  /** Its breaker is open, and yet it answered a moment ago. */
  isFlaky: boolean
}

/**
 * Drops what is resting or broken. What failed several times in a row and yet answered a moment ago is no dead target: it
 * is kept for requests that nobody else answers. When that would leave nothing of what is otherwise eligible, the soonest of it is
 * kept after all (panic mode): refusing helps nobody while a target might answer. Without a key none can, and a provider
 * that limits the rate would only answer the same again before its time.
 */
export function applyHealth(entries: readonly Entry[], health: HealthSnapshot, now: number, notes: string[]): void {
  const eligible = entries.filter(({ drop }) => drop === undefined)
  const findings = eligible.flatMap((entry): Finding[] => {
    const found = healthDrop(entry, health, now)
    return found === undefined ? [] : [{ entry, ...found }]
  })
  const isPanic = findings.length === eligible.length
  const spared = isPanic ? soonest(findings) : []
  for (const { entry, drop, isFlaky } of findings) {
    entry.isResort = isFlaky && !isPanic
    if (entry.isResort) entry.caveats.push(`asked last: ${drop.detail}, but it answered a moment ago`)
    else entry.drop = drop
  }
  for (const { entry, drop } of spared) {
    entry.drop = undefined
    entry.caveats.push(`kept although ${drop.reason}: ${drop.detail}`)
  }
  if (spared.length > 0) notes.push(`panic: no eligible target is healthy, kept ${spared.length} of them anyway`)
}

function soonest(findings: Finding[]): Finding[] {
  const soon = findings.filter(({ outlook }) => outlook === 'soon')
  if (soon.length > 0) return soon
  // Waiting out a rate limit is a better answer than a refused key.
  const isTimed = findings.some(({ outlook }) => outlook === 'timed')
  return isTimed ? [] : findings.filter(({ outlook }) => outlook === 'late')
}

function healthDrop(entry: Entry, health: HealthSnapshot, now: number): Omit<Finding, 'entry'> | undefined {
  const provider = ownEntry(health.providers, entry.model.provider)
  if (provider !== undefined && provider.restingUntil > now) {
    const { reason, restingUntil } = provider
    if (reason === 'no_key') return { drop: { reason: 'resting', detail: 'no key' }, outlook: 'never', isFlaky: false }
    const detail = `${reason}${remaining(restingUntil, now)}`
    const outlook = reason === 'auth' || reason === 'quota' ? 'late' : 'timed'
    return { drop: { reason: 'resting', detail }, outlook, isFlaky: false }
  }
  const target = ownEntry(health.targets, entry.target)
  if (target === undefined || target.state === 'closed') return undefined
  const isProbed = target.state === 'half-open'
  const retryAt = target.retryAt ?? (isProbed ? now : Infinity)
  if (now >= retryAt) return undefined
  const failures = `${target.failures} failures in a row`
  const detail = isProbed ? `${failures}, one request is finding out` : `${failures}${remaining(retryAt, now)}`
  return { drop: { reason: 'circuit_open', detail }, outlook: 'soon', isFlaky: answeredLately(target, now) }
}

function remaining(until: number, now: number): string {
  return Number.isFinite(until) ? `, ${Math.ceil((until - now) / 1000)} s to go` : ''
}
