// Runs test files with node:test, one process a file, and gathers what became of them.
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { run } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

type Result = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data']
type Failed = Extract<TestEvent, { type: 'test:fail' }>['data']

export interface Outcome {
  passed: number
  skipped: number
  /** What went wrong in each file, told for a person. A file without a test is there, too. */
  failures: Map<string, string[]>
  /** What each file wrote. */
  output: Map<string, string>
}

export interface RunOptions {
  /** A file that runs longer has hung. In ms. */
  timeout: number
  /** Files at a time; by default one for each core, at least two. */
  concurrency?: number
  /** The source of a file: with source maps, events may name that one. By default the file itself. */
  sourceOf?(file: string): string
  /** Hears of every test that has ended. */
  onTest?(passed: boolean): void
}

/** `files` are absolute paths of compiled test files. Resolves when all have ended, whatever became of them. */
export function runFiles(files: readonly string[], options: RunOptions): Promise<Outcome> {
  const { timeout, concurrency = Math.max(2, availableParallelism()), onTest } = options
  const byPath = new Map(files.flatMap((file) => [file, options.sourceOf?.(file) ?? file].map((path) => [path, file])))
  const fileOf = (path: string = 'unknown'): string => byPath.get(resolve(path)) ?? path
  /** The event of the file itself: it comes when the file has no test, or when its process failed. */
  const isFile = ({ nesting, name }: Pick<Result, 'nesting' | 'name'>): boolean =>
    nesting === 0 && byPath.has(resolve(name))
  /** Files in which a test failed, and failed tests that helpers define: those of the files without one of their own. */
  const failed = new Set<string>()
  const orphans: string[] = []
  const outcome: Outcome = { passed: 0, skipped: 0, failures: new Map(), output: new Map() }
  const fail = (file: string, text: string): void => {
    outcome.failures.set(file, [...(outcome.failures.get(file) ?? []), text])
  }
  const keep = ({ file, message }: { file?: string | undefined; message: string }): void => {
    outcome.output.set(fileOf(file), (outcome.output.get(fileOf(file)) ?? '') + message)
  }
  return new Promise((resolveRun, reject) => {
    run({ files: [...files], concurrency, timeout })
      .on('test:pass', (result) => {
        if (result.details.type === 'suite') return
        if (isFile(result)) fail(fileOf(result.name), 'it has no test')
        else if (result.skip !== undefined && result.skip !== false) outcome.skipped++
        else outcome.passed++
        onTest?.(true)
      })
      .on('test:fail', (result) => {
        // It fails because tests in it do; those are reported themselves.
        if (reasonOf(result.details) === 'subtestsFailed') return
        const file = fileOf(isFile(result) ? result.name : result.file)
        if (isFile(result) && outcome.failures.has(file)) return
        if (files.includes(file)) fail(file, describe(result))
        else orphans.push(describe(result))
        onTest?.(false)
      })
      .on('test:complete', (result) => {
        if (isFile(result) && reasonOf(result.details) === 'subtestsFailed') failed.add(fileOf(result.name))
      })
      // An exception that comes when its test is over: node:test only warns.
      .on('test:diagnostic', ({ message, file }) => {
        if (message.includes('asynchronous activity after the test ended')) fail(fileOf(file), message)
      })
      .on('test:stdout', keep)
      .on('test:stderr', keep)
      .on('error', reject)
      .on('end', () => {
        const silent = [...failed].filter((file) => !outcome.failures.has(file))
        const owners = silent.length > 0 ? silent : [outcome.failures.keys().next().value ?? 'unknown']
        for (const file of owners) for (const text of orphans) fail(file, text)
        resolveRun(outcome)
      })
      .resume()
  })
}

function describe({ name, details }: Failed): string {
  return `✖ ${name}\n${inspect(details.error.cause ?? details.error).replace(/^/gm, '    ')}`
}

function reasonOf({ error }: { error?: Error }): unknown {
  return error !== undefined && 'failureType' in error ? error.failureType : undefined
}
