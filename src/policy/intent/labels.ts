/** What the last human turn asks for. The order settles equal scores: the earlier label wins. */
export const INTENT_LABELS = [
  'vision',
  'translate',
  'summarize_extract',
  'code',
  'reasoning',
  'creative',
  'tools',
  'simple',
  'general',
] as const

export type IntentLabel = (typeof INTENT_LABELS)[number]
