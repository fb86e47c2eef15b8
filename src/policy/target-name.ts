import type { Model } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'

// Models of a catalogue never change, and their names are asked for many times a decision.
const names = new WeakMap<Model, string>()

/** `provider/model`, built once for each model. */
export function targetName(model: Model): string {
  const known = names.get(model)
  if (known !== undefined) return known
  const name = targetOf(model)
  names.set(model, name)
  return name
}
