// Runs the tests as `scripts/build-tests.ts` has compiled them. Finding no file, a file without a test, or a run without a
// test is a failure. With SAGE_AGAIN set, a few files that failed are run once more, alone, and named as flaky if they pass.
// usage: npm test [-- path part ...]
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import process from 'node:process'
import { runFiles } from './run-files.ts'
import type { Outcome } from './run-files.ts'

const { SAGE_RUNS, SAGE_AGAIN } = process.env
/** In ms. Properties in full take minutes. */
const TIMEOUT = SAGE_RUNS === 'full' ? 900_000 : 300_000
/** More files than this do not fail by chance. */
const MOST_FLAKY = 3

const root = join(import.meta.dirname, '..')
const built = join(root, '.cache', 'test')
const parts = process.argv.slice(2).map((part) => part.replaceAll('\\', '/'))
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((name) => join(import.meta.dirname, name))
  .filter((file) => file.endsWith('.test.ts'))
  .filter(
    (file) => parts.length === 0 || parts.some((part) => relative(root, file).replaceAll('\\', '/').includes(part)),
  )
  .sort()
  .map((file) => join(built, relative(root, file).replace(/\.ts$/, '.js')))

// Success has to be reported: whatever ends the run early is a failure.
process.exitCode = 1
if (files.length === 0) print('no test files found')
else await main()

async function main(): Promise<void> {
  const onTest = (passed: boolean): void => void process.stdout.write(passed ? '.' : 'X')
  const outcome = await runFiles(files, { timeout: TIMEOUT, sourceOf, onTest })
  process.stdout.write('\n')
  tell(outcome)
  const failed = await stillFailing(outcome.failures)
  const flaky = outcome.failures.size - failed.length
  if (outcome.passed === 0) print('no test was run')
  const more = [outcome.skipped > 0 && `${outcome.skipped} skipped`, flaky > 0 && `${flaky} flaky`]
  const count = failed.reduce((sum, file) => sum + (outcome.failures.get(file)?.length ?? 0), 0)
  print([`${outcome.passed} passed`, `${count} failed`, ...more.filter((part) => part !== false)].join(', '))
  if (failed.length === 0 && outcome.passed > 0) process.exitCode = 0
}

/** The files that failed for good. */
async function stillFailing(failures: ReadonlyMap<string, string[]>): Promise<string[]> {
  const failed = [...failures.keys()]
  if (SAGE_AGAIN === undefined || failed.length === 0 || failed.length > MOST_FLAKY) return failed
  const again = await runFiles(failed, { timeout: TIMEOUT, sourceOf, concurrency: 1 })
  tell(again)
  for (const file of failed) {
    if (!again.failures.has(file))
      print(`FLAKY: ${shown(file)} failed at first (see above) and passed when it ran again, alone`)
  }
  return failed.filter((file) => again.failures.has(file))
}

function tell({ failures, output }: Outcome): void {
  for (const [file, texts] of failures) for (const text of texts) print(`${shown(file)}: ${text}`)
  for (const file of failures.keys()) if (output.has(file)) print(`${shown(file)} wrote:\n${output.get(file)}`)
}

function sourceOf(file: string): string {
  return join(root, relative(built, file).replace(/\.js$/, '.ts'))
}

function shown(file: string): string {
  return relative(root, sourceOf(file)).replaceAll('\\', '/')
}

function print(text: string): void {
  process.stdout.write(`\n${text}\n`)
}
