/** What a model's name tells of its rules. */
export interface Generation {
  /** 2.5, 3, 3.1 …; Infinity for `-latest` names, 0 for models that are no Gemini. */
  version: number
  tier: 'pro' | 'flash' | 'flash-lite' | 'other'
}

const VERSION = /gemini-(\d+(?:\.\d+)?)/
const LATEST = /gemini-(?:pro|flash|flash-lite)-latest/

/** Reads generation and tier from a model id such as `gemini-2.5-flash-lite` or `models/gemini-3-pro-preview`. */
export function generationOf(model: string): Generation {
  const version = VERSION.exec(model)?.[1]
  return {
    version: version === undefined ? (LATEST.test(model) ? Infinity : 0) : Number(version),
    tier: /flash-lite/.test(model)
      ? 'flash-lite'
      : /flash/.test(model)
        ? 'flash'
        : /-pro\b/.test(model)
          ? 'pro'
          : 'other',
  }
}
