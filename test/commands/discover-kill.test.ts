import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { readLock } from '../../src/catalog/lock/read.ts'
import { programArgs } from '../helpers/program.ts'

const WRITER = join(import.meta.dirname, '..', 'helpers', 'write-lock-forever.mjs')
const KILLS = 8

it('a kill in the middle of writing leaves the old lock or the new one, whole', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sage-kill-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  const path = join(folder, 'sage.lock.yaml')
  const seen = new Set<string | undefined>()
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [...programArgs(WRITER), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'close')
    await once(child.stdout, 'data')
    // Any moment will do: each finds the writer at another point of its round.
    await sleep((kill * 37) % 23)
    child.kill('SIGKILL')
    await ended
    const models = readLock(readFileSync(path, 'utf8')).providers.get('p')?.models
    assert.equal(models?.size, 2000)
    const dates = new Set([...(models ?? [])].map(([, { since }]) => since))
    assert.equal(dates.size, 1, 'a mixture of both')
    seen.add([...dates][0])
  }
  assert.ok([...seen].every((date) => date === '2026-09-01' || date === '2026-10-01'))
})
