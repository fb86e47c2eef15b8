import { generateProfile } from '../providers/generate-profile.ts'
import type { Found } from '../providers/generate-profile.ts'
import { KINDS } from '../providers/kinds.ts'
import { probeOllama } from '../providers/ollama/probe.ts'
import { PRESETS } from '../providers/presets.ts'
import { ollamaBaseUrl } from './ollama-host.ts'

/** How long a local Ollama may take to answer before there is none, in ms. */
const PROBE_MS = 1000

export interface DefaultProfile {
  text: string
  /** What it was built from, in words. */
  origin: string
}

/**
 * Builds a profile from the keys in the environment and a local Ollama; from simulated models when there is neither.
 * Offline, Ollama is not asked.
 */
export async function buildDefaultProfile(
  env: Readonly<Record<string, string | undefined>>,
  isOffline: boolean = false,
): Promise<DefaultProfile> {
  const keys = keyVariables().filter((name) => (env[name] ?? '').trim() !== '')
  const baseUrl = ollamaBaseUrl(env['OLLAMA_HOST'])
  const models = isOffline ? undefined : await probeOllama(baseUrl, PROBE_MS)
  const found: Found = { keys, ...(models === undefined ? {} : { ollama: { baseUrl, models } }) }
  return { text: generateProfile(found), origin: describe(found) }
}

function describe({ keys, ollama }: Found): string {
  const count = ollama?.models.length ?? 0
  const server = `Ollama at ${ollama?.baseUrl} (${count} ${count === 1 ? 'model' : 'models'})`
  const parts = [...keys, ...(count === 0 ? [] : [server])]
  if (parts.length > 0) return `built from what was found: ${parts.join(', ')}`
  return `demo: simulated models (found no key${ollama === undefined ? ' and no Ollama' : ', and Ollama has no chat model'})`
}

/** Variables that usually hold a key. */
export function keyVariables(): string[] {
  const specs = [...Object.values(KINDS), ...Object.values(PRESETS)]
  return [...new Set(specs.flatMap(({ keyVariable }) => keyVariable ?? []))]
}
