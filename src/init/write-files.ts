import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { hashOf } from './file-text.ts'
import { writeText } from './write-text.ts'
import { backupFolder, makePrivate, nextNumber, writeRecord } from './record.ts'
import type { InitRecord, RecordedFile } from './record.ts'

/** A file to write. */
export interface Change {
  /** Absolute path, links followed. */
  path: string
  /** Its text now; undefined when there is none. */
  before: string | undefined
  after: string
}

/** A record that can be added to. */
export interface Writing {
  record: InitRecord
  number: number
  folder: string
}

/**
 * Writes files, and first, in the state folder, what is needed to undo that: so whenever it is stopped, each file has its
 * old text or its new one, and the record knows both. New files can be
 * changed by their owner alone; others keep their mode.
 */
export async function writeFiles(folder: string, changes: readonly Change[], at: string): Promise<Writing> {
  const number = nextNumber(folder)
  const writing: Writing = { record: { version: 1, at, files: [] }, number, folder }
  await addFiles(writing, changes)
  return writing
}

/** Writes more files into the same record. */
export async function addFiles(writing: Writing, changes: readonly Change[]): Promise<void> {
  await noteFiles(writing, changes)
  for (const { path, after } of changes) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
    await writeText(path, after)
  }
}

/** Takes files into the record that somebody else writes. */
export async function noteFiles({ record, number, folder }: Writing, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  for (const change of changes) record.files.push(await backUp(folder, number, record.files.length, change))
  await writeRecord(folder, number, record)
}

async function backUp(folder: string, number: number, place: number, change: Change): Promise<RecordedFile> {
  const { path, before, after } = change
  const recorded = { path, after: hashOf(after), folders: missingFolders(dirname(path)) }
  if (before === undefined) return { ...recorded, before: null }
  const backup = join(backupFolder(folder, number), String(place))
  makePrivate(folder)
  makePrivate(dirname(backup))
  await writeFileAtomic(backup, before, { mode: 0o600 })
  return { ...recorded, before: { hash: hashOf(before), backup } }
}

function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder]
}
