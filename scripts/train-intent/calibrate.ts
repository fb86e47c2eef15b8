import { toProbabilities } from '../../src/policy/intent/predict.ts'

/** The scores that a model gave to a request it was not trained on. */
export interface HeldOut {
  group: string
  scores: Float64Array
  possible: Uint8Array
  /** Column of the right label. */
  label: number
}

const COARSE = 40
const LEAST = 0.3
const MOST = 5

/** The temperature under which the right labels are most probable (Guo et al. 2017, arXiv:1706.04599). */
export function fitTemperature(heldOut: readonly HeldOut[]): number {
  let best = { temperature: 1, loss: Infinity }
  for (let i = 0; i <= COARSE; i++) {
    const temperature = LEAST * (MOST / LEAST) ** (i / COARSE)
    const loss = lossOf(heldOut, temperature)
    if (loss < best.loss) best = { temperature, loss }
  }
  return Number(best.temperature.toFixed(3))
}

function lossOf(heldOut: readonly HeldOut[], temperature: number): number {
  let loss = 0
  for (const { scores, possible, label } of heldOut) {
    loss -= Math.log(Math.max(1e-9, toProbabilities(scores, temperature, possible)[label] ?? 0))
  }
  return loss / Math.max(1, heldOut.length)
}
