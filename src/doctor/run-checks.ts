import type { Check } from './check.ts'
import type { CheckId } from './check-ids.ts'
import type { Finding, Observation } from './finding.ts'
import { warning } from './finding.ts'
import type { World } from './world.ts'

export interface RunOptions {
  /** Limit of each check, in ms. All run at once, so it is the limit of the whole. */
  deadlineMs: number
  /** Called when a check is done, with those that are still running. */
  onProgress?(done: number, total: number, running: readonly CheckId[]): void
}

/** Runs the checks at once. A check that takes too long is a finding, and so is one that breaks. Never rejects. */
export async function runChecks(checks: readonly Check[], world: World, options: RunOptions): Promise<Finding[]> {
  const running = new Set(checks.map(({ id }) => id))
  const report = (): void => options.onProgress?.(checks.length - running.size, checks.length, [...running])
  report()
  const found = await Promise.all(
    checks.map(async (check): Promise<Finding[]> => {
      const observations = await runOne(check, world, options.deadlineMs)
      running.delete(check.id)
      report()
      return observations.map((observation) => ({ check: check.id, ...observation }))
    }),
  )
  return found.flat()
}

function runOne(check: Check, world: World, deadlineMs: number): Promise<Observation[]> {
  const signal = world.effects.after(deadlineMs)
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve([tooLate(deadlineMs)]), { once: true })
    check.run(world).then(resolve, (error: unknown) => resolve([broken(error)]))
  })
}

function tooLate(ms: number): Observation {
  const means = 'something that it asks neither answers nor fails'
  const fix = 'give it longer: sage doctor --timeout 20000; or leave out the network: sage doctor --offline'
  return warning('check-late', `it was not done within ${Math.round(ms / 1000)} s`, { means, fix })
}

function broken(error: unknown): Observation {
  const message = error instanceof Error ? error.message : String(error)
  const means = 'this is a bug in sage; the other checks are not touched by it'
  return warning('check-broken', `it failed: ${message}`, { means, fix: 'please report it' })
}
