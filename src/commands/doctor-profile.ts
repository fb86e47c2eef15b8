import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { buildCatalog } from '../catalog/build.ts'
import { lockName } from '../catalog/lock/lock-name.ts'
import { readLock } from '../catalog/lock/read.ts'
import type { Lock } from '../catalog/lock/types.ts'
import { SageError } from '../diagnostics/errors.ts'
import type { ProfileState } from '../doctor/world.ts'
import { findProfile, PROFILE_NAME, readProfile, userProfilePath } from '../profile/load.ts'
import { parseProfile } from '../profile/parse.ts'
import { catalogSources } from '../providers/catalog-sources.ts'
import { resolveProviders } from '../providers/resolve.ts'
import { resolveReference } from '../secrets/resolve-reference.ts'
import type { Context } from './context.ts'
import { buildDefaultProfile } from './default-profile.ts'
import { discoverModels } from './discover-models.ts'
import { BUILT_IN } from './open-profile.ts'

const EMPTY = { models: [], byTarget: new Map() }

/** Finds and reads the profile as serve does, but goes on whatever is wrong with it. */
export async function examineProfile(
  context: Context,
  flag: string | undefined,
  isOffline: boolean,
): Promise<ProfileState> {
  const { cwd, env, home } = context
  const state: ProfileState = {
    places: profilePlaces(context, flag),
    name: BUILT_IN,
    directory: cwd,
    origin: 'none',
    text: '',
    diagnostics: [],
    providers: [],
    catalog: EMPTY,
    lookUp: (reference) =>
      resolveReference(reference, {
        env,
        home,
        readFile: (path) => readFileSync(resolve(state.directory, path), 'utf8'),
      }),
  }
  try {
    const found = findProfile({ ...context, flag })
    if (found === undefined) {
      const { text, origin } = await buildDefaultProfile(env, isOffline)
      Object.assign(state, { text, origin })
    } else {
      const near = relative(cwd, found.path)
      const name = near !== '' && near.length < found.path.length ? near : found.path
      const origin = `${name} (${found.why})`
      Object.assign(state, { found, name, origin, directory: dirname(found.path) })
      state.text = await readProfile(found.path)
    }
  } catch (error) {
    if (!(error instanceof SageError)) throw error
    const { code, message, hint } = error
    return { ...state, problem: { code, message, hint } }
  }
  return addModels(state, isOffline)
}

async function addModels(state: ProfileState, isOffline: boolean): Promise<ProfileState> {
  const { profile, diagnostics } = parseProfile(state.text, state.name)
  if (profile === undefined) return { ...state, diagnostics }
  const providers = resolveProviders(profile, (reference) => state.lookUp(reference).secret)
  const lock = state.found === undefined ? undefined : readSoundLock(lockName(state.found.path))
  const reachable = isOffline ? [] : providers
  const { discovered } = await discoverModels(profile, reachable, lock)
  return {
    ...state,
    diagnostics,
    profile,
    providers,
    catalog: buildCatalog(catalogSources(profile, providers, discovered)),
  }
}

/** A lock that is not sound is told by the check of it. */
function readSoundLock(path: string): Lock | undefined {
  try {
    return readLock(readFileSync(path, 'utf8'), path)
  } catch {
    return undefined
  }
}

/** Every place where a profile is looked for, in order. */
function profilePlaces({ cwd, env, home, platform }: Context, flag: string | undefined): string[] {
  const named = [flag, env['SAGE_PROFILE']].flatMap((path) =>
    path === undefined || path === '' ? [] : resolve(cwd, path),
  )
  const above: string[] = []
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    above.push(join(folder, PROFILE_NAME))
    if (folder === dirname(folder)) break
  }
  return [...new Set([...named, ...above, userProfilePath({ env, home, platform })])]
}
