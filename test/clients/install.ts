// Installs clients from the npm registry into .cache/clients/, one folder a set of packages.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from '../../scripts/npm.ts'
import type { Client } from './client.ts'

export const CACHE: string = join(import.meta.dirname, '..', '..', '.cache')
const NODE_24 = '24.21.0'

/** Written last: a folder without it was not finished. */
const DONE = 'installed.json'

export type Installed = { folder: string } | { reason: string }

/** Installs a client's packages, unless that was done before. A failure comes back as its reason, in a line. */
export async function installClient(client: Client): Promise<Installed> {
  return install(join(CACHE, 'clients', folderOf(client.packages)), client.packages, client.scripts === true)
}

/** Path of a `node` of at least this major version: the running one, else one from the registry. */
export async function findNode(major: number): Promise<{ path: string; version: string } | { reason: string }> {
  const running = process.versions.node
  if (Number.parseInt(running, 10) >= major) return { path: process.execPath, version: running }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const bin = process.platform === 'win32' ? 'node.exe' : 'node'
  const folder = join(CACHE, 'node24')
  const path = join(folder, 'node_modules', name, 'bin', bin)
  if (!existsSync(path)) {
    const installed = await install(folder, [`${name}@${NODE_24}`], false)
    if ('reason' in installed) return installed
  }
  return { path, version: NODE_24 }
}

/** The command of a package, as its package.json names it. */
export function binOf(folder: string, packageName: string, bin: string): string {
  const root = join(folder, 'node_modules', ...packageName.split('/'))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin?: Record<string, string> }
  const path = manifest.bin?.[bin]
  if (path === undefined) throw new Error(`${packageName} has no command ${bin}`)
  return realpathSync(join(root, path))
}

/** `@scope/name@1.2.3` → its parts. */
export function splitPackage(spec: string): { name: string; version: string } {
  const at = spec.lastIndexOf('@')
  return { name: spec.slice(0, at), version: spec.slice(at + 1) }
}

async function install(folder: string, packages: readonly string[], scripts: boolean): Promise<Installed> {
  if (existsSync(join(folder, DONE))) return { folder }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  // of its own, or npm would look for one in the folders above
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const flags = ['--loglevel=error', '--no-audit', '--no-fund', ...(scripts ? [] : ['--ignore-scripts'])]
  try {
    await npm(['install', '--prefix', folder, '--save-exact', ...flags, ...packages], folder)
  } catch (error) {
    return { reason: npmReason(error) }
  }
  writeFileSync(join(folder, DONE), JSON.stringify(packages))
  return { folder }
}

function folderOf(packages: readonly string[]): string {
  return packages.map((spec) => spec.replace(/^@/, '').replaceAll('/', '-').replace(/@/, '-')).join('+')
}

/** npm's error code and its first sentence. */
function npmReason(error: unknown): string {
  const text = error instanceof Error ? ('stderr' in error ? String(error.stderr) : error.message) : String(error)
  const lines = text.split('\n').flatMap((line) => /^npm error (?!A complete log)(.+)$/.exec(line)?.[1] ?? [])
  return lines.slice(0, 2).join(': ') || (text.split('\n')[0] ?? '')
}
