import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { SageError, UsageError } from '../diagnostics/errors.ts'
import type { Case } from '../explain/cases/case.ts'
import { toDiagnostic } from '../explain/cases/mistakes.ts'
import type { Asked } from '../explain/diff/diff.ts'
import type { State } from '../explain/state.ts'
import { isClientMistake } from '../gateway/read-request.ts'
import { JsonOutline } from '../lib/json-outline.ts'
import type { DialectId } from '../dialects/types.ts'
import type { Facts } from '../policy/types.ts'
import { findRoute } from '../server/routes.ts'
import type { Context } from './context.ts'
import { detectDialect } from './detect-dialect.ts'
import type { ExplainInput } from './explain-input.ts'
import { decodeText, readInput, readInputFile, wrapPrompt } from './explain-input.ts'
import { readFacts, requestId } from './explain-request.ts'
import type { Defaults } from './explain-world.ts'
import { readAffinity, readWall } from './explain-world.ts'
import { readHealth } from './read-health.ts'

/** A case together with the question that it asks. */
export interface AskedCase extends Asked {
  expect: Case['expect']
}

/**
 * Turns cases into questions as the server would have received them, one at a time: of ten thousand requests only the
 * one that is decided is held. Mistakes are added to the diagnostics as they are met.
 */
export function* askCases(
  context: Context,
  state: State,
  cases: readonly Case[],
  defaults: Defaults,
  diagnostics: Diagnostic[],
): Generator<AskedCase> {
  for (const one of cases) {
    try {
      yield askCase(context, state, one, defaults)
    } catch (error) {
      if (!(error instanceof SageError) && !isClientMistake(error)) throw error
      const { message } = error
      const hint = error instanceof SageError ? { hint: error.hint } : {}
      diagnostics.push(toDiagnostic({ code: 'SAGE2004', path: '', message, ...hint }, one.place))
    }
  }
}

function askCase(context: Context, state: State, one: Case, defaults: Defaults): AskedCase {
  const { place, expect } = one
  const headers = one.headers === undefined ? defaults.headers : { ...defaults.headers, ...one.headers }
  const facts = readFacts(toInput(context, one, defaults), { headers, model: defaults.model ?? one.model })
  const asked = askFacts(state, facts.model === '' ? { ...facts, model: 'auto' } : facts, one, defaults)
  return { place, expect, ...asked }
}

/** A question about facts that are already read. */
export function askFacts(
  state: State,
  facts: Facts,
  one: Pick<Case, 'now' | 'wall' | 'seed' | 'affinity' | 'health'> & { id?: string; place?: Case['place'] },
  defaults: Defaults,
): Asked {
  const now = one.now ?? defaults.now
  const wall = one.wall === undefined ? defaults.wall : readWall(one.wall, state.profile)
  const affinity = one.affinity ?? defaults.affinity
  const file = one.place === undefined ? 'health' : `${one.place.file}:${one.place.line}`
  const health = one.health === undefined ? defaults.health : readHealth(JSON.stringify(one.health), file, now)
  const world = {
    now,
    seed: one.seed ?? defaults.seed,
    ...(wall === undefined ? {} : { wall }),
    ...(affinity === undefined ? {} : { affinity: readAffinity(affinity, state, facts.model) }),
  }
  const id =
    one.id !== undefined && one.id !== '' ? one.id : requestId(facts, { ...world, health: health ?? state.health })
  return { id, question: { facts, world, ...(health === undefined ? {} : { health }) } }
}

/**
 * Whether a file is below the folder of the cases or the current one, links followed: cases come with pull requests, and
 * reports quote what they name. A path that leads nowhere is for the reader to complain of.
 */
function isWithin({ cwd }: Context, path: string, folder: string): boolean {
  try {
    const file = realpathSync(resolve(cwd, path))
    return [cwd, resolve(cwd, folder)].some((root) => {
      const way = relative(realpathSync(root), file)
      return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
    })
  } catch {
    return true
  }
}

/** The bytes of the request, and their dialect. Throws `UsageError` when no dialect has such a body. */
function toInput(context: Context, { request, dialect: own, place, model }: Case, defaults: Defaults): ExplainInput {
  const dialect = own ?? defaults.dialect
  const options = { ...(dialect === undefined ? {} : { dialect }), ...(model === undefined ? {} : { model }) }
  switch (request.kind) {
    case 'prompt':
      return request.tools === undefined
        ? wrapPrompt(request.prompt, options)
        : withTools(wrapPrompt(request.prompt, options), request.tools, dialect)
    case 'file': {
      const path = join(dirname(place.file), request.path)
      if (!isWithin(context, path, dirname(place.file))) {
        throw new UsageError(
          `${request.path} is outside the folder`,
          'a case names files below its own or the current folder',
        )
      }
      return readInput(decodeText(readInputFile(context, path)), options)
    }
    case 'body':
      return readBody(request.text, request.path, dialect)
  }
}

function withTools({ body, dialect }: ExplainInput, tools: unknown[], given: DialectId | undefined): ExplainInput {
  const withThem = Buffer.from(JSON.stringify({ ...(JSON.parse(body.toString()) as object), tools }))
  const outline = new JsonOutline(withThem)
  return { body: withThem, outline, dialect: given ?? detectDialect(outline) ?? dialect }
}

function readBody(text: string, path: string | undefined, given: DialectId | undefined): ExplainInput {
  const body = Buffer.from(text)
  const route = path === undefined ? undefined : findRoute(path)
  if (given === undefined && (route?.type === 'chat' || route?.type === 'count_tokens')) {
    return { body, dialect: route.dialect, ...(route.hints === undefined ? {} : { hints: route.hints }) }
  }
  if (given !== undefined) return { body, dialect: given }
  const outline = new JsonOutline(body)
  const dialect = detectDialect(outline) ?? (outline.span('input') === undefined ? undefined : 'openai-responses')
  if (dialect === undefined) throw new UsageError('no dialect has such a request', 'name its dialect with `dialect`')
  return { body, outline, dialect }
}
