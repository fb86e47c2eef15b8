import type { HealthTracker } from '../health/tracker.ts'
import type { Transports } from '../providers/index.ts'
import type { Provider } from '../providers/types.ts'
import { compareProviders } from './snapshot-changes.ts'
import { createSnapshot } from './snapshot.ts'
import type { Lasting, Snapshot, SnapshotInput } from './snapshot.ts'

export interface SnapshotsOptions {
  lasting: Lasting
  transports: Transports
  /** Address the server listens on. */
  host: string
}

/** Why the files on disk and what is served differ; empty when they do not. */
export interface Pending {
  /** What is wrong with the newest files: the last good ones are served. No secrets in it. */
  problem?: { file: string; code: string; message: string } | undefined
  /** Settings that were changed and are taken at the next start only, e.g. `serve.port`. */
  restart?: readonly string[] | undefined
}

/**
 * The one reference behind which everything is swapped at once. A request begins with the current snapshot and keeps it;
 * when the last request of a former one has ended, connections that only it used are closed.
 */
export class Snapshots {
  readonly #options: SnapshotsOptions
  readonly #underWay = new Map<Snapshot, number>()
  #current: Snapshot
  /** What the files on disk have that is not served. */
  pending: Pending = {}

  constructor(input: SnapshotInput, options: SnapshotsOptions) {
    this.#options = options
    disableKeyless(options.lasting.health, input.providers)
    this.#current = this.#create(input)
  }

  get current(): Snapshot {
    return this.#current
  }

  /** The snapshot for a request that begins now; `end` has to follow. */
  begin(): Snapshot {
    const current = this.#current
    this.#underWay.set(current, (this.#underWay.get(current) ?? 0) + 1)
    return current
  }

  /** The request that began with this snapshot is over. */
  end(snapshot: Snapshot): void {
    const left = (this.#underWay.get(snapshot) ?? 0) - 1
    if (left > 0) this.#underWay.set(snapshot, left)
    else {
      this.#underWay.delete(snapshot)
      if (snapshot !== this.#current) release(snapshot)
    }
  }

  /**
   * Takes another snapshot for all requests that begin from now on; what `input` does not name stays. Providers that are as
   * before keep their health and their connections, new ones begin without either, and what is gone is forgotten.
   */
  swap(input: Partial<SnapshotInput>): void {
    const former = this.#current
    const { health } = this.#options.lasting
    const changes = compareProviders(former.input.providers, input.providers ?? former.input.providers)
    // Held before the former ones are let go: connections that both use stay open.
    this.#current = this.#create({ ...former.input, ...input, providers: changes.providers })
    health.replaceProviders(changes.keys, changes.kept)
    disableKeyless(health, changes.providers)
    if (!this.#underWay.has(former)) release(former)
  }

  #create(input: SnapshotInput): Snapshot {
    const { lasting, transports, host } = this.#options
    const isReplaced = (provider: Provider): boolean => this.#current.gateway.providers.get(provider.name) !== provider
    return createSnapshot(input, { lasting, transports: transports.hold(input.providers), host, isReplaced })
  }
}

function disableKeyless(health: HealthTracker, providers: readonly Provider[]): void {
  for (const { name, missingKey } of providers) if (missingKey !== undefined) health.disable(name, 'no_key')
}

/** Closing is nobody's to wait for, and a connection that cannot be closed is closed already. */
function release({ transports }: Snapshot): void {
  transports.release().catch(() => undefined)
}
