import { resolve } from 'node:path'
import type { Check } from '../check.ts'
import { ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { secretFiles } from '../secret-files.ts'
import { quotePath } from '../shell.ts'
import type { World } from '../world.ts'

const PRIVATE = 0o600
/** Bits that let the group and others write. */
const OTHERS_WRITE = 0o022
/** Bits that let the group and others do anything. */
const OTHERS = 0o077

export const fileModes: Check = {
  id: 'file-modes',
  title: 'files with keys that others can read, and a profile that others can change',
  run: async (world) => {
    const { effects, platform, profile } = world
    // Windows has access lists instead, which its permission bits do not show.
    if (platform === 'win32') return []
    const found: Observation[] = []
    for (const path of secretFiles(world)) {
      const facts = await effects.files.stat(path)
      if (facts?.kind !== 'file' || (facts.mode & OTHERS) === 0) continue
      found.push(
        warning('file-readable', `${path} can be read by others (mode ${octal(facts.mode)})`, {
          means: 'other users of this machine can take the keys in it',
          fix: `chmod 600 ${quotePath(path, platform)}`,
          repair: { kind: 'mode', path, mode: PRIVATE },
        }),
      )
    }
    found.push(...(await readableLog(world)))
    const path = profile.found?.path
    const facts = path === undefined ? undefined : await effects.files.stat(path)
    if (path !== undefined && facts?.kind === 'file' && (facts.mode & OTHERS_WRITE) !== 0) {
      found.push(
        warning('file-writable', `${path} can be changed by others (mode ${octal(facts.mode)})`, {
          means: 'other users of this machine can send your prompts and keys wherever they like',
          fix: `chmod go-w ${quotePath(path, platform)}`,
          repair: { kind: 'mode', path, mode: facts.mode & ~OTHERS_WRITE },
        }),
      )
    }
    return found.length > 0 ? found : [ok('file-modes', 'files with keys are private')]
  },
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

/** The decision log tells who asked for what, and with prompts what was said. */
async function readableLog({ effects, platform, profile }: World): Promise<Observation[]> {
  const log = profile.profile?.serve.decision_log
  if (log === undefined) return []
  const path = resolve(profile.directory, log.path)
  const facts = await effects.files.stat(path)
  if (facts?.kind !== 'file' || (facts.mode & OTHERS) === 0) return []
  return [
    warning('log-readable', `${path} can be read by others (mode ${octal(facts.mode)})`, {
      means: `other users of this machine see every decision${log.prompts ? ', with the prompts' : ''}`,
      fix: `chmod 600 ${quotePath(path, platform)}`,
      repair: { kind: 'mode', path, mode: PRIVATE },
    }),
  ]
}
