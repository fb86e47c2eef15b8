import { join, resolve } from 'node:path'
import type { World } from './world.ts'

/** Files that hold keys or the token: `.env`, and what `file:` references lead to. Absolute paths, each once. */
export function secretFiles({ cwd, home, profile }: World): string[] {
  const { providers = [], serve } = profile.profile ?? {}
  const references = [...providers.flatMap(({ keys }) => keys), serve?.token ?? '']
  const named = references
    .filter((reference) => reference.startsWith('file:'))
    .map((reference) => reference.slice('file:'.length))
    .map((path) => (/^~[\\/]/.test(path) ? join(home, path.slice(2)) : resolve(profile.directory, path)))
  return [...new Set([join(cwd, '.env'), ...named])]
}
