import type { Model } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import { matchGlob } from '../profile/glob.ts'

/** What must hold for every target that some policies can reach. */
export interface Claim {
  /** As it was written. */
  text: string
  /** Glob over names of policies; `pins` stands for requests that name their model. */
  policies: string
  kind: 'local' | 'only' | 'not' | 'max-price'
  /** Glob of `only` and `not`. */
  glob?: string
  /** USD per million input and output tokens. */
  price?: number
}

/** Reads `<policy>: local | only <glob> | not <glob> | max-price <usd>`; undefined when it is none. */
export function parseClaim(text: string): Claim | undefined {
  const [, policies = '', kind = '', value = ''] = /^\s*([^:\s]+)\s*:\s*([a-z-]+)(?:\s+(\S+))?\s*$/.exec(text) ?? []
  const claim = { text: `${policies}: ${[kind, value].filter(Boolean).join(' ')}`, policies }
  if (kind === 'local' && value === '') return { ...claim, kind }
  if ((kind === 'only' || kind === 'not') && value !== '') return { ...claim, kind, glob: value }
  const price = Number(value)
  return kind === 'max-price' && value !== '' && price >= 0 ? { ...claim, kind, price } : undefined
}

/** Targets for which the claim does not hold. */
export function offendersOf({ kind, glob = '*', price = 0 }: Claim, targets: readonly Model[]): Model[] {
  return targets.filter((model) => {
    switch (kind) {
      case 'local':
        return !model.local
      case 'only':
        return !matchGlob(glob, targetOf(model))
      case 'not':
        return matchGlob(glob, targetOf(model))
      case 'max-price':
        return model.price === undefined || model.price.input > price || model.price.output > price
    }
  })
}
