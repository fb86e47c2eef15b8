import type { Catalog } from '../catalog/types.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Profile, SourceRef } from '../profile/types.ts'
import type { Provider } from '../providers/types.ts'
import type { Resolved } from '../secrets/resolve-reference.ts'
import type { Effects } from './effects.ts'
import type { Probe, ProbeTarget } from './probe.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Everything that checks may look at. */
export interface World {
  effects: Effects
  /** Environment with what `.env` adds; what sage uses. */
  env: Variables
  /** Environment of the process alone; what other programs see. */
  processEnv: Variables
  /** What `.env` in the current directory says. */
  dotenv: Variables
  cwd: string
  home: string
  /** As `process.platform`. */
  platform: string
  nodeVersion: string
  /** Version of sage. */
  version: string
  profile: ProfileState
  /** No check may use the network. */
  offline: boolean
  /** Limit of one probe, in ms. */
  timeoutMs: number
  /** Probes a provider with one of its keys (the first by default). The same probe is made once only. */
  probe(provider: Provider, key?: number): Promise<Probe>
  /** One request to any address, step by step. Never rejects. */
  ask(target: ProbeTarget): Promise<Probe>
}

/** The profile as far as it could be read. */
export interface ProfileState {
  /** Why there is none: it is missing, or no text. */
  problem?: { code: string; message: string; hint: string }
  /** The file, and what led to it; absent when sage builds a profile itself. */
  found?: { path: string; why: string }
  /** Every place that is looked at, in order. */
  places: readonly string[]
  /** What diagnostics call it. */
  name: string
  /** What its `file:` references are relative to. */
  directory: string
  /** Where it came from, in words. */
  origin: string
  text: string
  diagnostics: readonly Diagnostic[]
  /** Absent when it has errors. */
  profile?: Profile
  /** Empty when the profile has errors. */
  providers: readonly Provider[]
  catalog: Catalog
  /** Looks up `env:NAME` or `file:path`. */
  lookUp(reference: string): Resolved
}

/** Where a provider stands in the profile; undefined in a profile that is no file. */
export function sourceOf({ profile }: World, name: string): SourceRef | undefined {
  if (profile.found === undefined) return undefined
  return profile.profile?.providers.find((provider) => provider.name === name)?.source
}

/** Providers that are reached over the network. */
export function remoteProviders({ profile }: World): Provider[] {
  return profile.providers.filter(({ kind }) => kind !== 'demo')
}
