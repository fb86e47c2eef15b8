import { buildCatalog } from '../catalog/build.ts'
import type { Lock } from '../catalog/lock/types.ts'
import type { Catalog, DiscoveredModel, Model } from '../catalog/types.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { ProfileError, SageError } from '../diagnostics/errors.ts'
import type { HealthSnapshot } from '../health/types.ts'
import { parseProfile } from '../profile/parse.ts'
import type { Profile } from '../profile/types.ts'
import { catalogSources } from '../providers/catalog-sources.ts'
import { resolveProviders } from '../providers/resolve.ts'
import type { Provider } from '../providers/types.ts'
import type { Secret } from '../secrets/secret.ts'
import { SHORTEST_TOKEN } from '../secrets/token.ts'
import type { Context } from './context.ts'
import { discoverModels } from './discover-models.ts'
import { dotenvPath, readEnvironment } from './environment.ts'
import { assumeKey, createLookUp, keyProblem } from './key-lookup.ts'
import type { LookUp } from './key-lookup.ts'
import { loadLock, lockPlace } from './lock-file.ts'
import { openProfile } from './open-profile.ts'

/** Everything that a decision or a server is made from. */
export interface Workspace {
  profile: Profile
  /** Its text, and what paths in it are relative to; absent when it did not come from a text. */
  written?: { text: string; directory: string }
  /** Where the profile is; absent when it is no file. */
  path?: string
  /** Every file that it was made from, or would have been were it there; absolute. */
  files: readonly string[]
  /** Text of the lock; absent when there is none. */
  lockText?: string
  providers: Provider[]
  catalog: Catalog
  /** What the providers said of their models, by provider name: from the lock, or asked just now. */
  discovered: ReadonlyMap<string, DiscoveredModel[]>
  /** Providers whose models come from the lock. */
  locked: readonly string[]
  /** Models whose provider can be called. */
  usable: Model[]
  /** Providers that cannot be called for want of a key, as the server's own health has them. */
  health: HealthSnapshot
  /** Token that clients must send. */
  token: Secret | undefined
  /** Where the profile came from, in words. */
  origin: string
  /** What is wrong but stops nothing. */
  warnings: string[]
}

export interface LoadOptions {
  /** `--profile`. */
  profile?: string | undefined
  /** Treat every reference as if it led to a key: for explaining, never for calling. */
  assumeKeys?: boolean
  /** What is served now: its profile is read anew, and of providers that have not changed nobody is asked again. */
  previous?: Workspace
  /** Hears of every file that is read or looked for, also when loading fails in the end. */
  onFile?: (path: string) => void
}

/** What is known of a profile besides its contents. */
export interface ProfileDetails {
  /** The text that it was read from. */
  text?: string
  /** The environment; the context's own by default. */
  env?: Context['env']
  /** What `file:` references are relative to; the current directory by default. */
  directory?: string
  origin?: string
  diagnostics?: readonly Diagnostic[]
  assumeKeys?: boolean
  /** What the providers said when they were last asked. */
  lock?: Lock | undefined
  lockText?: string
  path?: string
  /** Files that were read so far. */
  files?: readonly string[]
  previous?: Workspace
  onFile?: (path: string) => void
}

/** Finds, reads and resolves the profile, or builds one. Throws `ProfileError` or `SageError`. */
export async function loadWorkspace(context: Context, options: LoadOptions = {}): Promise<Workspace> {
  const env = readEnvironment(context)
  const opened = await openProfile({ ...context, env }, options.profile, options.previous?.path)
  const { text, name, path, directory, origin } = opened
  const { profile, diagnostics } = parseProfile(text, name)
  if (profile === undefined) throw new ProfileError(diagnostics, text)
  const locked = loadLock(opened)
  return buildWorkspace(context, profile, {
    text,
    env,
    directory,
    origin,
    diagnostics,
    assumeKeys: options.assumeKeys === true,
    ...(locked !== undefined && { lock: locked.lock, lockText: locked.text }),
    files: [path, lockPlace(opened)?.path, dotenvPath(context)].filter((file) => file !== undefined),
    ...(path !== undefined && { path }),
    ...(options.previous !== undefined && { previous: options.previous }),
    ...(options.onFile !== undefined && { onFile: options.onFile }),
  })
}

