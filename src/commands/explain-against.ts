import { buildCatalog } from '../catalog/build.ts'
import type { Catalog, DiscoveredModel, Model } from '../catalog/types.ts'
import { ProfileError } from '../diagnostics/errors.ts'
import { headersOfRules } from '../explain/record-facts.ts'
import { changeOf } from '../explain/replay-changes.ts'
import { decideLogged } from '../explain/replay.ts'
import { againstBlocks, againstText } from '../explain/replay-text.ts'
import type { AgainstReport } from '../explain/replay-text.ts'
import { jsonText } from '../output/json.ts'
import { parseProfile } from '../profile/parse.ts'
import type { Profile } from '../profile/types.ts'
import { catalogSources } from '../providers/catalog-sources.ts'
import { resolveProviders } from '../providers/resolve.ts'
import { Secret } from '../secrets/secret.ts'
import type { Context } from './context.ts'
import { NO, OK } from './exit-codes.ts'
import { openProfile } from './open-profile.ts'
import { widthOf } from './output-options.ts'
import { readLog } from './read-log.ts'
import { renderBlocks } from './render-blocks.ts'
import { writeWarnings } from './write-warnings.ts'

export interface AgainstOptions {
  log: string
  id?: string
  against: string
  failOnChange?: boolean
}

/** What another profile would make of the logged requests, as the world was then. Nobody is asked for models. */
export async function explainAgainst(context: Context, given: AgainstOptions, format: string): Promise<number> {
  const profile = await readProfile(context, given.against)
  const catalogs = new Map<Catalog, Catalog>()
  const unknown = new Set<string>()
  const report: AgainstReport = { version: 1, log: given.log, against: profile.file, decisions: 0, changes: [] }
  for await (const { line, profile: old, catalog: recorded } of readLog(context, given)) {
    const catalog = catalogs.get(recorded) ?? catalogFor(profile, old, recorded)
    if (!catalogs.has(recorded)) for (const name of unrecordedHeaders(old, profile)) unknown.add(name)
    catalogs.set(recorded, catalog)
    report.decisions++
    const change = changeOf(line, decideLogged(line, profile, catalog).decision)
    if (change !== undefined) report.changes.push(change)
  }
  const names = [...unknown].map((name) => `header ${name} is not in the log: rules that look at it do not hold`)
  writeWarnings(context, names)
  if (format === 'json') context.stdout.write(jsonText(report))
  else if (format === 'text') context.stdout.write(againstText(report, widthOf(context, 'stdout')))
  else context.stdout.write(renderBlocks(againstBlocks(report), format, 'sage explain --against'))
  return given.failOnChange === true && report.changes.length > 0 ? NO : OK
}

async function readProfile(context: Context, path: string): Promise<Profile> {
  const { text, name } = await openProfile(context, path)
  const { profile, diagnostics } = parseProfile(text, name)
  if (profile === undefined) throw new ProfileError(diagnostics, text)
  return profile
}

/**
 * Models of the profile as they would have been then. What a provider of both profiles reported is taken from the log;
 * a key is taken to be there for every provider, as the log does not say which the new ones have.
 */
function catalogFor(profile: Profile, old: Profile, recorded: Catalog): Catalog {
  const providers = resolveProviders(profile, (reference) => new Secret('assumed', reference))
  const discovered = new Map<string, DiscoveredModel[]>()
  for (const { name, kind, local } of providers) {
    const before = old.providers.find((provider) => provider.name === name && provider.kind === kind)
    if (before === undefined || before.models.length > 0) continue
    const reported = recorded.models.filter(({ provider }) => provider === name)
    discovered.set(
      name,
      reported.map((model) => asReported(model, local)),
    )
  }
  return buildCatalog(catalogSources(profile, providers, discovered))
}

function asReported({ id, capabilities, context, output, price, local }: Model, isLocal: boolean): DiscoveredModel {
  return {
    id,
    capabilities,
    chat: true,
    ...(isLocal && !local ? { remote: true } : {}),
    ...(context === undefined ? {} : { context }),
    ...(output === undefined ? {} : { output }),
    ...(price === undefined ? {} : { price }),
  }
}

/** Headers that rules of the new profile look at and no rule of the old one: the log does not have them. */
function unrecordedHeaders(old: Profile, now: Profile): string[] {
  const recorded = headersOfRules(old)
  return [...headersOfRules(now)].filter((name) => !recorded.has(name))
}
