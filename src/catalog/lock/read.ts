import { parseDocument } from 'yaml'
import { SageError } from '../../diagnostics/errors.ts'
import { readLines } from './read-lines.ts'
import { FACT_NAMES } from './types.ts'
import type { Fact, FactName, Lock, LockedModel, LockedProvider } from './types.ts'
import type { LockDocument } from './types.generated.ts'
import { validate } from './validate.generated.js'

/** Largest lock read, in characters: some 40,000 models. */
const MAX_LENGTH = 32 * 1024 * 1024

/**
 * Reads a lock file. `file` is what errors call it.
 * Throws SAGE1040 when it is no sound lock, with the first thing that is wrong.
 */
export function readLock(text: string, file: string = 'sage.lock.yaml'): Lock {
  if (text.length > MAX_LENGTH) throw unsound(`${file}: larger than ${MAX_LENGTH} characters`)
  const plain = text.replace(/^\uFEFF/, '')
  const data: unknown = readLines(plain) ?? readYaml(plain, file)
  if (!validate(data)) {
    const [error] = validate.errors ?? []
    throw unsound(`${file}: ${error?.instancePath || '/'} ${error?.message ?? 'is wrong'}`)
  }
  return { providers: mapValues(data.providers, toProvider) }
}

/** A lock that somebody has edited or reformatted. */
function readYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true, merge: false, logLevel: 'silent' })
  const [problem] = document.errors
  if (problem !== undefined) throw unsound(`${file}:${problem.linePos?.[0].line ?? 1}: ${firstLine(problem.message)}`)
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    // an alias, or an object that is no JSON
    throw unsound(`${file}: ${firstLine(error instanceof Error ? error.message : String(error))}`)
  }
}

type WrittenProvider = LockDocument['providers'][string]
type WrittenModel = WrittenProvider['models'][string]

function toProvider({ kind, base_url, models }: WrittenProvider): LockedProvider {
  return { kind, baseUrl: base_url, models: mapValues(models, toModel) }
}

function toModel(written: WrittenModel): LockedModel {
  const facts = FACT_NAMES.flatMap((name) => {
    const fact = written[name]
    return fact === undefined ? [] : [[name, toFact(name, { ...fact })] as const]
  })
  // The schema has checked each fact's value.
  return { since: written.since, ...(Object.fromEntries(facts) as Omit<LockedModel, 'since'>) }
}

/** In the file, the parts of a price and of the capabilities stand beside `from` and `date`. */
function toFact(name: FactName, { from, date, ...rest }: Record<string, unknown>): Fact<unknown> {
  const value = name === 'price' || name === 'capabilities' ? rest : rest['value']
  return { value, from: String(from), date: String(date) }
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Map<string, To> {
  return new Map(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

function unsound(message: string): SageError {
  return new SageError('SAGE1040', message, { exitCode: 2 })
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
