import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { repairAll } from '../../src/doctor/repair.ts'
import { openWorld, runAll, troubles } from './world.ts'
import type { TestWorld } from './world.ts'

const FILES = { '.env': 'A=b\n' }

function git({ cwd }: TestWorld, ...args: string[]): void {
  execFileSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd, stdio: 'ignore' })
}

describe('the check git-ignore', () => {
  it('has nothing to say outside of a repository, or without git', async (t) => {
    const world = await openWorld(t, { files: FILES })
    assert.deepEqual(await runAll(world, ['git-ignore']), [])
    const without = await openWorld(t, { files: FILES, effects: { run: async () => undefined } })
    assert.deepEqual(await runAll(without, ['git-ignore']), [])
  })

  it('finds a .env that git does not ignore, and mends it', async (t) => {
    const world = await openWorld(t, { files: { ...FILES, '.gitignore': 'dist' } })
    git(world, 'init')
    const findings = await runAll(world, ['git-ignore'])
    assert.deepEqual(troubles(findings), ['git-ignore git-open warning'])
    await repairAll(findings, world.effects.files, true)
    assert.equal(readFileSync(join(world.cwd, '.gitignore'), 'utf8'), 'dist')
    const [repair] = await repairAll(findings, world.effects.files, false)
    assert.match(repair?.action ?? '', /^add "\.env" to /)
    assert.equal(readFileSync(join(world.cwd, '.gitignore'), 'utf8'), 'dist\n.env\n')
    assert.deepEqual(troubles(await runAll(world, ['git-ignore'])), [])
  })

  it('finds a .env that is in the repository', async (t) => {
    const world = await openWorld(t, { files: { ...FILES, '.gitignore': '.env\n' } })
    git(world, 'init')
    git(world, 'add', '--force', '.env')
    assert.deepEqual(troubles(await runAll(world, ['git-ignore'])), ['git-ignore git-tracked error'])
  })
})
