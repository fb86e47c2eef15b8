import { dirname, relative } from 'node:path'
import { findProfile, readProfile } from '../profile/load.ts'
import type { Context } from './context.ts'

/** Name of a profile that is no file. */
export const BUILT_IN = '(built in)'

/** The text of a profile, and where it came from. */
export interface OpenedProfile {
  text: string
  /** What diagnostics and decisions call it: a path, or `BUILT_IN`. */
  name: string
  /** Absolute; absent for a profile that is no file. */
  path?: string
  /** What its `file:` references are relative to. */
  directory: string
  /** For people. */
  origin: string
}

/**
 * Reads the profile that applies, or builds one of what is found; with `known` it is the one at that path. Throws
 * `SageError`.
 */
export async function openProfile(
  { cwd, env, home, platform }: Pick<Context, 'cwd' | 'env' | 'home' | 'platform'>,
  flag: string | undefined,
  known?: string,
): Promise<OpenedProfile> {
  const found =
    known === undefined ? findProfile({ flag, env, cwd, home, platform }) : { path: known, why: 'as before' }
  if (found === undefined) {
    const { buildDefaultProfile } = await import('./default-profile.ts')
    const { text, origin } = await buildDefaultProfile(env)
    return { text, name: BUILT_IN, directory: cwd, origin }
  }
  const { path, why } = found
  const name = shorter(relative(cwd, path), path)
  return { text: await readProfile(path), name, path, directory: dirname(path), origin: `${name} (${why})` }
}

function shorter(a: string, b: string): string {
  return a !== '' && a.length < b.length ? a : b
}
