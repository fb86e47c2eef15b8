// Runs the test files under test/ with node:test, one process a file, as `scripts/build-tests.ts` has compiled them.
// Finding no file, a file without a test, or a run without a test is a failure.
// usage: npm test [-- path part ...]
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

type Result = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data']
type Failure = Extract<TestEvent, { type: 'test:fail' }>['data']

/** A file that runs longer than this has hung. In ms. Properties in full take minutes. */
const FILE_TIMEOUT = process.env['SAGE_RUNS'] === 'full' ? 900_000 : 300_000

const root = join(import.meta.dirname, '..')
const built = join(root, '.cache', 'test')
const parts = process.argv.slice(2).map((part) => part.replaceAll('\\', '/'))
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((name) => join(import.meta.dirname, name))
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => parts.length === 0 || parts.some((part) => shown(file).includes(part)))
  .sort()
  .map((file) => join(built, relative(root, file).replace(/\.ts$/, '.js')))

if (files.length === 0) {
  process.stderr.write('no test files found\n')
  process.exit(1)
}

let passed = 0
let skipped = 0
const failures: Failure[] = []
const empty: string[] = []
const late: string[] = []
/** What each file wrote: shown when it fails. */
const output = new Map<string, string>()

// Success has to be reported: whatever ends the run early is a failure.
process.exitCode = 1

run({ files, concurrency: Math.max(2, availableParallelism()), timeout: FILE_TIMEOUT })
  .on('test:pass', (result) => {
    if (isSuite(result)) return
    if (isFile(result)) empty.push(shown(result.name))
    else if (result.skip !== undefined && result.skip !== false) skipped++
    else passed++
    process.stdout.write('.')
  })
  .on('test:fail', (failure) => {
    // It fails because tests in it do; those are reported themselves.
    if (reasonOf(failure) === 'subtestsFailed') return
    if (isFile(failure) && failures.some(({ file }) => file === failure.file)) return
    failures.push(failure)
    process.stdout.write('X')
  })
  // An exception that comes when its test is over: node:test only warns.
  .on('test:diagnostic', ({ message }) => {
    if (message.includes('asynchronous activity after the test ended')) late.push(message)
  })
  .on('test:stdout', keep)
  .on('test:stderr', keep)
  .on('end', report)
  .resume()

function report(): void {
  process.stdout.write('\n')
  for (const failure of failures) process.stdout.write(describeFailure(failure))
  for (const file of new Set(failures.map((failure) => failure.file ?? failure.name))) {
    const written = output.get(file)
    if (written !== undefined) process.stdout.write(`\noutput of ${shown(file)}:\n${written}\n`)
  }
  for (const file of empty) process.stdout.write(`\n${file} has no test\n`)
  for (const message of late) process.stdout.write(`\n${message}\n`)
  if (passed === 0) process.stdout.write('\nno test was run\n')
  const skips = skipped === 0 ? '' : `, ${skipped} skipped`
  const failed = failures.length + empty.length + late.length
  process.stdout.write(`\n${passed} passed, ${failed} failed${skips}\n`)
  if (failed === 0 && passed > 0) process.exitCode = 0
}

function keep({ file, message }: { file?: string | undefined; message: string }): void {
  if (file !== undefined) output.set(file, (output.get(file) ?? '') + message)
}

function describeFailure(failure: Failure): string {
  const { name, file, details } = failure
  const place = file === undefined ? '' : `${shown(file)}: `
  return `\n✖ ${place}${name}\n${inspect(details.error.cause ?? details.error).replace(/^/gm, '    ')}\n`
}

function reasonOf(failure: Failure): unknown {
  return 'failureType' in failure.details.error ? failure.details.error.failureType : undefined
}

function isSuite(result: Result): boolean {
  return result.details.type === 'suite'
}

/** The event of the file itself: it comes when the file has no test, or when its process failed. */
function isFile(result: Result): boolean {
  return result.nesting === 0 && files.includes(join(root, relative(root, result.name)))
}

/** The source of a test file. */
function shown(file: string): string {
  const path = join(root, relative(root, file))
  const source = path.startsWith(built) ? relative(built, path).replace(/\.js$/, '.ts') : relative(root, path)
  return source.replaceAll('\\', '/')
}