/** Resolves a profile: keys, providers, models. Throws `SageError` when nothing in it can be called. */
export async function buildWorkspace(
  context: Context,
  profile: Profile,
  details: ProfileDetails = {},
): Promise<Workspace> {
  const { env = context.env, directory = context.cwd, origin = profile.file, diagnostics = [] } = details
  const files = new Set(details.files)
  const onFile = (path: string): void => {
    files.add(path)
    details.onFile?.(path)
  }
  const lookUp =
    details.assumeKeys === true
      ? assumeKey
      : createLookUp(context.home, env, directory, { onFile, before: secretsOf(details.previous) })
  const providers = resolveProviders(profile, (reference) => lookUp(reference).secret)
  const known = stillKnown(details, providers)
  const { discovered, locked, stale } = await discoverModels(profile, providers, details.lock, known)
  const catalog = buildCatalog(catalogSources(profile, providers, discovered))
  const closed = providers.filter(({ missingKey }) => missingKey !== undefined)
  const usable = catalog.models.filter(({ provider }) => !closed.some(({ name }) => name === provider))
  const warnings = [
    ...diagnostics.map(({ file, line, column, code, message }) => `${file}:${line}:${column}: ${code}: ${message}`),
    ...closed.map((provider) => `provider ${provider.name} is left out: ${keyProblem(provider, lookUp)}`),
    ...stale.map((name) => `provider ${name} has moved since it was locked; run sage discover`),
    ...missingModels(profile, providers, catalog, discovered),
  ]
  if (usable.length === 0) throw new SageError('SAGE4005', ['no model can be called', ...warnings].join('; '))
  const token = readToken(profile, lookUp)
  return {
    profile,
    ...(details.text === undefined ? {} : { written: { text: details.text, directory } }),
    ...(details.path === undefined ? {} : { path: details.path }),
    files: [...files],
    ...(details.lockText === undefined ? {} : { lockText: details.lockText }),
    providers,
    catalog,
    discovered,
    locked,
    usable,
    health: { targets: {}, providers: Object.fromEntries(closed.map(({ name }) => [name, NO_KEY])) },
    token,
    origin,
    warnings,
  }
}

/** The health that the server gives to a provider without a key. */
const NO_KEY = { restingUntil: Infinity, reason: 'no_key' }

/** Keys and token by their references. */
function secretsOf(workspace: Workspace | undefined): ReadonlyMap<string, Secret> {
  const { providers, token } = workspace ?? { providers: [] }
  const secrets = [...providers.flatMap(({ keys }) => keys), ...(token === undefined ? [] : [token])]
  return new Map(secrets.map((secret) => [secret.reference, secret]))
}

/** What is known of the models of providers that are where they were. With another lock, that is asked first. */
function stillKnown(
  { previous, lockText }: ProfileDetails,
  providers: readonly Provider[],
): ReadonlyMap<string, DiscoveredModel[]> {
  if (previous === undefined || previous.lockText !== lockText) return new Map()
  const addressOf = ({ kind, origin, basePath }: Provider): string => `${kind} ${origin}${basePath}`
  const before = new Map(previous.providers.map((provider) => [provider.name, addressOf(provider)]))
  const same = new Set(providers.filter((each) => before.get(each.name) === addressOf(each)).map(({ name }) => name))
  return new Map([...previous.discovered].filter(([name]) => same.has(name)))
}

/** Providers that were asked for their models, or have to be, and gave none. */
function missingModels(
  profile: Profile,
  providers: readonly Provider[],
  catalog: Catalog,
  discovered: ReadonlyMap<string, DiscoveredModel[]>,
): string[] {
  return providers.flatMap(({ name, kind, origin }) => {
    const offers = catalog.models.some((model) => model.provider === name)
    const lists = profile.providers.some((given) => given.name === name && given.models.length > 0)
    if (offers || lists) return []
    const why =
      kind === 'ollama' && !discovered.has(name)
        ? `Ollama does not answer at ${origin}; list its models in the profile`
        : 'no model is known; run sage discover, or list its models in the profile'
    return [`provider ${name} offers nothing: ${why}`]
  })
}

function readToken({ serve }: Profile, lookUp: LookUp): Secret | undefined {
  if (serve.token === undefined) return undefined
  const { secret, problem } = lookUp(serve.token)
  if (secret === undefined) throw new SageError('SAGE4006', `serve.token: ${problem}`)
  if (lookUp !== assumeKey && secret.reveal().length < SHORTEST_TOKEN) {
    const message = `serve.token: the token of ${secret.reference} has fewer than ${SHORTEST_TOKEN} characters`
    const hint = `make one with: node -p "crypto.getRandomValues(new Uint32Array(6)).join('-')"`
    throw new SageError('SAGE4006', message, { hint })
  }
  return secret
}
