import type { Model } from '../catalog/types.ts'
import type { PriceLimit } from '../profile/types.ts'

/** Why a model is above a price, in words, and whether that is for want of knowing. Undefined when it is not. */
export function overPrice(
  model: Model,
  most: PriceLimit | undefined,
): { unknown: boolean; detail: string } | undefined {
  return most && (sideOver(model, 'input', most.input) ?? sideOver(model, 'output', most.output))
}

function sideOver(
  model: Model,
  side: 'input' | 'output',
  most: number | undefined,
): { unknown: boolean; detail: string } | undefined {
  if (most === undefined) return undefined
  const price = model.price?.[side]
  if (price === undefined) {
    return { unknown: true, detail: `${side} price unknown, at most ${most} USD per million tokens allowed` }
  }
  if (price <= most) return undefined
  return { unknown: false, detail: `${side} costs ${price} USD per million tokens, at most ${most} allowed` }
}
