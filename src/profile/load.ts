// The edge of this folder: the only file here that touches the disk.
import { constants, existsSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { SageError } from '../diagnostics/errors.ts'
import { MAX_BYTES } from './document.ts'

export const PROFILE_NAME = 'sage.yaml'

export interface ProfileLookup {
  /** Value of `--profile`. */
  flag?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  home: string
  /** As `process.platform`. */
  platform: string
}

export interface FoundProfile {
  /** Absolute path. */
  path: string
  /** What led there, for people: `--profile`, `SAGE_PROFILE`, … */
  why: string
}

/**
 * Finds the profile: `--profile`, then SAGE_PROFILE, then `sage.yaml` in the working directory or above it, then
 * `sage/sage.yaml` in the user's configuration directory. undefined when there is none.
 * Throws SAGE1001 when `--profile` or SAGE_PROFILE names a file that does not exist.
 */
export function findProfile({ flag, env, cwd, home, platform }: ProfileLookup): FoundProfile | undefined {
  if (flag !== undefined) return explicit(flag, cwd, '--profile')
  const variable = env['SAGE_PROFILE']
  if (variable !== undefined && variable !== '') return explicit(variable, cwd, 'SAGE_PROFILE')
  for (let directory = resolve(cwd); ; directory = dirname(directory)) {
    const path = join(directory, PROFILE_NAME)
    if (existsSync(path))
      return { path, why: directory === resolve(cwd) ? 'working directory' : 'above the working directory' }
    if (directory === dirname(directory)) break
  }
  const path = userProfilePath({ env, home, platform })
  return existsSync(path) ? { path, why: 'user configuration' } : undefined
}

/** Where the user's own profile is: `~/.config/sage/sage.yaml`, moved by XDG_CONFIG_HOME; below %APPDATA% on Windows. */
export function userProfilePath({ env, home, platform }: Pick<ProfileLookup, 'env' | 'home' | 'platform'>): string {
  // the XDG specification has relative paths ignored
  const given = env[platform === 'win32' ? 'APPDATA' : 'XDG_CONFIG_HOME']
  const usual = platform === 'win32' ? join(home, 'AppData', 'Roaming') : join(home, '.config')
  return join(given !== undefined && isAbsolute(given) ? given : usual, 'sage', PROFILE_NAME)
}

function explicit(given: string, cwd: string, why: string): FoundProfile {
  const path = resolve(cwd, given)
  if (given !== '' && existsSync(path)) return { path, why }
  throw new SageError('SAGE1001', `${why} names ${given === '' ? 'no file' : path}, which does not exist`, {
    exitCode: 2,
  })
}

/**
 * Reads the text of a profile, without byte order mark. Throws SAGE1001 when there is no such file, SAGE1003 when it is
 * larger than a profile may be, SAGE1002 when it is no readable text file. A pipe is refused, not waited for.
 */
export async function readProfile(path: string): Promise<string> {
  const bytes = await readRegularFile(path)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw unreadable(path, 'is in UTF-16', 'save it as UTF-8')
  }
  if (bytes.includes(0)) throw unreadable(path, 'has NUL bytes in it: it is not a text file')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw unreadable(path, 'is not in UTF-8', 'save it as UTF-8', error)
  }
}

async function readRegularFile(path: string): Promise<Buffer> {
  let file: FileHandle | undefined
  try {
    // without O_NONBLOCK, opening a FIFO waits for somebody to write; Windows has neither
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = await file.stat()
    if (stats.isDirectory())
      throw unreadable(path, 'is a directory', `name the file in it, such as ${join(path, PROFILE_NAME)}`)
    if (!stats.isFile()) throw unreadable(path, 'is not a regular file')
    if (stats.size > MAX_BYTES) throw new SageError('SAGE1003', `${path} is larger than 1 MiB`, { exitCode: 2 })
    return await file.readFile()
  } catch (error) {
    throw error instanceof SageError ? error : fromSystem(path, error)
  } finally {
    await file?.close()
  }
}

function fromSystem(path: string, error: unknown): SageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new SageError('SAGE1001', `${path} does not exist`, { exitCode: 2, cause: error })
    case 'EACCES':
    case 'EPERM':
      return unreadable(
        path,
        'may not be read by this user',
        'check the permissions of the file and its directories',
        error,
      )
    case 'ELOOP':
      return unreadable(path, 'is a symbolic link that leads back to itself', undefined, error)
    case 'EISDIR':
      return unreadable(path, 'is a directory', `name the file in it, such as ${join(path, PROFILE_NAME)}`, error)
    default:
      return unreadable(path, `cannot be read (${code})`, undefined, error)
  }
}

function unreadable(path: string, what: string, hint?: string, cause?: unknown): SageError {
  return new SageError('SAGE1002', `${path} ${what}`, { exitCode: 2, cause, ...(hint === undefined ? {} : { hint }) })
}
