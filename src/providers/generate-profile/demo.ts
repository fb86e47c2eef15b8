import type { Capability } from '../../profile/types.ts'
import type { ModelDraft, ProviderDraft } from './candidates.ts'

const MODELS: readonly [id: string, tier: ModelDraft['tier'], capabilities: Capability[], context: number][] = [
  ['writer', 'good', ['tools', 'json'], 128_000],
  ['coder', 'good', ['tools', 'json', 'thinking'], 128_000],
  ['vision', 'good', ['vision', 'tools', 'json'], 128_000],
  ['small', 'fast', ['tools', 'json'], 32_000],
]

/** A provider that answers by itself: for trying things out when there is neither key nor Ollama. */
export function draftDemo(): ProviderDraft {
  return {
    name: 'demo',
    title: 'Demo',
    settings: ['kind: demo'],
    models: MODELS.map(([id, tier, capabilities, context]) => ({
      id,
      target: `demo/${id}`,
      local: true,
      tier,
      coder: id === 'coder',
      vision: capabilities.includes('vision'),
      thinking: capabilities.includes('thinking'),
      facts: { capabilities, context },
    })),
  }
}
