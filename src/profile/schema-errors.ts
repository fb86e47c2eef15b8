// Turns what the validator says into mistakes with a place, in words for people.
import type { ErrorObject } from 'ajv'
import { didYouMean } from '../diagnostics/suggest.ts'
import { keyHint } from './key-hints.ts'
import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { foundName, typeHint, typeName } from './type-words.ts'

/** The keywords of a schema that messages are made from. */
interface SchemaPart {
  properties?: Record<string, unknown>
  patternErrorMessage?: string
  enum?: readonly unknown[]
}

/** Errors about a part that only sum up others. */
const SUMMARIES = new Set(['if', 'propertyNames'])
const REFERENCE_HINT = 'put it into an environment variable or a file and write `env:NAME` or `file:path`'

export function fromSchemaErrors(errors: readonly ErrorObject[], written: (path: Path) => string): Mistake[] {
  const foreign = errors.find(({ instancePath, data }) => instancePath === '/version' && typeof data === 'number')
  if (foreign !== undefined) return [wrongVersion(foreign)]
  return errors.flatMap((error) => fromError(error, written) ?? [])
}

function fromError(error: ErrorObject, written: (path: Path) => string): Mistake | undefined {
  const path = parsePointer(error.instancePath)
  const schema = (error.parentSchema ?? {}) as SchemaPart
  const { keyword, params } = error
  // one branch of a choice; the choice itself reports
  if (SUMMARIES.has(keyword) || (keyword === 'required' && error.schemaPath.includes('/anyOf/'))) return undefined
  if (path.length === 1 && path[0] === 'version' && keyword === 'const') return wrongVersion(error)
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(path, String(params['additionalProperty']), schema)
    case 'required':
      return missingKey(path, String(params['missingProperty']))
    case 'type':
      return wrongType(path, error, written)
    case 'pattern':
      return error.propertyName === undefined ? wrongText(path, error, schema) : wrongName(path, error, schema)
    case 'false schema':
      return excluded(path)
    case 'anyOf':
      return mistake(
        path,
        'key',
        'SAGE1012',
        'an openai-compatible provider needs `preset` or `base_url`',
        'add one of the two',
      )
    case 'enum': {
      const accepted = (schema.enum ?? []).map(String)
      const near = typeof error.data === 'string' ? didYouMean(error.data, accepted) : undefined
      return mistake(path, 'value', 'SAGE1014', `${label(path)} must be one of ${accepted.join(', ')}`, near)
    }
    default:
      return mistake(path, 'value', 'SAGE1014', `${label(path)} ${bound(error)}`)
  }
}

function unknownKey(path: Path, key: string, schema: SchemaPart): Mistake {
  const known = Object.keys(schema.properties ?? {})
  const where = path.length === 0 ? '' : ` in ${label(path)}`
  const hint = keyHint(key, known) ?? didYouMean(key, known) ?? `known keys: ${known.join(', ')}`
  return mistake([...path, key], 'key', 'SAGE1011', `unknown key "${shorten(key)}"${where}`, hint)
}

function missingKey(path: Path, key: string): Mistake {
  const where = path.length === 0 ? 'the profile' : label(path)
  const hint = key === 'version' ? 'add `version: 1` as the first line' : `add \`${key}:\``
  return mistake(path, 'key', 'SAGE1012', `${where} has no \`${key}\``, hint)
}

function wrongType(path: Path, error: ErrorObject, written: (path: Path) => string): Mistake {
  const expected = [error.params['type'] as string | string[]].flat()
  if (path.length === 0) {
    const message = `the profile must be a map, this is ${foundName(error.data)}`
    return mistake(
      path,
      'value',
      'SAGE1013',
      message,
      'start with `version: 1` and `providers:`, or from a ready profile (see `sage help profile`)',
    )
  }
  if (isReference(error) && error.data !== null) return badReference(path, REFERENCE_HINT)
  const message = `${label(path)} must be ${expected.map(typeName).join(' or ')}, this is ${foundName(error.data)}`
  const hint = typeHint(expected, error.data, written(path))
  return mistake(path, 'value', 'SAGE1013', message, hint)
}

function wrongText(path: Path, error: ErrorObject, schema: SchemaPart): Mistake {
  if (isReference(error)) return badReference(path, referenceHint(String(error.data)))
  return mistake(path, 'value', 'SAGE1014', `${label(path)} must be ${schema.patternErrorMessage}`)
}

function badReference(path: Path, hint: string): Mistake {
  return {
    ...mistake(path, 'value', 'SAGE1031', `${label(path)} must be \`env:NAME\` or \`file:path\``, hint),
    secret: true,
  }
}

/** A name of a variable may be repeated; anything else may be the credential itself. */
function referenceHint(text: string): string {
  const name =
    /^\$\{?([A-Za-z_]\w*)\}?$/.exec(text)?.[1] ??
    /^[A-Z][A-Z0-9]*_(?:[A-Z0-9_]+_)?(?:KEY|TOKEN|SECRET)$/.exec(text)?.[0]
  return name === undefined ? REFERENCE_HINT : `write \`env:${name}\``
}

function wrongName(path: Path, error: ErrorObject, schema: SchemaPart): Mistake {
  const name = error.propertyName ?? ''
  return mistake(
    [...path, name],
    'key',
    'SAGE1014',
    `the name "${shorten(name)}" must be ${schema.patternErrorMessage}`,
  )
}

function excluded(path: Path): Mistake {
  const message =
    path.at(-1) === 'preset'
      ? '`preset` goes with `kind: openai-compatible` only'
      : '`key` and `keys` exclude each other'
  return mistake(path, 'key', 'SAGE1015', message)
}

function wrongVersion({ data }: ErrorObject): Mistake {
  const newer = typeof data === 'number' && data > 1
  const message = newer ? 'this profile was written for a newer sage' : 'the version of a profile is 1'
  const hint = newer
    ? 'update sage, or rewrite the profile as `version: 1`'
    : 'write `version: 1` and check what else is reported'
  return mistake(['version'], 'value', 'SAGE1010', message, hint)
}

function bound({ keyword, params }: ErrorObject): string {
  const limit = String(params['limit'])
  switch (keyword) {
    case 'minimum':
      return `must be at least ${limit}`
    case 'maximum':
      return `must be at most ${limit}`
    case 'minItems':
    case 'minProperties':
      return 'must not be empty'
    default:
      return `must not have more than ${limit} entries`
  }
}

function isReference({ schemaPath }: ErrorObject): boolean {
  return schemaPath.startsWith('#/$defs/reference/')
}

/** The last name on the path, with the index if it is a list item: `port`, `models[2]`. */
function label(path: Path): string {
  const index = path.findLastIndex((step) => !/^\d+$/.test(String(step)))
  const rest = path.slice(index + 1).map((step) => `[${step}]`)
  return `\`${shorten(String(path[index] ?? ''))}${rest.join('')}\``
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

function parsePointer(pointer: string): (string | number)[] {
  const steps = pointer.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
