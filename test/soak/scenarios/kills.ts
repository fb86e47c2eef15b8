// E-07: processes that are killed while they save state.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killStateWriters } from '../../helpers/kill-state-writer.ts'
import type { Scenario } from '../types.ts'

const KILLS = 200

export const KILLS_SCENARIO: Scenario = {
  ids: ['E-07'],
  run: async (bench) => {
    const kills = bench.count(KILLS, 4)
    const folder = mkdtempSync(join(tmpdir(), 'sage-kill-'))
    await bench.keep(
      Promise.resolve({ close: async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) }),
    )
    const { sound, leftovers } = await killStateWriters(folder, kills)
    return [
      {
        id: 'E-07',
        goal: `${kills} kills in the middle of saving state`,
        gate: 'every file is whole, the old or the new',
        measured: `${sound} whole, ${leftovers} left a temporary file`,
        ok: sound === kills,
      },
    ]
  },
}
