import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Catalog } from '../catalog/types.ts'
import { SageError } from '../diagnostics/errors.ts'
import { findInputs, readLogLine } from '../explain/read-record.ts'
import type { LogState } from '../explain/read-record.ts'
import type { CatalogLine, DecisionLine, ProfileLine } from '../explain/record.ts'
import { restoreCatalog } from '../explain/replay.ts'
import { parseProfile } from '../profile/parse.ts'
import type { Profile } from '../profile/types.ts'
import { codeOf } from '../lib/error-code.ts'

/** A decision of a log with what it was made from. */
export interface LoggedDecision {
  line: DecisionLine
  /** Line of the file, from 1. */
  number: number
  profile: Profile
  catalog: Catalog
  /** Version of sage that wrote it. */
  sage: string
}

/** Most places of unreadable decisions that a warning names. */
const MOST = 3

/**
 * Reads the decisions of a log one by one. A line that was cut short, as by a crash, is told of and skipped; so are
 * decisions whose profile or catalogue was in such a line, all together at the end.
 * Throws `SageError` when the file cannot be read or is something else.
 */
export async function* readDecisionLog(path: string, warn: (message: string) => void): AsyncGenerator<LoggedDecision> {
  const state: LogState = { sage: '', profiles: new Map(), catalogs: new Map() }
  const profiles = new Map<ProfileLine, Profile>()
  const catalogs = new Map<CatalogLine, Catalog>()
  /** Lines of decisions that cannot be made again. */
  const orphans: number[] = []
  let number = 0
  for await (const text of linesOf(path)) {
    number++
    const parsed = parseLine(number === 1 ? text.replace(/^\uFEFF/, '') : text)
    if (parsed === undefined && number > 1) {
      warn(`${path}:${number}: the line is cut short and is left out`)
      continue
    }
    const line = readLogLine(parsed)
    if (typeof line === 'string') throw noLog(path, number, line)
    if (number === 1 && line.type !== 'log') throw noLog(path, number, 'it has no header')
    if (line.type === 'log') state.sage = line.sage
    else if (line.type === 'profile') state.profiles.set(line.hash, line)
    else if (line.type === 'catalog') state.catalogs.set(line.hash, line)
    else {
      const inputs = findInputs(line, state)
      if (inputs === undefined) {
        orphans.push(number)
        continue
      }
      const profile = remember(profiles, inputs.profile, (each) => parse(each, path, number))
      const catalog = remember(catalogs, inputs.catalog, ({ models }) => restoreCatalog(models))
      yield { line, number, profile, catalog, sage: state.sage }
    }
  }
  if (number === 0) throw noLog(path, 1, 'the file is empty')
  if (orphans.length > 0) warn(`${path}: ${leftOut(orphans)}`)
}

function leftOut(lines: readonly number[]): string {
  const places = lines.slice(0, MOST).join(', ') + (lines.length > MOST ? ', …' : '')
  const what = lines.length === 1 ? '1 decision is' : `${lines.length} decisions are`
  return `${what} left out, as the profile or the catalogue is not in the file (line ${places})`
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path)
  try {
    yield* createInterface({ input, crlfDelay: Infinity })
  } catch (error) {
    throw new SageError('SAGE4004', `cannot read ${path} (${codeOf(error)})`, { cause: error })
  } finally {
    input.destroy()
  }
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function remember<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make(key)
  known.set(key, made)
  return made
}

function parse({ text, file }: ProfileLine, path: string, number: number): Profile {
  const { profile, diagnostics } = parseProfile(text, file)
  if (profile !== undefined) return profile
  throw noLog(path, number, `its profile is none for this version of sage: ${diagnostics[0]?.message ?? ''}`)
}

function noLog(path: string, number: number, why: string): SageError {
  return new SageError('SAGE4011', `${path}:${number}: ${why}`, { exitCode: 2 })
}
