import type { Model } from '../catalog/types.ts'
import { includesModel } from '../policy/pattern-list.ts'
import { matchGlob } from '../profile/glob.ts'

/** What must hold for every target that some policies can reach. */
export interface Claim {
  /** As it was written. */
  text: string
  /** Glob over names of policies, with `sage/` or without; `pins` stands for requests that name their model. */
  policies: string
  kind: 'local' | 'only' | 'not' | 'max-price'
  /** Of `only` and `not`: over `provider/model`, over tags with `tag:`, and over the model's id without a slash. */
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

/** What stands for requests that name their model, where policies are named. */
const PINS = 'pins'

/** Whether the claim is about this policy; '' stands for requests that name their model. */
export function isAbout({ policies }: Claim, policy: string): boolean {
  if (policy === '') return matchGlob(policies, PINS)
  return matchGlob(policies, policy) || matchGlob(policies, `sage/${policy}`)
}

/** Targets for which the claim does not hold. */
export function offendersOf({ kind, glob = '*', price = 0 }: Claim, targets: readonly Model[]): Model[] {
  return targets.filter((model) => {
    switch (kind) {
      case 'local':
        return !model.local
      case 'only':
        return !fits(glob, model)
      case 'not':
        return fits(glob, model)
      case 'max-price':
        return model.price === undefined || model.price.input > price || model.price.output > price
    }
  })
}

/** As in the lists of a profile; a glob without a slash is held against the id, as in expectations. */
function fits(glob: string, model: Model): boolean {
  return includesModel([glob], model) || (!glob.includes('/') && matchGlob(glob, model.id))
}
