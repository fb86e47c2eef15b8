import { existsSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { lockName } from '../catalog/lock/lock-name.ts'
import { SageError } from '../diagnostics/errors.ts'
import { codeOf } from '../init/file-text.ts'
import { stateFolder } from '../init/record.ts'
import { writeFiles } from '../init/write-files.ts'
import type { Writing } from '../init/write-files.ts'
import { painter } from '../output/color.ts'
import { jsonText } from '../output/json.ts'
import type { Context } from './context.ts'
import { NO, OK } from './exit-codes.ts'
import { initJson } from './init-json.ts'
import { lockProfile } from './init-lock.ts'
import type { LockResult } from './init-lock.ts'
import type { InitOptions } from './init-options.ts'
import type { Plan, PlanRequest } from './init-plan.ts'
import type { Asker } from './init-questions.ts'
import { filesText, importText, lockText, nextText, previewText, remarkText } from './init-text.ts'
import { colorOf } from './output-options.ts'

/** Exit code after Ctrl-C: 128 and the number of SIGINT. */
export const INTERRUPTED = 130

export interface Ready {
  request: PlanRequest
  plan: Plan
  /** Asks for the last consent; absent when it was given before. */
  asker: Asker | undefined
}

/** Shows the plan, has it agreed to, writes, locks, and says how to go on. The answer is the exit code. */
export async function finishInit(context: Context, options: InitOptions, ready: Ready): Promise<number> {
  const { request, plan, asker } = ready
  const dryRun = options.dryRun === true
  const isText = options.json !== true
  const pending = plan.files.filter(({ change }) => change !== undefined)
  if (isText && (dryRun || asker !== undefined)) {
    print(context, previewText(plan.files, painter(colorOf(context, 'stdout'))))
  }
  if (asker !== undefined && !dryRun && pending.length > 0) {
    const answer = await asker.agree(`Write ${pending.length === 1 ? 'this file' : `these ${pending.length} files`}?`)
    if (answer === undefined) return INTERRUPTED
    if (!answer) return NO
  }
  const writing = dryRun ? undefined : await writeAll(context, plan)
  const lock = await writeLockFile(context, ready, writing)
  const { around, choices } = request
  const { files, values } = plan
  if (!isText) {
    context.stdout.write(jsonText(initJson({ dryRun, around, choices, files, values, lock }, context.platform)))
    return OK
  }
  const near = files.map((file) => ({ ...file, path: shorter(context.cwd, file.path) }))
  print(context, [
    ...filesText(near, !dryRun),
    ...(lock === null ? [] : [lockText({ ...lock, path: shorter(context.cwd, lock.path) }, dryRun)]),
    ...importText(choices),
    ...remarkText(plan, around),
    ...(dryRun ? [] : nextText(choices.clients, values, context.platform)),
  ])
  return OK
}

async function writeAll(context: Context, { files }: Plan): Promise<Writing> {
  const changes = files.flatMap(({ change }) => change ?? [])
  const at = new Date(context.now()).toISOString()
  try {
    return await writeFiles(stateFolder(context), changes, at)
  } catch (error) {
    throw new SageError('SAGE4012', `the settings cannot be written (${codeOf(error)})`, { cause: error })
  }
}

/** A lock that is there is left to `sage discover`, unless the profile has changed. Simulated providers have none. */
async function writeLockFile(
  context: Context,
  { request: { path, choices }, plan }: Ready,
  writing: Writing | undefined,
): Promise<LockResult | null> {
  const lock = join(dirname(path), lockName(basename(path)))
  const isDue = plan.files[0]?.change !== undefined || !existsSync(lock)
  const asksAnyone = plan.profile.providers.some(({ kind }) => kind !== 'demo')
  if (!choices.lock || !isDue || !asksAnyone) return null
  return writing === undefined ? { path: lock, written: false } : lockProfile(context, path, writing)
}

function print(context: Context, lines: readonly string[]): void {
  if (lines.length > 0) context.stdout.write(`${lines.join('\n')}\n`)
}

function shorter(cwd: string, path: string): string {
  const near = relative(cwd, path)
  return near !== '' && near.length < path.length ? near : path
}
