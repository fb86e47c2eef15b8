import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { ClientTemplate, Template } from './template.ts'

/** What finding clients needs to know of the machine. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>
  home: string
  /** As `process.platform`. */
  platform: string
}

/** A client that is on this machine. */
export interface FoundClient {
  client: ClientTemplate
  /** The program or the folder that tells. */
  seen: string
}

/** Clients of which a program is in the PATH or a folder in the user's home. */
export function findClients(templates: readonly Template[], machine: Machine): FoundClient[] {
  return templates.flatMap((template) => {
    if (template.role !== 'client' || template.detect === undefined) return []
    const { programs, paths } = template.detect
    const seen = [
      ...programs.flatMap((name) => findProgram(name, machine) ?? []),
      ...paths.map((path) => join(machine.home, ...path.split('/'))).filter((path) => existsSync(path)),
    ]
    return seen[0] === undefined ? [] : [{ client: template, seen: seen[0] }]
  })
}

/** The file that a shell would run for the name; on Windows with the extensions of PATHEXT. */
export function findProgram(name: string, { env, platform }: Machine): string | undefined {
  const isWindows = platform === 'win32'
  const path = variable(env, 'PATH', isWindows) ?? ''
  const extensions = isWindows ? (variable(env, 'PATHEXT', true) ?? '.COM;.EXE;.BAT;.CMD').split(';') : ['']
  const folders = path.split(isWindows ? ';' : delimiter).filter((folder) => folder !== '')
  const files = folders.flatMap((folder) => extensions.flatMap((end) => spellings(join(folder, name), end)))
  return files.find((file) => isProgram(file, isWindows))
}

/** PATHEXT is in capitals, files mostly are not; where the disk tells them apart, both are looked for. */
function spellings(file: string, extension: string): string[] {
  return [...new Set([file + extension, file + extension.toLowerCase()])]
}

/** Windows has `Path`. */
function variable(env: Machine['env'], name: string, ignoreCase: boolean): string | undefined {
  if (env[name] !== undefined || !ignoreCase) return env[name]
  const own = Object.keys(env).find((each) => each.toUpperCase() === name)
  return own === undefined ? undefined : env[own]
}

function isProgram(file: string, isWindows: boolean): boolean {
  try {
    if (!statSync(file).isFile()) return false
    if (!isWindows) accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
