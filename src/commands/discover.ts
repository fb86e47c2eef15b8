import { compareLocks } from '../catalog/lock/compare.ts'
import { EMPTY_LOCK, mergeLock } from '../catalog/lock/merge.ts'
import { readLock } from '../catalog/lock/read.ts'
import type { Lock } from '../catalog/lock/types.ts'
import { lockText } from '../catalog/lock/write.ts'
import { SageError } from '../diagnostics/errors.ts'
import { jsonText } from '../output/json.ts'
import { painter } from '../output/color.ts'
import { askProviders } from '../providers/discovery/ask-providers.ts'
import type { Answer } from '../providers/discovery/ask-providers.ts'
import type { Context } from './context.ts'
import { failureText } from './discover-failure.ts'
import { discoverJson } from './discover-json.ts'
import { progressLine } from './discover-progress.ts'
import type { Discovery } from './discover-result.ts'
import { openTarget } from './discover-target.ts'
import type { DiscoverTarget } from './discover-target.ts'
import { answerText, changesText, diffText } from './discover-text.ts'
import { NO, OK } from './exit-codes.ts'
import { httpFactory } from './http-factory.ts'
import { readLockText } from './lock-file.ts'
import { colorOf } from './output-options.ts'
import { writeLock } from './write-lock.ts'
import { writeWarnings } from './write-warnings.ts'

export interface DiscoverOptions {
  profile?: string
  provider?: string[]
  check?: boolean
  dryRun?: boolean
  json?: boolean
}

/** Longest time for one provider, in ms. */
const DEADLINE_MS = 15_000

/**
 * `sage discover`: asks the providers for their models and writes down what has changed. Exit code 1 when `--check` finds
 * a difference. Throws SAGE4008 when not one provider answered; the others' failures are warnings.
 */
export async function runDiscover(
  context: Context,
  options: DiscoverOptions,
  deadlineMs: number = DEADLINE_MS,
): Promise<number> {
  const target = await openTarget(context, options.profile, options.provider)
  const warnings = target.skipped.map(({ provider, reason }) => `provider ${provider} was not asked: ${reason}`)
  const old = readOld(target, warnings)
  const answers = await ask(context, target, deadlineMs)
  for (const { provider, failure } of answers.flatMap((each) => (each.failure === undefined ? [] : [each]))) {
    warnings.push(
      `provider ${provider} did not answer: ${failureText(failure, deadlineMs)}; what was known of it stays`,
    )
  }
  if (answers.every(({ failure }) => failure !== undefined)) throw new SageError('SAGE4008', nobody(warnings))
  const discovery = compare(context, target, old, answers)
  const isWritten = await write(options, discovery, warnings)
  writeWarnings(context, warnings)
  context.stdout.write(
    options.json === true ? jsonText(discoverJson(discovery, isWritten)) : text(context, options, discovery, isWritten),
  )
  return options.check === true && discovery.changes.length > 0 ? NO : OK
}

interface OldLock {
  lock: Lock
  text: string
}

/** A lock that is not sound is written anew: that is how one gets rid of a merge conflict in it. */
function readOld({ place }: DiscoverTarget, warnings: string[]): OldLock {
  // Git may have given it other line ends on Windows.
  const text = place === undefined ? undefined : readLockText(place)?.replaceAll('\r\n', '\n')
  if (place === undefined || text === undefined) return { lock: EMPTY_LOCK, text: '' }
  try {
    return { lock: readLock(text, place.name), text }
  } catch (error) {
    if (!(error instanceof SageError)) throw error
    warnings.push(`${error.message}; it counts as empty, and all dates begin anew`)
    return { lock: EMPTY_LOCK, text }
  }
}

async function ask(context: Context, { asked }: DiscoverTarget, deadlineMs: number): Promise<Answer[]> {
  const transport = (await httpFactory(context))()
  const progress = progressLine(context, (done) => `asking providers for their models: ${done} of ${asked.length}`)
  try {
    return await askProviders(asked, { send: transport.send, deadlineMs, onDone: progress.step })
  } finally {
    progress.end()
    await transport.close()
  }
}

function compare(context: Context, target: DiscoverTarget, old: OldLock, answers: readonly Answer[]): Discovery {
  const date = new Date(context.now()).toISOString().slice(0, 10)
  const known = new Set(target.profile.providers.map(({ name }) => name))
  const reports = answers.flatMap(({ report }) => report ?? [])
  const lock = mergeLock(old.lock, reports, known, date)
  return { target, answers, before: old.text, after: lockText(lock), changes: compareLocks(old.lock, lock) }
}

async function write(options: DiscoverOptions, discovery: Discovery, warnings: string[]): Promise<boolean> {
  const { target, before, after } = discovery
  if (options.check === true || options.dryRun === true || before === after) return false
  if (target.place === undefined) {
    warnings.push('nothing was written: there is no profile to write the lock beside (see: sage help profile)')
    return false
  }
  await writeLock(target.place, after)
  return true
}

function text(context: Context, options: DiscoverOptions, discovery: Discovery, isWritten: boolean): string {
  const paint = painter(colorOf(context, 'stdout'))
  const { target, before, after, changes } = discovery
  const name = target.place?.name ?? 'sage.lock.yaml'
  const showsDiff = options.dryRun === true || (options.check === true && changes.length > 0)
  return [
    ...answerText(discovery.answers),
    ...(showsDiff && before !== after ? diffText(name, before, after, paint) : []),
    changesText(name, changes, isWritten, before === after),
    '',
  ].join('\n')
}

function nobody(warnings: readonly string[]): string {
  return ['no provider gave its models', ...warnings].join('; ')
}
