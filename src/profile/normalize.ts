import type { AliasEntry } from './alias-chain.ts'
import { followAlias } from './alias-chain.ts'
import { DECISIONLOG_DEFAULTS, SERVE_DEFAULTS } from './defaults.generated.ts'
import { KnownNames } from './known-names.ts'
import type { Locator, Path } from './locate.ts'
import { defaultPolicy, normalizePolicy } from './normalize-policy.ts'
import type { DecisionLog as WrittenLog, ProfileDocument, Provider as WrittenProvider } from './types.generated.ts'
import type { DecisionLogSettings, ModelFacts, Profile, ProfileIntent, ProfileModel, ProfileProvider } from './types.ts'

const MIB = 1_048_576

/** Makes the profile that the program works with: defaults filled in, every list an array, everything with its place. */
export function normalizeProfile(document: ProfileDocument, locator: Locator): Profile {
  const { max_body_mb, decision_log: log, ...serve } = { ...SERVE_DEFAULTS, ...document.serve }
  const policies = inOrder(document.policies, ['policies'], locator).map(([name, policy]) =>
    normalizePolicy(name, policy, document.tiers ?? {}, ['policies', name], locator),
  )
  if (!policies.some(({ name }) => name === 'auto')) policies.push(defaultPolicy(locator.ref(['policies'])))
  return {
    file: locator.file,
    serve: {
      ...serve,
      max_body_bytes: Math.round(max_body_mb * MIB),
      ...(log === undefined ? {} : { decision_log: normalizeLog(log) }),
    },
    providers: inOrder(document.providers, ['providers'], locator).map(([name, provider]) =>
      normalizeProvider(name, provider, ['providers', name], locator),
    ),
    policies,
    ...(document.time_zone === undefined ? {} : { time_zone: document.time_zone }),
    ...(document.tiers === undefined ? {} : { tiers: document.tiers }),
    aliases: normalizeAliases(document, locator),
    pins: inOrder(document.pins, ['pins'], locator).map(([match, { fallback }]) => ({ match, fallback })),
    ...(document.intents === undefined ? {} : { intents: normalizeIntents(document, locator) }),
    ...(document.min_intent_confidence === undefined ? {} : { min_intent_confidence: document.min_intent_confidence }),
  }
}

/** Settings of the decision log with the defaults filled in; on the command line the path alone is enough. */
export function normalizeLog(written: WrittenLog): DecisionLogSettings {
  const { max_mb, ...log } = { ...DECISIONLOG_DEFAULTS, ...written }
  return { ...log, max_bytes: Math.round(max_mb * MIB) }
}

function normalizeProvider(name: string, written: WrittenProvider, path: Path, locator: Locator): ProfileProvider {
  const { kind, preset, base_url, local, max_concurrency } = written
  return {
    name,
    kind,
    ...(preset === undefined ? {} : { preset }),
    ...(base_url === undefined ? {} : { base_url }),
    ...(local === undefined ? {} : { local }),
    keys: written.keys ?? (written.key === undefined ? [] : [written.key]),
    headers: { ...written.headers },
    quirks: { ...written.quirks },
    defaults: { ...written.defaults },
    timeouts: { ...written.timeouts },
    ...(max_concurrency === undefined ? {} : { max_concurrency }),
    models: normalizeModels(written.models, [...path, 'models'], locator),
    source: locator.ref(path),
  }
}

function normalizeModels(written: WrittenProvider['models'], path: Path, locator: Locator): ProfileModel[] {
  if (Array.isArray(written)) return [...new Set(written)].map((id) => ({ id }))
  return inOrder<ModelFacts | null>(written, path, locator).map(([id, facts]) => ({ id, ...facts }))
}

function normalizeIntents({ intents }: ProfileDocument, locator: Locator): ProfileIntent[] {
  return inOrder(intents, ['intents'], locator).map(([name, written]) => ({
    name,
    description: written.description ?? '',
    words: written.words ?? [],
    examples: written.examples ?? [],
    patterns: written.patterns ?? [],
  }))
}

/** Aliases of aliases get their final target here, so that nobody has to follow them again. */
function normalizeAliases(document: ProfileDocument, locator: Locator): AliasEntry[] {
  const known = new KnownNames(document)
  const entries = inOrder(document.aliases, ['aliases'], locator).map(([match, to]) => ({ match, to }))
  return entries.map((entry) => ({ match: entry.match, to: followAlias(entry, entries, known).to ?? entry.to }))
}

/** Entries in the order of the source: JavaScript moves names such as `7` to the front. */
function inOrder<Value>(map: Record<string, Value> | undefined, path: Path, locator: Locator): [string, Value][] {
  if (map === undefined) return []
  return locator.keys(path).map((name) => [name, map[name] as Value])
}
