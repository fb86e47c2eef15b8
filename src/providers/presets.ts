import { HOSTED } from './presets/hosted.ts'
import { SELF_HOSTED } from './presets/self-hosted.ts'
import type { Preset } from './types.ts'

export type PresetName = keyof typeof HOSTED | keyof typeof SELF_HOSTED

/** Known OpenAI-compatible providers. A preset is data only: everything in it can be overridden in the profile. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = { ...HOSTED, ...SELF_HOSTED }

/** The preset of that name; undefined for none and for names that are no preset. */
export function findPreset(name: string | undefined): Preset | undefined {
  return name !== undefined && Object.hasOwn(PRESETS, name) ? PRESETS[name as PresetName] : undefined
}
