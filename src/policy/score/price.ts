import type { ScoreInput } from './types.ts'

/** Input tokens for each output token in the blended price: the common 3 to 1. */
const INPUT_SHARE = 3

/** 1 when free, 0.5 at one USD per million blended tokens, falling towards 0. An unknown price is never cheap: 0. */
export function priceTerm({ model }: ScoreInput): number {
  if (model.price === undefined) return 0
  const blended = (INPUT_SHARE * model.price.input + model.price.output) / (INPUT_SHARE + 1)
  return 1 / (1 + blended)
}
