import type { Model } from '../catalog/types.ts'
import type { Capability } from '../profile/types.ts'
import type { Drop, DropReason, Facts } from './types.ts'

export interface CapabilityNeed {
  capability: Capability
  /** Who asks for it, for people. */
  why: string
}

const REASONS: Record<Capability, DropReason> = {
  tools: 'no_tools',
  vision: 'no_vision',
  documents: 'no_documents',
  json: 'no_json',
  thinking: 'no_thinking',
}

/** What the request cannot do without. Thinking is a wish: a model without it simply answers. */
export function neededCapabilities(facts: Facts): CapabilityNeed[] {
  const needs: CapabilityNeed[] = []
  if (facts.tools > 0) needs.push({ capability: 'tools', why: `the request offers ${facts.tools} tools` })
  if (facts.vision) needs.push({ capability: 'vision', why: 'the request has an image' })
  if (facts.documents) needs.push({ capability: 'documents', why: 'the request has a document' })
  if (facts.json !== 'none') needs.push({ capability: 'json', why: `the request demands a JSON ${facts.json}` })
  return needs
}

/** An unknown capability drops a model that the policy found, and is a caveat of one that the user named. */
export function capabilityDrop(
  model: Model,
  need: CapabilityNeed,
  named: boolean,
  caveats: string[],
): Drop | undefined {
  const known = model.capabilities[need.capability]
  if (known === true) return undefined
  const reason = REASONS[need.capability]
  if (known === false) return { reason, detail: `${need.why}; the model has no ${need.capability}` }
  if (!named) return { reason, detail: `${need.why}; unknown: declare capabilities or run discover` }
  caveats.push(`${need.capability} unknown`)
  return undefined
}
