import type { Facts, Intent } from '../policy/types.ts'
import type { Profile } from '../profile/types.ts'
import type { RecordedFacts, RecordedText, TextField } from './record.ts'

export interface RecordOptions {
  /** Stands for a text; the same for the same text. */
  hash(text: string): string
  /** Record the text of the last human turn too. */
  prompts: boolean
}

/** Longest text that is recorded, in UTF-16 units: what is behind it says little of the request. */
const LONGEST_TEXT = 65_536

/** What becomes of each fact. A new one does not compile before its place is decided here. */
const PLACES: Readonly<Record<keyof Facts, 'plain' | 'text' | 'intent' | 'headers'>> = {
  model: 'plain',
  stream: 'plain',
  turn: 'text',
  previousTurn: 'text',
  firstTurn: 'text',
  system: 'text',
  inToolLoop: 'plain',
  tools: 'plain',
  toolForced: 'plain',
  toolsBytes: 'plain',
  vision: 'plain',
  liveVision: 'plain',
  documents: 'plain',
  json: 'plain',
  thinking: 'plain',
  inputTokens: 'plain',
  maxOutputTokens: 'plain',
  session: 'text',
  dialect: 'plain',
  client: 'plain',
  headers: 'headers',
  tags: 'plain',
  overrides: 'plain',
  intent: 'intent',
}

/** Facts as a log holds them: what the decision depends on, with hashes for texts, and only the headers that rules name. */
export function recordFacts(facts: Facts, intent: Intent, profile: Profile, options: RecordOptions): RecordedFacts {
  const texts: Partial<Record<TextField, RecordedText>> = {}
  const rest: Partial<Record<keyof Facts, unknown>> = {}
  for (const [name, place] of Object.entries(PLACES) as [keyof Facts, string][]) {
    if (place === 'plain' && facts[name] !== undefined) rest[name] = facts[name]
    if (place !== 'text') continue
    const field = name as TextField
    if (facts[field] !== '') texts[field] = recordText(facts[field], options, field === 'turn')
  }
  return { ...rest, headers: namedHeaders(facts, profile), intent, texts } as RecordedFacts
}

/** Facts to decide on again. A text that was not recorded is empty, and the recorded intent stands for what it said. */
export function restoreFacts({ texts, ...rest }: RecordedFacts): Facts {
  const textOf = (field: TextField): string => texts[field]?.text ?? ''
  return {
    ...rest,
    turn: textOf('turn'),
    previousTurn: textOf('previousTurn'),
    firstTurn: textOf('firstTurn'),
    system: textOf('system'),
    session: textOf('session'),
  }
}

/** Lower-case names of the headers that some rule of the profile looks at. */
export function headersOfRules(profile: Profile): Set<string> {
  const conditions = profile.policies.flatMap(({ rules }) => rules.map(({ when }) => when.header ?? {}))
  return new Set(conditions.flatMap((header) => Object.keys(header).map((name) => name.toLowerCase())))
}

function namedHeaders(facts: Facts, profile: Profile): Record<string, string> {
  const named = headersOfRules(profile)
  return Object.fromEntries(Object.entries(facts.headers).filter(([name]) => named.has(name)))
}

function recordText(text: string, { hash, prompts }: RecordOptions, isPrompt: boolean): RecordedText {
  const kept = isPrompt && prompts ? { text: text.slice(0, LONGEST_TEXT) } : {}
  return { hash: hash(text), length: text.length, ...kept }
}
