import { BUILT_IN_INTENTS } from '../../profile/intent-names.ts'

export const INTENT_LABELS: typeof BUILT_IN_INTENTS = BUILT_IN_INTENTS

export type IntentLabel = (typeof INTENT_LABELS)[number]

/** The labels that a text can have by itself, in the order of the model's columns: all but `vision`. */
export const TEXT_LABELS: readonly IntentLabel[] = INTENT_LABELS.filter((label) => label !== 'vision')

/** Place of a label in `TEXT_LABELS`; -1 when it is none of them. */
export function columnOf(label: string): number {
  return TEXT_LABELS.findIndex((known) => known === label)
}
