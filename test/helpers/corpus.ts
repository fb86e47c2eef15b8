// Inputs that are nasty, or that once failed: one file each under test/corpus, named after what is odd about it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', 'corpus')

export interface CorpusFile {
  /** What is odd about it. */
  name: string
  bytes: Buffer
}

/** The files of one folder under test/corpus, by name. */
export function readCorpus(...folder: string[]): CorpusFile[] {
  const path = join(ROOT, ...folder)
  return readdirSync(path)
    .filter((file) => file.endsWith('.bin'))
    .map((file) => file.slice(0, -'.bin'.length))
    .toSorted()
    .map((name) => ({ name, bytes: readFileSync(join(path, `${name}.bin`)) }))
}
