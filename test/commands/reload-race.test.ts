// Files that change just when a reload has read them and does not watch them yet.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Workspace } from '../../src/commands/load-workspace.ts'
import { Reload } from '../../src/commands/serve-reload.ts'
import { until } from '../helpers/until.ts'

const TIMES = { noticeMs: 5, settleMs: 10, pollMs: 30 }

/** What a reload looks at of a workspace. */
function workspaceOf(files: readonly string[]): Workspace {
  const profile = { file: files[0], policies: [], serve: { reload: true } }
  return { files, profile, usable: [] } as unknown as Workspace
}

describe('a file that a reload comes to need', () => {
  for (const moment of ['read', 'taken', 'refused'] as const) {
    it(`is read again when it changes right after it was ${moment}`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'sage-race-'))
      t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
      const [first, second] = [join(folder, 'a'), join(folder, 'b')]
      for (const path of [first, second]) writeFileSync(path, 'old')
      let hasChanged = false
      const change = (at: string): void => {
        if (hasChanged || at !== moment) return
        hasChanged = true
        writeFileSync(second, 'new')
      }
      let read = ''
      let taken = ''
      const reload = new Reload(
        workspaceOf([first]),
        {
          load: async (_serving, onFile) => {
            onFile(second)
            read = readFileSync(second, 'utf8')
            change('read')
            if (moment === 'refused' && read === 'old') throw new Error('it is not good')
            return workspaceOf([first, second])
          },
          take: async () => {
            taken = read
            change('taken')
            return []
          },
          setPending: ({ problem }) => void (problem !== undefined && change('refused')),
          log: () => undefined,
        },
        TIMES,
      )
      t.after(() => reload.close())
      await reload.start()
      await reload.now()
      await until(() => (taken === 'new' ? true : undefined))
      assert.equal(readFileSync(second, 'utf8'), 'new')
    })
  }
})
