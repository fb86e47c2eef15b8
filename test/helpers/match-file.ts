import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Asserts that the text equals a stored file. With UPDATE_SNAPSHOTS=1 the file is written instead. */
export function matchFile(path: string, actual: string): void {
  if (process.env['UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
    return
  }
  assert.ok(existsSync(path), `${path} does not exist: look at the output, then run with UPDATE_SNAPSHOTS=1`)
  assert.equal(actual, readFileSync(path, 'utf8'))
}
