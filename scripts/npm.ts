import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs npm with the running Node and no shell, so that it works on Windows too. Returns its stdout; rejects on failure. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run(process.execPath, [npmCli(), ...args], { cwd, maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** npm's entry: the one that runs this script, else the one that came with Node. */
function npmCli(): string {
  const bin = dirname(process.execPath)
  const known = [
    process.env['npm_execpath'] ?? '',
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const found = known.find((path) => path.endsWith('npm-cli.js') && existsSync(path))
  if (found === undefined) throw new Error('npm is not where it was looked for; run this through an npm script')
  return found
}
