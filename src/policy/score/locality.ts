import type { ScoreInput } from './types.ts'

/** 1 when prompts stay on this machine or its network. */
export function localityTerm({ model }: ScoreInput): number {
  return model.local ? 1 : 0
}
