import { execa } from 'execa'
import { UsageError } from '../diagnostics/errors.ts'
import { childEnv } from '../secrets/child-env.ts'
import type { Context } from './context.ts'

/** A revision of the repository that a folder belongs to. */
export interface Revision {
  folder: string
  /** Full name of the commit. */
  commit: string
}

/** Largest file that is read out of a repository, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024

/** Finds a revision by any name git knows. Throws `UsageError`: no git, no repository, no such revision. */
export async function findRevision(context: Context, folder: string, name: string): Promise<Revision> {
  const inside = await git(context, folder, ['rev-parse', '--is-inside-work-tree'])
  if (inside === undefined) {
    throw new UsageError(
      `--base ${name}: ${folder} is not in a git repository`,
      'name a file, or run it in a repository',
    )
  }
  const found = await git(context, folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
  if (found === undefined) {
    throw new UsageError(
      `--base ${name}: there is neither such a file nor such a revision`,
      'check its name; a shallow clone has to fetch it first (git fetch origin <branch>)',
    )
  }
  return { folder, commit: found.trim() }
}

/**
 * Text of a file in a revision, through links within the repository; undefined when it is not there. `path` is relative
 * to the repository, or to the folder when it begins with `./`.
 */
export async function readRevision(
  context: Context,
  { folder, commit }: Revision,
  path: string,
): Promise<string | undefined> {
  const answer = await git(context, folder, ['cat-file', '--batch-check', '--follow-symlinks'], `${commit}:${path}\n`)
  const [, object] = /^([0-9a-f]+) blob \d+$/m.exec(answer ?? '') ?? []
  return object === undefined ? undefined : git(context, folder, ['cat-file', 'blob', object])
}

/**
 * What a file of the folder was called in a revision that does not have it under its name, by what git takes for a
 * rename, relative to the repository; undefined when it is new.
 */
export async function findFormerPath(
  context: Context,
  { folder, commit }: Revision,
  name: string,
): Promise<string | undefined> {
  const prefix = await git(context, folder, ['rev-parse', '--show-prefix'])
  const options = ['--name-status', '--find-renames', '--diff-filter=R', '--no-relative', '--no-ext-diff', '-z']
  const renames = await git(context, folder, ['diff', ...options, commit, '--'])
  if (prefix === undefined || renames === undefined) return undefined
  // Each is a status, the former path and the present one.
  const parts = renames.split('\0')
  const present = prefix.replace(/\n$/, '') + name
  return parts[parts.findIndex((part, index) => index % 3 === 2 && part === present) - 1]
}

/** What git writes; undefined when it says no. Throws `UsageError` when there is no git. */
async function git(
  { env }: Context,
  cwd: string,
  args: readonly string[],
  input?: string,
): Promise<string | undefined> {
  // Variables of a hook point to its own repository and index.
  const { GIT_DIR: _, GIT_INDEX_FILE: __, GIT_WORK_TREE: ___, ...rest } = childEnv(env)
  const result = await execa('git', args, {
    cwd,
    env: { ...rest, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    maxBuffer: MAX_BYTES,
  })
  if (result.code === 'ENOENT')
    throw new UsageError('--base needs git for a revision, and it is not installed', 'name a file')
  return result.exitCode === 0 ? result.stdout : undefined
}
