import type { Usage } from '../../chat/events.ts'
import { asNumber, toRecord, type JsonRecord } from '../shared/values.ts'

// Wire `input_tokens` leaves out cached tokens; canonical `input` includes them.

/** Collects the usage reports of one answer. They are cumulative, and some servers leave fields out or at 0. */
export interface UsageTally {
  /** Takes in one wire `usage` object; true when it said anything. */
  add(usage: unknown): boolean
  total(): Usage
}

/** An empty tally. */
export function createUsageTally(): UsageTally {
  const counts = new Map<string, number>()
  const take = (key: string, value: unknown): boolean => {
    const count = asNumber(value)
    if (count === undefined) return false
    counts.set(key, Math.max(counts.get(key) ?? 0, count))
    return true
  }
  return {
    add(usage) {
      const wire = toRecord(usage)
      const said = [
        take('input', wire['input_tokens']),
        take('read', wire['cache_read_input_tokens']),
        take('write', wire['cache_creation_input_tokens']),
        take('output', wire['output_tokens']),
        take('reasoning', toRecord(wire['output_tokens_details'])['thinking_tokens']),
      ]
      return said.includes(true)
    },
    total() {
      const input = counts.get('input')
      const read = counts.get('read')
      const write = counts.get('write')
      const output = counts.get('output')
      const reasoning = counts.get('reasoning')
      return {
        ...(input !== undefined && { input: input + (read ?? 0) + (write ?? 0) }),
        ...(output !== undefined && { output }),
        ...(read !== undefined && { cacheRead: read }),
        ...(write !== undefined && { cacheWrite: write }),
        ...(reasoning !== undefined && { reasoning }),
      }
    },
  }
}

/** Canonical usage of one wire `usage` object. */
export function fromWireUsage(usage: unknown): Usage {
  const tally = createUsageTally()
  tally.add(usage)
  return tally.total()
}

/**
 * Wire `usage`. Unknown counts are 0: the official SDK needs the object, and AI SDK validates its numbers (recorded
 * client behaviour).
 */
export function toWireUsage(usage: Usage): JsonRecord {
  const read = usage.cacheRead ?? 0
  const write = usage.cacheWrite ?? 0
  return {
    input_tokens: Math.max(0, (usage.input ?? 0) - read - write),
    cache_creation_input_tokens: write,
    cache_read_input_tokens: read,
    output_tokens: usage.output ?? 0,
    ...(usage.reasoning !== undefined && { output_tokens_details: { thinking_tokens: usage.reasoning } }),
  }
}
