import type { Catalog, Model } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import { matchGlob } from '../profile/glob.ts'
import type { Policy, Profile } from '../profile/types.ts'

/** What the requested model name stands for. */
export type Resolution =
  | { kind: 'policy'; policy: Policy; notes: string[] }
  | { kind: 'pin'; models: Model[]; notes: string[] }
  | { kind: 'unknown'; name: string; notes: string[] }

type Found = { kind: 'policy'; policy: Policy } | { kind: 'pin'; models: Model[] }

const PREFIX = 'sage/'
/** Claude Code's model picker shows only names with `claude` in them: policies are listed with this prefix too. */
const PICKER_PREFIX = 'claude-sage-'
const AUTO = 'auto'
const LATEST = ':latest'

/**
 * Finds what a model name means, in this order: policy (`auto`, `sage/auto`; '' is `auto`), alias of the profile,
 * `provider/model`, model id at every provider that has it. Exact first; another case only when that is unambiguous.
 * Names that start with `sage/` never go through an alias: a misspelt policy must not become another one.
 */
export function resolveName(profile: Profile, catalog: Catalog, asked: string): Resolution {
  const name = asked === '' ? AUTO : withoutLatest(profile, catalog, asked)
  const policy = findPolicy(profile, name)
  if (policy !== undefined) return { kind: 'policy', policy, notes: [] }
  const alias = name.startsWith(PREFIX) ? undefined : profile.aliases.find(({ match }) => matchGlob(match, name))
  if (alias !== undefined) return followAlias(profile, catalog, name, alias)
  const found = findTarget(profile, catalog, name)
  if (found !== undefined) return { ...found, notes: [] }
  const folded = findFolded(profile, catalog, name)
  if (folded !== undefined) return folded
  const first = profile.policies[0]
  if ((name === AUTO || name === PREFIX + AUTO) && first !== undefined) {
    return { kind: 'policy', policy: first, notes: [`no policy is called auto: the first one, ${first.name}, decides`] }
  }
  return { kind: 'unknown', name, notes: [] }
}

/** Ollama takes `x` and `x:latest` for the same model, and its clients add the tag to names that have none. */
function withoutLatest(profile: Profile, catalog: Catalog, asked: string): string {
  const bare = asked.endsWith(LATEST) ? asked.slice(0, -LATEST.length) : asked
  return bare !== asked && findExact(profile, catalog, asked) === undefined ? bare : asked
}

/**
 * Resolves a target or `sage/<policy>` written in the profile, exactly as written.
 * A provider without any model in the catalogue accepts every id, with nothing known of it.
 */
export function findExact(profile: Profile, catalog: Catalog, name: string): Found | undefined {
  const policy = findPolicy(profile, name)
  return policy === undefined ? findTarget(profile, catalog, name) : { kind: 'policy', policy }
}

/** An alias may name another alias: one hop more, never the same entry again. */
function followAlias(
  profile: Profile,
  catalog: Catalog,
  name: string,
  alias: { match: string; to: string },
): Resolution {
  const notes = [`alias ${alias.match}: ${name} means ${alias.to}`]
  const found = findExact(profile, catalog, alias.to)
  if (found !== undefined) return { ...found, notes }
  const next = profile.aliases.find((other) => other !== alias && matchGlob(other.match, alias.to))
  if (next === undefined) return { kind: 'unknown', name: alias.to, notes }
  notes.push(`alias ${next.match}: ${alias.to} means ${next.to}`)
  const last = findExact(profile, catalog, next.to)
  return last === undefined ? { kind: 'unknown', name: next.to, notes } : { ...last, notes }
}

function findPolicy(profile: Profile, name: string): Policy | undefined {
  const bare = stripPrefix(name.startsWith(PICKER_PREFIX) ? name.slice(PICKER_PREFIX.length) : name)
  return profile.policies.find((policy) => policy.name === bare)
}

function findTarget(profile: Profile, catalog: Catalog, asked: string): Found | undefined {
  const name = catalog.byTarget.has(asked) ? asked : stripPrefix(asked)
  const model = catalog.byTarget.get(name) ?? openModel(profile, catalog, name)
  if (model !== undefined) return { kind: 'pin', models: [model] }
  const models = catalog.models.filter(({ id }) => id === name || id === asked)
  return models.length === 0 ? undefined : { kind: 'pin', models }
}

/** A model of a provider of which the catalogue knows none: taken at the user's word. */
function openModel(profile: Profile, catalog: Catalog, name: string): Model | undefined {
  const slash = name.indexOf('/')
  const id = name.slice(slash + 1)
  if (slash === -1 || id === '') return undefined
  const provider = profile.providers.find((candidate) => candidate.name === name.slice(0, slash))
  if (provider === undefined || catalog.models.some((model) => model.provider === provider.name)) return undefined
  return { provider: provider.name, id, capabilities: {}, local: false, sources: ['assumed'] }
}

/** The one policy, target or id that differs from the name only in case. */
function findFolded(profile: Profile, catalog: Catalog, asked: string): Resolution | undefined {
  const folded = stripPrefix(asked.toLowerCase())
  const hits = new Set([
    ...profile.policies.map(({ name }) => PREFIX + name).filter((name) => name.toLowerCase() === PREFIX + folded),
    ...catalog.models.map(targetOf).filter((name) => name.toLowerCase() === folded),
    ...catalog.models.map(({ id }) => id).filter((id) => id.toLowerCase() === folded),
  ])
  const [name] = hits
  if (name === undefined || hits.size > 1) return undefined
  const found = findExact(profile, catalog, name)
  return found && { ...found, notes: [`${asked} is taken for ${name}`] }
}

function stripPrefix(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name
}
