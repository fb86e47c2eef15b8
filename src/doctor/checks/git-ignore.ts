import { basename, dirname, join } from 'node:path'
import type { Check } from '../check.ts'
import { error, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { secretFiles } from '../secret-files.ts'
import { quotePath } from '../shell.ts'
import type { World } from '../world.ts'

export const gitIgnore: Check = {
  id: 'git-ignore',
  title: 'files with keys that git could publish',
  run: async (world) => {
    const found: Observation[] = []
    let kept = 0
    for (const path of secretFiles(world)) {
      if ((await world.effects.files.stat(path))?.kind !== 'file') continue
      const state = await ask(world, path)
      if (state === 'tracked') found.push(tracked(world, path))
      if (state === 'open') found.push(open(path))
      if (state === 'ignored') kept++
    }
    return found.length === 0 && kept > 0 ? [ok('git-ignore', 'git ignores the files with keys')] : found
  },
}

/** undefined when it is in no repository, or there is no git. */
async function ask({ effects }: World, path: string): Promise<'tracked' | 'ignored' | 'open' | undefined> {
  const git = (...args: string[]): ReturnType<typeof effects.run> => effects.run('git', ['-C', dirname(path), ...args])
  const inside = await git('rev-parse', '--is-inside-work-tree')
  if (inside?.code !== 0) return undefined
  const listed = await git('ls-files', '--error-unmatch', '--', basename(path))
  if (listed?.code === 0) return 'tracked'
  const ignored = await git('check-ignore', '--quiet', '--', basename(path))
  return ignored?.code === 0 ? 'ignored' : 'open'
}

function tracked({ platform }: World, path: string): Observation {
  return error('git-tracked', `${path} is in git`, {
    means: 'whoever has the repository, now or later, has the keys in it',
    fix: `git rm --cached ${quotePath(path, platform)}, ignore it, and replace the keys at their providers`,
  })
}

function open(path: string): Observation {
  const name = basename(path)
  return warning('git-open', `git does not ignore ${path}`, {
    means: 'the next `git add .` publishes the keys in it',
    fix: `add ${name} to ${join(dirname(path), '.gitignore')}`,
    repair: { kind: 'line', path: join(dirname(path), '.gitignore'), line: name },
  })
}
