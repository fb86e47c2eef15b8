import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs npm with the running Node and no shell, so that it works on Windows too. Returns its stdout; rejects on failure. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run(process.execPath, [npmCli(), ...args], { cwd, maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** npm's entry: the one that runs this script, else the first in the PATH. */
function npmCli(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const known = [
    process.env['npm_execpath'] ?? '',
    ...folders.map((folder) => join(folder, 'npm')),
    ...folders.map((folder) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')),
  ]
  for (const path of known) {
    const file = existsSync(path) ? realpathSync(path) : ''
    if (file.endsWith('npm-cli.js')) return file
  }
  throw new Error('npm is not in the PATH')
}
