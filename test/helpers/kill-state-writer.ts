// A process that is killed while it saves its state, again and again.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { decodeState } from '../../src/state/encode.ts'
import { StateFile } from '../../src/state/state-file.ts'

export interface Killed {
  /** Files that were whole after a kill. */
  sound: number
  /** Kills that left a temporary file behind. */
  leftovers: number
}

/** Kills a writer so many times; every next one opens what the last one left. Throws when that is damaged. */
export async function killStateWriters(folder: string, kills: number): Promise<Killed> {
  const script = join(folder, 'writer.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'write-state-forever.mjs')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  const states = join(folder, 'states')
  const killed: Killed = { sound: 0, leftovers: 0 }
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(process.execPath, [script, states], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'close')
    await Promise.race([once(child.stdout, 'data'), ended])
    assert.equal(child.exitCode, null, 'it could not go on with what the last one left')
    // Any moment will do: each finds the writer at another point of its round.
    await sleep((kill * 7) % 11)
    child.kill('SIGKILL')
    await ended
    const decoded = decodeState(readFileSync(join(states, 'serve.json'), 'utf8'))
    assert.ok(decoded.ok, JSON.stringify(decoded))
    killed.sound++
    if (readdirSync(states).some((name) => name.includes('.tmp-'))) killed.leftovers++
  }
  const last = await StateFile.open({ folder: states, name: 'serve', pid: 1, isRunning: () => false, wall: () => 0 })
  assert.ok(last.kind === 'file' && last.moved === undefined)
  await last.file.close()
  assert.deepEqual(readdirSync(states), ['serve.json'], 'what was left is swept')
  return killed
}
