import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { lockName } from '../catalog/lock/lock-name.ts'
import { readLock } from '../catalog/lock/read.ts'
import { ProfileError, UsageError } from '../diagnostics/errors.ts'
import type { State } from '../explain/state.ts'
import { readProfile } from '../profile/load.ts'
import { parseProfile } from '../profile/parse.ts'
import type { Context } from './context.ts'
import { readEnvironment } from './environment.ts'
import { buildWorkspace } from './load-workspace.ts'
import { BUILT_IN } from './open-profile.ts'

/** What a profile is compared with. */
export interface Base {
  /** For people: a path, or `revision:path`. */
  name: string
  /** Absent when the profile is not in that revision: then it is new. */
  state?: State
  warnings: string[]
}

interface BaseFiles {
  name: string
  profile?: string
  lock?: string
  /** What `file:` references are relative to. */
  directory: string
}

/**
 * Reads the base: a file with a profile, a git revision, or `revision:path`; with the lock that lies beside it. Keys are
 * looked up in the same environment as for the profile itself. Throws `UsageError` or `ProfileError`.
 */
export async function openBase(
  context: Context,
  given: string,
  profile: string,
  options: { assumeKeys: boolean },
): Promise<Base> {
  const files = await readBase(context, given, profile)
  if (files.profile === undefined) return { name: files.name, warnings: [] }
  const { profile: parsed, diagnostics } = parseProfile(files.profile, files.name)
  if (parsed === undefined) throw new ProfileError(diagnostics, files.profile)
  const lock = files.lock === undefined ? undefined : readLock(files.lock, lockName(files.name))
  const { directory } = files
  const { catalog, health, warnings } = await buildWorkspace(context, parsed, {
    env: readEnvironment(context),
    directory,
    assumeKeys: options.assumeKeys,
    lock,
  })
  return { name: files.name, state: { profile: parsed, catalog, health }, warnings }
}

async function readBase(context: Context, given: string, profile: string): Promise<BaseFiles> {
  const path = resolve(context.cwd, given)
  if (existsSync(path) && statSync(path).isFile()) return readFiles(given, path)
  if (profile === BUILT_IN) {
    throw new UsageError(
      '--base compares with another state of the profile, and there is no profile',
      'name one with --profile',
    )
  }
  return readRevisionFiles(context, given, resolve(context.cwd, profile))
}

/** `own` is the profile that is compared with the base, absolute. */
async function readRevisionFiles(context: Context, given: string, own: string): Promise<BaseFiles> {
  const directory = dirname(own)
  const { rev, path: file } = splitRevision(given)
  const git = await import('./explain-git.ts')
  const revision = await git.findRevision(context, directory, rev)
  const usual = `./${basename(own)}`
  let path = file ?? usual
  let text = await git.readRevision(context, revision, path)
  if (text === undefined && file !== undefined) {
    throw new UsageError(
      `--base ${given}: there is no such file in that revision`,
      'the path is relative to the repository, or to the folder of the profile when it begins with ./',
    )
  }
  if (text === undefined) {
    // A profile that has only been moved is not a new one: its changes would go unseen.
    path = (await git.findFormerPath(context, revision, basename(own))) ?? usual
    text = path === usual ? undefined : await git.readRevision(context, revision, path)
  }
  const lock = await git.readRevision(context, revision, lockName(path))
  return {
    name: `${rev}:${path === usual && file === undefined ? relative(context.cwd, own).replaceAll('\\', '/') : path}`,
    directory,
    ...(text === undefined ? {} : { profile: text }),
    ...(lock === undefined ? {} : { lock }),
  }
}

/** Parts of `revision:path`. A colon in braces is part of the revision: `main@{2026-03-01 12:00}`. */
function splitRevision(given: string): { rev: string; path?: string } {
  const [, rev = '', path] = /^((?:\{[^}]*\}|[^:])*)(?::(.*))?$/s.exec(given) ?? []
  if (rev === '') {
    throw new UsageError(`--base ${given}: there is no revision`, 'name a revision, revision:path, or a file')
  }
  return { rev, ...(path === undefined ? {} : { path }) }
}

async function readFiles(given: string, path: string): Promise<BaseFiles> {
  const lock = lockName(path)
  return {
    name: given.replaceAll('\\', '/'),
    profile: await readProfile(path),
    directory: dirname(path),
    ...(existsSync(lock) ? { lock: readFileSync(lock, 'utf8') } : {}),
  }
}
