import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import type { Check } from '../doctor/check.ts'
import type { CheckId } from '../doctor/check-ids.ts'
import { CHECK_IDS } from '../doctor/check-ids.ts'
import { CHECKS } from '../doctor/checks/index.ts'
import { createWorld } from '../doctor/create-world.ts'
import type { Effects } from '../doctor/effects.ts'
import { repairAll } from '../doctor/repair.ts'
import type { Report } from '../doctor/report.ts'
import { countLevels } from '../doctor/report.ts'
import { runChecks } from '../doctor/run-checks.ts'
import { createEffects } from '../doctor/system/create-effects.ts'
import { reportGithub } from '../doctor/view/github.ts'
import { reportJson } from '../doctor/view/json.ts'
import { reportText } from '../doctor/view/text.ts'
import type { World } from '../doctor/world.ts'
import { painter } from '../output/color.ts'
import { jsonText } from '../output/json.ts'
import { showsUnicode } from '../output/unicode.ts'
import { parseDotenv } from '../secrets/dotenv.ts'
import type { Context } from './context.ts'
import { examineProfile } from './doctor-profile.ts'
import { doctorProgress } from './doctor-progress.ts'
import { readEnvironment } from './environment.ts'
import { NO, OK } from './exit-codes.ts'
import { colorOf, widthOf } from './output-options.ts'

export interface DoctorOptions {
  profile?: string
  format?: 'text' | 'json' | 'github'
  json?: boolean
  only?: string[]
  fix?: boolean
  dryRun?: boolean
  offline?: boolean
  live?: boolean
  strict?: boolean
  timeout?: number
}

/** Limit of one probe, in ms. */
const PROBE_MS = 5000
/** A check may need two probes, one after the other, and a moment more. In ms. */
const MARGIN_MS = 2000
/** A model that answers a prompt may first have to be loaded, in ms. */
const LIVE_MS = 32_000

/** `sage doctor`: looks for everything that can be wrong. Exit code 1 when something is broken. */
export async function runDoctor(context: Context, options: DoctorOptions, effects?: Effects): Promise<number> {
  const isOffline = options.offline === true
  if (isOffline && options.live === true) throw new UsageError('give --offline or --live, not both')
  if (options.dryRun === true && options.fix !== true) throw new UsageError('--dry-run goes with --fix')
  const wanted = readOnly(options.only)
  const format = options.json === true ? 'json' : (options.format ?? 'text')
  const world = await openWorld(context, options, effects ?? createEffects(context))
  const { checks, skipped } = selectChecks(wanted, options)
  const timeoutMs = world.timeoutMs * 2 + MARGIN_MS
  const progress = doctorProgress(context, format === 'text')
  const findings = await runChecks(checks, world, {
    deadlineMs: options.live === true ? Math.max(LIVE_MS, timeoutMs) : timeoutMs,
    onProgress: progress.show,
  })
  progress.clear()
  const dryRun = options.dryRun === true
  const repairs = options.fix === true ? await repairAll(findings, world.effects.files, dryRun) : []
  const { profile, version, nodeVersion } = world
  const report: Report = {
    version,
    nodeVersion,
    origin: profile.origin,
    ...(profile.found === undefined ? {} : { profile: profile.found.path }),
    findings,
    repairs,
    dryRun,
    skipped,
  }
  write(context, report, format)
  const { error, warning } = countLevels(report)
  return error > 0 || (options.strict === true && warning > 0) ? NO : OK
}

function write(context: Context, report: Report, format: 'text' | 'json' | 'github'): void {
  switch (format) {
    case 'json':
      context.stdout.write(jsonText(reportJson(report)))
      break
    case 'github':
      context.stdout.write(reportGithub(report))
      break
    case 'text':
      context.stdout.write(
        reportText(report, {
          paint: painter(colorOf(context, 'stdout')),
          width: widthOf(context, 'stdout'),
          unicode: showsUnicode(context.env, context.platform),
        }),
      )
  }
}

async function openWorld(context: Context, options: DoctorOptions, effects: Effects): Promise<World> {
  const { cwd, home, platform, nodeVersion, version } = context
  const env = readEnvironment(context)
  const offline = options.offline === true
  return createWorld({
    effects,
    env,
    processEnv: context.env,
    dotenv: readDotenv(cwd),
    cwd,
    home,
    platform,
    nodeVersion,
    version,
    profile: await examineProfile({ ...context, env }, options.profile, offline),
    offline,
    timeoutMs: options.timeout ?? PROBE_MS,
  })
}

function readDotenv(cwd: string): Record<string, string> {
  try {
    return parseDotenv(readFileSync(join(cwd, '.env'), 'utf8'))
  } catch {
    return {}
  }
}

/** Checks to run, and those left out because of the network or the cost. */
function selectChecks(
  wanted: ReadonlySet<string> | undefined,
  { offline, live }: DoctorOptions,
): { checks: Check[]; skipped: Report['skipped'] } {
  const named = CHECKS.filter(({ id }) => wanted === undefined || wanted.has(id))
  const reason = ({ needs }: Check): 'offline' | 'not_live' | undefined => {
    if (needs !== undefined && offline === true) return 'offline'
    return needs === 'live' && live !== true ? 'not_live' : undefined
  }
  return {
    checks: named.filter((check) => reason(check) === undefined),
    skipped: named.flatMap((check) => {
      const because = reason(check)
      return because === undefined ? [] : [{ check: check.id, because }]
    }),
  }
}

/** Names of checks, separated by commas or given one by one. Throws `UsageError`. */
function readOnly(given: readonly string[] | undefined): Set<CheckId> | undefined {
  if (given === undefined) return undefined
  const names = given.flatMap((list) => list.split(',')).map((name) => name.trim())
  for (const name of names) {
    if ((CHECK_IDS as readonly string[]).includes(name)) continue
    throw new UsageError(
      `there is no check "${name}"`,
      didYouMean(name, CHECK_IDS) ?? `checks: ${CHECK_IDS.join(', ')}`,
    )
  }
  return new Set(names as CheckId[])
}
