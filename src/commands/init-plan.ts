import { dirname } from 'node:path'
import { ProfileError, SageError, UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { reachableHost } from '../doctor/reachable-host.ts'
import { refuseSecrets } from '../init/guard.ts'
import type { Merged } from '../init/merge/merged.ts'
import { planClient, planFile, planIgnore } from '../init/plan.ts'
import type { PlannedFile, Roots } from '../init/plan.ts'
import { addProviders, newProfile, selectFound } from '../init/propose.ts'
import { valuesFor } from '../init/render.ts'
import type { Values } from '../init/render.ts'
import { parseProfile } from '../profile/parse.ts'
import type { Profile } from '../profile/types.ts'
import type { Surroundings } from '../init/look.ts'
import type { Choices } from './init-choices.ts'

/** What clients are told, in tokens, where nothing says that less fits. */
const CONTEXT = 128_000

export interface Plan {
  /** The profile comes first. */
  files: PlannedFile[]
  profile: Profile
  values: Values
}

export interface PlanRequest {
  /** Where the profile is, or is to be: absolute. */
  path: string
  roots: Roots
  around: Surroundings
  choices: Choices
  /** Write a new profile whatever is there. */
  force: boolean
  policy: string | undefined
  /** Keys of the environment: no file may get one. */
  secrets: readonly string[]
}

/** Plans all files. Throws `ProfileError` when the profile that is there has mistakes, SAGE4012 when it may not be written. */
export function planFiles(request: PlanRequest): Plan {
  const { path, roots, choices } = request
  const profileFile = planFile(path, roots, (text) => profileText(request, text))
  if (profileFile.status === 'manual') throw new SageError('SAGE4012', `${path} stays as it is: ${profileFile.reason}`)
  const text = profileFile.change?.after ?? readProfile(request)
  const { profile, diagnostics } = parseProfile(text, path)
  if (profile === undefined) throw new ProfileError(diagnostics, text)
  const policy = policyOf(profile, request.policy)
  const { host, port } = profile.serve
  const values = valuesFor(`http://${reachableHost(host)}:${port}`, {
    model: `sage/${policy}`,
    api_key: 'any-text',
    context: contextOf(profile),
  })
  const ignore = planIgnore(dirname(path), roots)
  const clients = choices.clients.flatMap((client) => planClient(client, values, roots))
  const files = [profileFile, ...(ignore === undefined ? [] : [ignore]), ...clients]
  const secrets = [...request.secrets, ...choices.imported.flatMap((each) => each.secrets)]
  refuseSecrets(
    files.flatMap(({ change }) => change ?? []),
    secrets,
  )
  return { files, profile, values }
}

function profileText({ around, choices, force }: PlanRequest, text: string | undefined): Merged {
  const imported = choices.imported.flatMap(({ providers }) => providers)
  const found = selectFound(around, choices.providers, imported)
  const missing = choices.providers.filter((name) => name !== 'demo' && isMissing(around, name))
  if (missing[0] !== undefined)
    throw new UsageError(`${missing[0]} does not answer, or has no model`, 'start it, and load a model')
  if (text === undefined || text.trim() === '' || force) return { text: newProfile(found) }
  const names = [...choices.providers, ...imported.map(({ name }) => name)]
  return names.length === 0 ? { text } : addProviders(text, names, newProfile(found))
}

/** A server of one's own tells its models only while it runs. */
function isMissing({ ollama, servers }: Surroundings, name: string): boolean {
  if (name === 'ollama') return ollama.models === undefined || ollama.models.length === 0
  const isServer = ['lmstudio', 'llamacpp', 'vllm'].includes(name)
  return isServer && !servers.some((server) => server.name === name && server.models.length > 0)
}

function readProfile(request: PlanRequest): string {
  let read = ''
  planFile(request.path, request.roots, (text = '') => ({ text: (read = text) }))
  return read
}

function policyOf(profile: Profile, wanted: string = 'auto'): string {
  const known = [...new Set(['auto', ...profile.policies.map(({ name }) => name)])]
  if (known.includes(wanted)) return wanted
  throw new UsageError(
    `the profile has no policy called ${wanted}`,
    didYouMean(wanted, known) ?? `there are ${known.join(', ')}`,
  )
}

/** The largest window that is known, when all are: nothing longer could be answered. */
function contextOf({ providers }: Profile): number {
  const models = providers.flatMap((provider) => provider.models)
  const windows = models.flatMap(({ context }) => context ?? [])
  return models.length > 0 && windows.length === models.length ? Math.min(CONTEXT, Math.max(...windows)) : CONTEXT
}
