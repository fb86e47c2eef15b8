// Each row breaks one thing, and doctor sees that thing and nothing else.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CHECK_IDS } from '../../src/doctor/check-ids.ts'
import { FAULTS_HERE } from './faults-here.ts'
import { FAULTS_IN_NETWORK } from './faults-network.ts'
import { openWorld, runAll } from './world.ts'

const isWindows = process.platform === 'win32'
const ROWS = [...FAULTS_HERE, ...FAULTS_IN_NETWORK]

describe('doctor finds exactly what is broken', () => {
  for (const { breaks, finds, says, only, posixOnly, ...options } of ROWS) {
    it(breaks, { skip: posixOnly === true && isWindows && 'Windows has no permission bits' }, async (t) => {
      const findings = await runAll(await openWorld(t, options), only)
      // None of these worlds needs a lock file.
      const wrong = findings.filter(({ level, code }) => level !== 'ok' && code !== 'lock-none')
      assert.deepEqual(
        wrong.map(({ check, code, level }) => `${check} ${code} ${level}`),
        finds,
        JSON.stringify(wrong, null, 2),
      )
      for (const { level, means, fix } of wrong) {
        if (level !== 'info') assert.ok(means !== undefined && fix !== undefined)
      }
      if (says !== undefined) assert.match(JSON.stringify(wrong[0]), says)
    })
  }

  it('breaks every check at least once, here or in a test of its own', () => {
    const broken = new Set(ROWS.flatMap(({ finds }) => finds.map((each) => each.split(' ', 1)[0] ?? '')))
    assert.deepEqual(
      CHECK_IDS.filter((id) => !broken.has(id)),
      ['git-ignore', 'tls', 'live', 'clients'],
    )
  })
})
