import type { ErrorObject } from 'ajv'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { byPosition, hasErrors } from '../diagnostics/diagnostic.ts'
import { readYaml } from './document.ts'
import { lintProfile } from './lint.ts'
import type { Locator } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { toDiagnostic } from './mistake.ts'
import { normalizeProfile } from './normalize.ts'
import { fromSchemaErrors } from './schema-errors.ts'
import type { Profile } from './types.ts'
import { validate } from './validate.generated.js'
import type { YamlProblem } from './yaml-problem.ts'

export interface ParsedProfile {
  /** Absent when there is an error among the diagnostics. */
  profile?: Profile
  /** All mistakes, in the order of the source. */
  diagnostics: Diagnostic[]
}

/**
 * Reads a profile: YAML, then the schema, then what no schema can say (references, URLs, credentials). Reports every
 * mistake it finds. `file` is only a name for the diagnostics. Never throws on account of the text.
 */
export function parseProfile(text: string, file: string): ParsedProfile {
  const { data, locator, problems } = readYaml(text.replace(/^\uFEFF/, ''), file)
  if (problems.length > 0) return { diagnostics: problems.map((one) => fromProblem(one, locator)).sort(byPosition) }
  const valid = validate(data)
  const schemaMistakes = valid ? [] : fromSchemaErrors(validate.errors ?? [], (path) => locator.written(path))
  const lint = isWorthLinting(validate.errors) ? lintProfile(data) : []
  const mistakes = [...schemaMistakes, ...withoutThose(lint, schemaMistakes)]
  const diagnostics = unique(mistakes.map((mistake) => toDiagnostic(mistake, locator)).sort(byPosition))
  if (!valid || hasErrors(diagnostics)) return { diagnostics }
  return { profile: normalizeProfile(data, locator), diagnostics }
}

/** Another version has other rules, and a profile beyond the limits of the schema is not worth the time. */
function isWorthLinting(errors: readonly ErrorObject[] | null | undefined): boolean {
  return !errors?.some(
    ({ keyword, instancePath }) => instancePath === '/version' || keyword === 'maxItems' || keyword === 'maxProperties',
  )
}

/** Where a value is malformed, what else may be said of it is noise. */
function withoutThose(mistakes: readonly Mistake[], malformed: readonly Mistake[]): Mistake[] {
  const places = new Set(malformed.map(placeOf))
  return mistakes.filter((mistake) => !places.has(placeOf(mistake)))
}

function placeOf({ path, on }: Mistake): string {
  return JSON.stringify([on, ...path.map(String)])
}

function fromProblem({ code, message, hint, start, end }: YamlProblem, locator: Locator): Diagnostic {
  const { line, column, endLine, endColumn } = locator.between(start, end)
  const place = { line, column, endColumn, ...(endLine === line ? {} : { endLine }) }
  return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }), file: locator.file, ...place }
}

/** Drops repetitions: an alias may be used in many places. */
function unique(sorted: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return sorted.filter(({ line, column, code, message }) => {
    const id = `${line}:${column}:${code}:${message}`
    return !seen.has(id) && seen.add(id)
  })
}
