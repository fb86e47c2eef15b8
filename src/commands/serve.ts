import { SageError, UsageError } from '../diagnostics/errors.ts'
import { isLoopbackHost } from '../lib/loopback.ts'
import { painter } from '../output/color.ts'
import { startServer } from '../server/start.ts'
import type { RunningServer } from '../server/start.ts'
import { checkTls } from './check-tls.ts'
import type { Context } from './context.ts'
import type { DecisionLog } from './decision-log.ts'
import { startRefresh } from './discover-refresh.ts'
import { OK } from './exit-codes.ts'
import { loadWorkspace } from './load-workspace.ts'
import type { Workspace } from './load-workspace.ts'
import { colorOf } from './output-options.ts'
import { serveBanner } from './serve-banner.ts'
import { openServeLog } from './serve-decision-log.ts'
import { listenError } from './listen-error.ts'
import { jsonLog, textLog } from './serve-log.ts'
import { openServeState } from './serve-state.ts'
import type { ServeState } from './serve-state.ts'
import { waitForStop } from './wait-for-stop.ts'
import { writeWarnings } from './write-warnings.ts'

export interface ServeOptions {
  profile?: string
  host?: string
  port?: number
  logFormat?: 'text' | 'json'
  json?: boolean
  quiet?: boolean
  log?: string
  recordPrompts?: boolean
  /** False for `--no-state`. */
  state?: boolean
}

/** `sage serve`: loads the profile and runs the router until it is told to stop. */
export async function runServe(context: Context, options: ServeOptions): Promise<number> {
  return serveWorkspace(context, await loadWorkspace(context, { profile: options.profile }), options)
}

/** Runs the router on a workspace that is already loaded. Resolves with the exit code once it has stopped. */
export async function serveWorkspace(context: Context, workspace: Workspace, options: ServeOptions): Promise<number> {
  writeWarnings(context, [...checkTls(context), ...workspace.warnings])
  const decisions = await openServeLog(context, workspace, options)
  let state: ServeState | undefined
  const server = await start(context, workspace, options, decisions, () => state?.touch())
  state = await openServeState(context, workspace, options.state !== false, () => server.memory())
  server.restore(state.saved)
  server.setStatePlace(state.place.bind(state))
  const refresh = workspace.profile.serve.refresh
    ? startRefresh(workspace, { setCatalog: (catalog) => server.reload({ catalog }), log: createLog(context, options) })
    : undefined
  const stopped = waitForStop(context, async () => {
    await refresh?.close()
    await server.close(workspace.profile.serve.drain_ms)
    await Promise.all([decisions?.close(), state.close()])
  })
  context.stderr.write(
    serveBanner({
      version: context.version,
      url: server.url,
      models: workspace.usable.length,
      providers: new Set(workspace.usable.map(({ provider }) => provider)).size,
      policies: workspace.profile.policies.map(({ name }) => name),
      origin: workspace.origin,
      token: workspace.token?.reference,
      platform: context.platform,
    }),
  )
  await stopped
  return OK
}

async function start(
  context: Context,
  workspace: Workspace,
  options: ServeOptions,
  decisions: DecisionLog | undefined,
  onEvent: () => void,
): Promise<RunningServer> {
  const { profile, providers, catalog, token } = workspace
  const host = options.host ?? profile.serve.host
  const port = options.port ?? profile.serve.port
  if (!isLoopbackHost(host) && token === undefined) {
    const hint = 'set serve.token in the profile, for example env:SAGE_TOKEN, or listen on 127.0.0.1'
    throw new UsageError(`${host} is open to the network, and no token is set`, hint)
  }
  const log = createLog(context, options)
  try {
    return await startServer({
      profile,
      providers,
      catalog,
      host,
      port,
      ...(token === undefined ? {} : { token }),
      log: (event) => {
        log(event)
        onEvent()
      },
      ...(decisions === undefined ? {} : { record: decisions.record.bind(decisions) }),
      clock: { mono: () => context.mono(), wall: () => context.now() },
      random: () => context.random(),
      version: context.version,
    })
  } catch (error) {
    await decisions?.close()
    throw await listenError(error, host, port, context)
  }
}

function createLog(context: Context, options: ServeOptions): Parameters<typeof startServer>[0]['log'] {
  const isJson = options.json === true || options.logFormat === 'json'
  const format = isJson ? jsonLog : textLog(painter(colorOf(context, 'stderr')))
  const stream = isJson ? context.stdout : context.stderr
  return (event) => {
    // Quiet is about traffic; a bug is always told.
    if (options.quiet === true && event.type !== 'bug') return
    stream.write(format(event, context.now()))
  }
}
