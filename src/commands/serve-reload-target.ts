import { UsageError } from '../diagnostics/errors.ts'
import { isLoopbackHost } from '../lib/loopback.ts'
import type { Secret } from '../secrets/secret.ts'
import type { ServerEvent } from '../server/events.ts'
import type { Pending } from '../server/snapshots.ts'
import type { RunningServer } from '../server/start.ts'
import type { Context } from './context.ts'
import type { DecisionLog } from './decision-log.ts'
import type { HttpTransport } from '../providers/transport/http.ts'
import { startRefresh } from './discover-refresh.ts'
import type { Refresh } from './discover-refresh.ts'
import { loadWorkspace } from './load-workspace.ts'
import type { LoadOptions, Workspace } from './load-workspace.ts'
import { loggedProfile } from './serve-decision-log.ts'
import { casesPath, checkOwnCases } from './serve-reload-cases.ts'
import type { ReloadTarget } from './serve-reload.ts'
import { writeWarnings } from './write-warnings.ts'

/** What the command line says, which no profile changes. */
export interface Overrides {
  profile?: string
  host?: string
  port?: number
  /** `--log`. */
  log?: string
}

/** Loads a workspace to be served: the same checks in the same order at the start and for every change. */
export async function loadServable(context: Context, options: LoadOptions): Promise<Workspace> {
  const workspace = await loadWorkspace(context, options)
  const cases = casesPath(workspace)
  if (cases === undefined) return workspace
  options.onFile?.(cases)
  await checkOwnCases(context, workspace)
  return { ...workspace, files: [...workspace.files, cases] }
}

/** Throws `UsageError` when others could use the server without a token. */
export function checkAddress(host: string, token: Secret | undefined): void {
  if (isLoopbackHost(host) || token !== undefined) return
  const hint = 'set serve.token in the profile, for example env:SAGE_TOKEN, or listen on 127.0.0.1'
  throw new UsageError(`${host} is open to the network, and no token is set`, hint)
}

export interface ServedOptions {
  context: Context
  /** What the server was started with. */
  workspace: Workspace
  overrides: Overrides
  server: Pick<RunningServer, 'host' | 'reload' | 'setPending'>
  decisions: DecisionLog | undefined
  createHttp(): HttpTransport
  log(event: ServerEvent): void
}

/** A running server with all that has to follow when its workspace is swapped: the refresh of models, the decision log. */
export class Served implements ReloadTarget {
  readonly #options: ServedOptions
  readonly log: (event: ServerEvent) => void
  #workspace: Workspace
  #refresh: Refresh | undefined

  constructor(options: ServedOptions) {
    this.#options = options
    this.log = options.log
    this.#workspace = options.workspace
    this.#refresh = this.#startRefresh()
  }

  /** What is served now. */
  get workspace(): Workspace {
    return this.#workspace
  }

  load(serving: Workspace, onFile: (path: string) => void): Promise<Workspace> {
    const { context, overrides } = this.#options
    const previous = { ...serving, discovered: this.#refresh?.known() ?? serving.discovered }
    return loadServable(context, { profile: overrides.profile, previous, onFile })
  }

  async take(next: Workspace): Promise<readonly string[]> {
    const { context, server, decisions } = this.#options
    const { profile, providers, catalog, token, written, warnings } = next
    checkAddress(server.host, token)
    writeWarnings(
      context,
      warnings.filter((warning) => !this.#workspace.warnings.includes(warning)),
    )
    if (written !== undefined) decisions?.add(loggedProfile(next, written.text))
    // What the former refresh hears from now on would be of the former providers.
    const closing = this.#refresh?.close()
    server.reload({ profile, providers, catalog, token })
    this.#workspace = next
    this.#refresh = this.#startRefresh()
    await closing
    return this.#restartFor(next)
  }

  setPending(pending: Pending): void {
    this.#options.server.setPending(pending)
  }

  async close(): Promise<void> {
    await this.#refresh?.close()
  }

  #startRefresh(): Refresh | undefined {
    const { server, log, createHttp } = this.#options
    if (!this.#workspace.profile.serve.refresh) return undefined
    return startRefresh(this.#workspace, { setCatalog: (catalog) => server.reload({ catalog }), log, createHttp })
  }

  /** Settings that only a start takes, where they are others than at the last one. */
  #restartFor({ profile: { serve } }: Workspace): string[] {
    const { overrides, workspace } = this.#options
    const started = workspace.profile.serve
    return [
      ...(overrides.host === undefined && serve.host !== started.host ? ['serve.host'] : []),
      ...(overrides.port === undefined && serve.port !== started.port ? ['serve.port'] : []),
      ...(overrides.log === undefined && !isSame(serve.decision_log, started.decision_log)
        ? ['serve.decision_log']
        : []),
      ...(serve.state === started.state ? [] : ['serve.state']),
    ]
  }
}

function isSame(a: object | undefined, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
