import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { killStateWriters } from '../helpers/kill-state-writer.ts'

it('a kill in the middle of saving leaves the old state or the new one, whole', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sage-kill-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  assert.equal((await killStateWriters(folder, 12)).sound, 12)
})
