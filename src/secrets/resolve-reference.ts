import { join } from 'node:path'
import { Secret } from './secret.ts'

/** Where references are looked up. Nothing here is read from the process. */
export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>
  /** Reads a text file; throws when it cannot. */
  readFile: (path: string) => string
  /** Home directory, for `file:~/…`. */
  home: string
}

/** The secret, or the reason in words why there is none; the reason never holds the value. */
export type Resolved = { secret: Secret; problem?: undefined } | { secret?: undefined; problem: string }

/**
 * Looks up `env:NAME` or `file:path`. Space around the value is dropped; an empty value counts as missing.
 * Never throws: a file that cannot be read is a problem like any other.
 */
export function resolveReference(reference: string, sources: SecretSources): Resolved {
  if (reference.startsWith('env:')) {
    const name = reference.slice(4)
    const value = Object.hasOwn(sources.env, name) ? sources.env[name] : undefined
    if (value === undefined) return { problem: `environment variable ${name} is not set` }
    return check(value, reference, `environment variable ${name}`)
  }
  if (reference.startsWith('file:')) {
    const path = expandHome(reference.slice(5), sources.home)
    let text: string
    try {
      text = sources.readFile(path)
    } catch (error) {
      return { problem: `file ${path} cannot be read${errorCode(error)}` }
    }
    return check(text, reference, `file ${path}`)
  }
  return { problem: 'a key must be given as env:NAME or file:path' }
}

/** A key goes into an HTTP header, so a line break or another control character inside it is a mistake. */
function check(text: string, reference: string, what: string): Resolved {
  const value = text.trim()
  if (value === '') return { problem: `${what} is empty` }
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(value)) return { problem: `${what} holds more than one line or a control character` }
  return { secret: new Secret(value, reference) }
}

function expandHome(path: string, home: string): string {
  return path === '~' || /^~[\\/]/.test(path) ? join(home, path.slice(2)) : path
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
}
