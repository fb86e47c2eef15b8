import type { Catalog } from '../catalog/types.ts'
import type { Gateway } from '../gateway/types.ts'
import type { Profile } from '../profile/types.ts'
import type { HeldTransports } from '../providers/index.ts'
import type { Provider } from '../providers/types.ts'
import { createRedactor } from '../secrets/redact.ts'
import type { Secret } from '../secrets/secret.ts'
import type { GuardOptions } from './guard.ts'

/** All that can be swapped under a running server. */
export interface SnapshotInput {
  profile: Profile
  providers: readonly Provider[]
  catalog: Catalog
  /** Token that clients must send. */
  token?: Secret | undefined
}

/** What outlives a swap: health, sessions, proofs, the clock. */
export type Lasting = Omit<
  Gateway,
  'profile' | 'providers' | 'catalog' | 'sendTo' | 'redact' | 'isReplaced' // of the snapshot
>

/** What one request is served with, from its first byte to its last. Nothing in it is ever changed. */
export interface Snapshot {
  readonly input: Readonly<SnapshotInput>
  readonly gateway: Readonly<Gateway>
  readonly guard: Readonly<GuardOptions>
  readonly transports: HeldTransports
}

export interface SnapshotOptions {
  lasting: Lasting
  transports: HeldTransports
  /** Address the server listens on. */
  host: string
  isReplaced(provider: Provider): boolean
}

export function createSnapshot(input: SnapshotInput, options: SnapshotOptions): Snapshot {
  const { profile, providers, catalog, token } = input
  const { lasting, transports, host, isReplaced } = options
  const keys = providers.flatMap((provider) => provider.keys)
  return {
    input,
    gateway: {
      ...lasting,
      profile,
      providers: new Map(providers.map((provider) => [provider.name, provider])),
      catalog,
      sendTo: transports.sendTo,
      redact: createRedactor(token === undefined ? keys : [...keys, token]),
      isReplaced,
    },
    guard: { host, token },
    transports,
  }
}
