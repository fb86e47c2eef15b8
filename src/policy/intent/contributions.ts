// What spoke for the label that won, and what for the one behind it.
import type { Evidence } from '../types.ts'
import type { Excerpt } from './excerpt.ts'
import { placeInTurn } from './excerpt.ts'
import { DENSE, DENSE_NAMES, type Features } from './features.ts'
import { TEXT_LABELS } from './labels.ts'
import type { IntentModel } from './model.ts'
import { ngramShare } from './predict.ts'
import { countNumbers } from './shapes.ts'

/** Pieces of evidence given; the rest weighs less. */
const MOST = 12
/** Contributions below this say nothing. */
const LEAST = 0.02
/** Longest name of an n-gram, in characters. */
const LONGEST_NAME = 40

const COLUMNS = TEXT_LABELS.length

interface Piece {
  cue: string
  /** What it adds to the lead of the first label over the second. */
  lead: number
  start: number
  end: number
}

/**
 * Divides the lead of one label over another among the n-grams, cues, shapes and numbers, strongest first. Each is
 * evidence for the label it speaks for, with a weight above 0. Before the weak ones are left out, weights for the
 * first label less those for the second are exactly the difference of their scores.
 */
export function explainLead(
  features: Features,
  model: IntentModel,
  excerpt: Excerpt,
  [first, second]: readonly [number, number],
): Evidence[] {
  const pieces = [
    ...fromNgrams(features, model, excerpt, first, second),
    ...fromCues(features, model, first, second),
    ...fromNumbers(features, model, excerpt, first, second),
  ]
  return pieces
    .filter(({ lead }) => Math.abs(lead) >= LEAST)
    .sort((a, b) => Math.abs(b.lead) - Math.abs(a.lead) || a.start - b.start || a.end - b.end)
    .slice(0, MOST)
    .map(({ cue, lead, start, end }) => ({
      label: TEXT_LABELS[lead > 0 ? first : second] ?? 'general',
      cue,
      weight: Math.abs(lead),
      start: placeInTurn(excerpt, start),
      end: placeInTurn(excerpt, end),
    }))
}

/** N-grams that stand at the same place count together. */
function fromNgrams(
  { ngrams }: Features,
  model: IntentModel,
  { text }: Excerpt,
  first: number,
  second: number,
): Piece[] {
  const share = ngramShare(ngrams.count, model)
  const byPlace = new Map<number, Piece>()
  for (let i = 0; i < ngrams.count; i++) {
    const row = (ngrams.buckets[i] ?? 0) * COLUMNS
    const lead = ((model.hashed[row + first] ?? 0) - (model.hashed[row + second] ?? 0)) * share
    if (lead === 0) continue
    const start = ngrams.starts[i] ?? 0
    const end = ngrams.ends[i] ?? 0
    const key = start * 65536 + end
    const known = byPlace.get(key)
    if (known === undefined) byPlace.set(key, { cue: '', lead, start, end })
    else known.lead += lead
  }
  for (const piece of byPlace.values()) piece.cue = nameOf(text.slice(piece.start, piece.end))
  return [...byPlace.values()]
}

function nameOf(text: string): string {
  const name = text.toLowerCase().replace(/\s+/g, ' ')
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`
}

/** Each cue has its share of what the sum of its kind contributes. */
function fromCues({ cues, dense }: Features, model: IntentModel, first: number, second: number): Piece[] {
  const sums = new Map<number, number>()
  for (const hit of cues) sums.set(DENSE.cue(hit), (sums.get(DENSE.cue(hit)) ?? 0) + hit.weight)
  return cues.map((hit) => {
    const at = DENSE.cue(hit)
    const part = hit.weight / (sums.get(at) ?? 1)
    return { cue: hit.cue.name, lead: part * leadOf(dense, model, at, first, second), start: hit.start, end: hit.end }
  })
}

function fromNumbers(
  { dense, shapes, words }: Features,
  model: IntentModel,
  { text }: Excerpt,
  first: number,
  second: number,
): Piece[] {
  const places = new Map(shapes.map(({ shape, start, end }) => [DENSE.shapes + shape, { start, end }]))
  const numbers = countNumbers(words)
  const pieces: Piece[] = []
  for (let at = 0; at < dense.length; at++) {
    if (DENSE.isCue(at)) continue
    const lead = leadOf(dense, model, at, first, second)
    if (lead === 0) continue
    const cue = DENSE_NAMES[at] ?? ''
    const isOutside = at === DENSE.prior || at >= DENSE.payload
    const isNumbers = at === DENSE.numbers || at === DENSE.numbers + 1
    const place = isOutside ? NOWHERE : isNumbers ? numbers : (places.get(at) ?? { start: 0, end: text.length })
    pieces.push({ cue, lead, start: place.start, end: place.end })
  }
  return pieces
}

const NOWHERE = { start: 0, end: 0 }

function leadOf(dense: Float64Array, model: IntentModel, at: number, first: number, second: number): number {
  return (dense[at] ?? 0) * ((model.dense[at * COLUMNS + first] ?? 0) - (model.dense[at * COLUMNS + second] ?? 0))
}
