import { isRecord } from '../lib/is-record.ts'
import { LOG_FORMAT, LOG_VERSION } from './record.ts'
import type { CatalogLine, DecisionLine, LogLine, ProfileLine } from './record.ts'

/** Lines that belong together by their hashes, and the version of sage that wrote the last header. */
export interface LogState {
  sage: string
  profiles: Map<string, ProfileLine>
  catalogs: Map<string, CatalogLine>
}

/** A parsed line as what it is, or in words why it is none. A line of a later version of the format is none. */
export function readLogLine(value: unknown): LogLine | string {
  if (!isRecord(value)) return 'it is no JSON object'
  const text = (name: string): boolean => typeof value[name] === 'string'
  switch (value['type']) {
    case 'log':
      if (value['format'] !== LOG_FORMAT || !text('sage')) return 'it is no decision log'
      return value['version'] === LOG_VERSION ? (value as unknown as LogLine) : 'it is in another version of the format'
    case 'profile':
      return text('hash') && text('file') && text('text') ? (value as unknown as LogLine) : 'a profile lacks its text'
    case 'catalog':
      return text('hash') && isListOf(value['models'], isModel)
        ? (value as unknown as LogLine)
        : 'a catalogue is malformed'
    case 'decision':
      return isDecision(value) ? (value as unknown as LogLine) : 'a decision is malformed'
    default:
      return 'its type is unknown'
  }
}

/** The profile and the catalogue that a decision refers to; undefined when the log does not have them. */
export function findInputs(
  line: DecisionLine,
  state: LogState,
): { profile: ProfileLine; catalog: CatalogLine } | undefined {
  const profile = state.profiles.get(line.profile)
  const catalog = state.catalogs.get(line.catalog)
  return profile === undefined || catalog === undefined ? undefined : { profile, catalog }
}

function isDecision(value: Record<string, unknown>): boolean {
  const { id, time, profile, catalog, facts, world, decision, outcome } = value
  return (
    [id, time, profile, catalog].every((each) => typeof each === 'string') &&
    isFacts(facts) &&
    isWorld(world) &&
    isRecord(decision) &&
    isListOf(decision['chain'], (each) => typeof each === 'string') &&
    isRecord(outcome)
  )
}

/** Types of the facts that every request has. */
const FACTS: readonly [type: 'string' | 'boolean' | 'number', names: readonly string[]][] = [
  ['string', ['model', 'dialect', 'client', 'json', 'thinking']],
  ['boolean', ['stream', 'inToolLoop', 'toolForced', 'vision', 'liveVision', 'documents']],
  ['number', ['tools', 'toolsBytes', 'inputTokens', 'maxOutputTokens']],
]

function isFacts(facts: unknown): boolean {
  if (!isRecord(facts)) return false
  const { intent, headers, texts } = facts
  return (
    FACTS.every(([type, names]) => names.every((name) => typeof facts[name] === type)) &&
    isRecord(intent) &&
    typeof intent['label'] === 'string' &&
    typeof intent['confidence'] === 'number' &&
    isListOf(intent['evidence'], isRecord) &&
    isMapOf(headers, (each) => typeof each === 'string') &&
    isMapOf(texts, isRecord)
  )
}

function isWorld(world: unknown): boolean {
  if (!isRecord(world) || typeof world['now'] !== 'number' || typeof world['seed'] !== 'number') return false
  const { health } = world
  return isRecord(health) && isMapOf(health['targets'], isRecord) && isMapOf(health['providers'], isRecord)
}

function isModel(model: unknown): boolean {
  return (
    isRecord(model) &&
    typeof model['provider'] === 'string' &&
    typeof model['id'] === 'string' &&
    isRecord(model['capabilities'])
  )
}

function isListOf(value: unknown, check: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check)
}

function isMapOf(value: unknown, check: (each: unknown) => boolean): boolean {
  return isRecord(value) && Object.values(value).every(check)
}
