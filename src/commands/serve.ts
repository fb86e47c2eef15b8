import { painter } from '../output/color.ts'
import type { HttpTransport } from '../providers/transport/http.ts'
import { startServer } from '../server/start.ts'
import type { RunningServer } from '../server/start.ts'
import { checkTls } from './check-tls.ts'
import type { Context } from './context.ts'
import type { DecisionLog } from './decision-log.ts'
import { OK } from './exit-codes.ts'
import type { Workspace } from './load-workspace.ts'
import { colorOf } from './output-options.ts'
import { serveBanner } from './serve-banner.ts'
import { openServeLog } from './serve-decision-log.ts'
import { httpFactory } from './http-factory.ts'
import { listenError } from './listen-error.ts'
import { jsonLog, textLog } from './serve-log.ts'
import { checkAddress, loadServable, Served } from './serve-reload-target.ts'
import { Reload } from './serve-reload.ts'
import { openServeState } from './serve-state.ts'
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
  /** False for `--no-reload`. */
  reload?: boolean
}

/** `sage serve`: loads the profile and runs the router until it is told to stop. */
export async function runServe(context: Context, options: ServeOptions): Promise<number> {
  return serveWorkspace(context, await loadServable(context, { profile: options.profile }), options)
}

/** Runs the router on a workspace that is already loaded. Resolves with the exit code once it has stopped. */
export async function serveWorkspace(context: Context, workspace: Workspace, options: ServeOptions): Promise<number> {
  writeWarnings(context, [...checkTls(context), ...workspace.warnings])
  const createHttp = await httpFactory(context)
  const decisions = await openServeLog(context, workspace, options)
  // Requests may come before there is a place to keep what they teach.
  let touch = (): void => {}
  const server = await start(context, workspace, options, decisions, createHttp, () => touch())
  const state = await openServeState(context, workspace, options.state !== false, () => server.memory())
  touch = state.touch.bind(state)
  server.restore(state.saved)
  server.setStatePlace(state.place.bind(state))
  const log = createLog(context, options)
  const served = new Served({ context, workspace, overrides: options, server, decisions, log, createHttp })
  const isReloading = options.reload !== false && workspace.profile.serve.reload
  const reload = isReloading ? new Reload(workspace, served) : undefined
  const undoHangUp = reload === undefined ? undefined : context.onHangUp(() => void reload.now())
  const stopped = waitForStop(context, async () => {
    await reload?.close()
    await served.close()
    await server.close(served.workspace.profile.serve.drain_ms)
    await Promise.all([decisions?.close(), state.close()])
    undoHangUp?.()
  })
  await reload?.start()
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
  createHttp: () => HttpTransport,
  onEvent: () => void,
): Promise<RunningServer> {
  const { profile, providers, catalog, token } = workspace
  const host = options.host ?? profile.serve.host
  const port = options.port ?? profile.serve.port
  checkAddress(host, token)
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
      createHttp,
      version: context.version,
    })
  } catch (error) {
    await decisions?.close()
    throw await listenError(error, host, port, context)
  }
}

/** Quiet is about traffic; what somebody has to mend is always told. */
const IS_LOUD: ReadonlySet<string> = new Set(['bug', 'reload_failed', 'restart_needed'])

function createLog(context: Context, options: ServeOptions): Parameters<typeof startServer>[0]['log'] {
  const isJson = options.json === true || options.logFormat === 'json'
  const format = isJson ? jsonLog : textLog(painter(colorOf(context, 'stderr')))
  const stream = isJson ? context.stdout : context.stderr
  return (event) => {
    if (options.quiet === true && !IS_LOUD.has(event.type)) return
    stream.write(format(event, context.now()))
  }
}
