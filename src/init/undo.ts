import { rmdirSync, rmSync } from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { hashOf, readText } from './file-text.ts'
import { readRecord, recordNumbers, removeRecord } from './record.ts'
import type { RecordedFile } from './record.ts'

export interface Undone {
  path: string
  /** `left`: it was changed since, so it stays as it is; the copy of its old text is kept. `same`: it has its old text already. */
  result: 'removed' | 'restored' | 'left' | 'same'
}

/** Undoes the last record; undefined when there is none. With `dryRun` it only tells. */
export async function undoLast(folder: string, dryRun: boolean): Promise<Undone[] | undefined> {
  const number = recordNumbers(folder).at(-1)
  if (number === undefined) return undefined
  const { files } = readRecord(folder, number)
  const undone: Undone[] = []
  for (const file of files.toReversed()) undone.push({ path: file.path, result: await undoFile(file, dryRun) })
  const isLeft = undone.some(({ result }) => result === 'left')
  if (!dryRun) removeRecord(folder, number, isLeft)
  return undone
}

async function undoFile({ path, before, after, folders }: RecordedFile, dryRun: boolean): Promise<Undone['result']> {
  const now = readText(path)
  const hash = now === undefined ? undefined : hashOf(now)
  if (hash === before?.hash) return 'same'
  if (hash !== after) return 'left'
  if (before === null) {
    if (!dryRun) {
      rmSync(path)
      removeEmpty(folders)
    }
    return 'removed'
  }
  const text = readText(before.backup)
  if (text === undefined || hashOf(text) !== before.hash) return 'left'
  if (!dryRun) await writeFileAtomic(path, text)
  return 'restored'
}

/** Others may have put something into them since: then they stay. */
function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders.toReversed()) {
    try {
      rmdirSync(folder)
    } catch {
      return
    }
  }
}
