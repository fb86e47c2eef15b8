import { dirname, join } from 'node:path'
import type { Check } from '../check.ts'
import { info, ok, warning } from '../finding.ts'
import { quotePath } from '../shell.ts'
import type { World } from '../world.ts'

/** Names that look like a profile and are not read. */
const MISNAMED = ['sage.yml', '.sage.yaml', '.sage.yml', 'sage.json']

export const otherProfiles: Check = {
  id: 'other-profiles',
  title: 'profiles that are there but not used',
  run: async (world) => {
    const { profile, platform, effects } = world
    const used = profile.found?.path
    const found = []
    for (const path of profile.places) {
      if (path === used || (await effects.files.stat(path)) === undefined) continue
      const means = `nothing in it applies: ${profile.found?.why ?? 'another one'} comes first`
      const fix = `remove one of them, or choose: sage serve --profile ${quotePath(path, platform)}`
      found.push(info('profile-shadowed', `${path} is not used`, { means, fix }))
    }
    for (const path of await misnamed(world)) {
      if (path === used) continue
      const means = 'a profile has to be called sage.yaml'
      const fix = `rename it to sage.yaml, or choose it: sage serve --profile ${quotePath(path, platform)}`
      found.push(warning('profile-misnamed', `${path} is not read`, { means, fix }))
    }
    return found.length > 0 ? found : [ok('other-profiles', 'there is no other profile')]
  },
}

async function misnamed({ profile, effects }: World): Promise<string[]> {
  const folders = [...new Set(profile.places.map((path) => dirname(path)))]
  const found: string[] = []
  for (const folder of folders) {
    for (const name of MISNAMED) {
      if ((await effects.files.stat(join(folder, name)))?.kind === 'file') found.push(join(folder, name))
    }
  }
  return found
}
