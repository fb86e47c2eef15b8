/**
 * What the last human turn can ask for, as far as the program knows by itself. A profile may add names of its own.
 * The order settles equal scores: the earlier one wins.
 */
export const BUILT_IN_INTENTS = [
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
