import type { Model } from '../catalog/types.ts'
import type { Capability } from '../profile/types.ts'
import type { Drop, DropReason, Facts } from './types.ts'

const REASONS: Record<Capability, DropReason> = {
  tools: 'no_tools',
  vision: 'no_vision',
  documents: 'no_documents',
  json: 'no_json',
  thinking: 'no_thinking',
}

/** What the request cannot do without. Thinking is a wish: a model without it simply answers. */
export function neededCapabilities(facts: Facts): Capability[] {
  const needs: Capability[] = []
  if (facts.tools > 0) needs.push('tools')
  if (facts.vision) needs.push('vision')
  if (facts.documents) needs.push('documents')
  if (facts.json !== 'none') needs.push('json')
  return needs
}

/** Why the request needs it, for people. */
export function needOf(capability: Capability, facts: Facts): string {
  switch (capability) {
    case 'tools':
      return `the request offers ${facts.tools} tools`
    case 'vision':
      return 'the request has an image'
    case 'documents':
      return 'the request has a document'
    case 'json':
      return `the request demands a JSON ${facts.json}`
    case 'thinking':
      return 'the request asks for reasoning'
  }
}

/** An unknown capability drops a model that the policy found, and is a caveat of one that the user named. */
export function capabilityDrop(
  model: Model,
  capability: Capability,
  why: () => string,
  named: boolean,
  caveats: string[],
): Drop | undefined {
  const known = model.capabilities[capability]
  if (known === true) return undefined
  const reason = REASONS[capability]
  if (known === false) return { reason, detail: `${why()}; the model has no ${capability}` }
  if (!named) return { reason, detail: `${why()}; unknown: declare capabilities or run discover` }
  caveats.push(`${capability} unknown`)
  return undefined
}
