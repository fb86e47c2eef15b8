// What sage init wrote, so that it can be undone. In the user's state folder, for nobody else to read.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'

export interface RecordedFile {
  /** Absolute path. */
  path: string
  /** What it held before, by hash, and the copy of it in the record's folder; null when it was not there. */
  before: { hash: string; backup: string } | null
  /** Hash of what was written. */
  after: string
  /** Folders that were made for it, the outermost first. */
  folders: string[]
}

export interface InitRecord {
  version: 1
  /** When it was written, ISO 8601. */
  at: string
  files: RecordedFile[]
}

export interface StateLookup {
  env: Readonly<Record<string, string | undefined>>
  home: string
  platform: string
}

/** `~/.local/state/sage`, moved by XDG_STATE_HOME; below %LOCALAPPDATA% on Windows. */
export function stateFolder({ env, home, platform }: StateLookup): string {
  const given = env[platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_STATE_HOME']
  const usual = platform === 'win32' ? join(home, 'AppData', 'Local') : join(home, '.local', 'state')
  return join(given !== undefined && isAbsolute(given) ? given : usual, 'sage')
}

/** Numbers of the records that are there, the oldest first. */
export function recordNumbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => /^init-(\d+)\.json$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  } catch {
    return []
  }
}

/** The number of a new record: no other has it, nor copies that an older one has left. */
export function nextNumber(folder: string): number {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return Math.max(0, ...names.map((name) => Number(/^init-(\d+)(?:\.json)?$/.exec(name)?.[1] ?? 0))) + 1
}

export function recordPath(folder: string, number: number): string {
  return join(folder, `init-${number}.json`)
}

/** Folder of a record's copies. */
export function backupFolder(folder: string, number: number): string {
  return join(folder, `init-${number}`)
}

export async function writeRecord(folder: string, number: number, record: InitRecord): Promise<void> {
  makePrivate(folder)
  await writeFileAtomic(recordPath(folder, number), `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
}

/**
 * Makes a folder for nobody else to read, or takes an old one from others; new ones above it get the usual mode. Throws
 * when the folder is somebody else's.
 */
export function makePrivate(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** Throws when it cannot be read. */
export function readRecord(folder: string, number: number): InitRecord {
  return JSON.parse(readFileSync(recordPath(folder, number), 'utf8')) as InitRecord
}

/** Removes a record, and its copies unless somebody may still want them. */
export function removeRecord(folder: string, number: number, keepCopies: boolean): void {
  rmSync(recordPath(folder, number), { force: true })
  if (!keepCopies) rmSync(backupFolder(folder, number), { recursive: true, force: true })
}
