// The worked example is what the program prints today.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { it } from 'node:test'
import { runCli } from '../helpers/context.ts'
import { matchFile } from '../helpers/match-file.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'profiles', 'example-change')
const ARGV = ['explain', '--profile', 'after.yaml', '--base', 'before.yaml', '--cases', 'cases.yaml', '--coverage']

it('profiles/example-change/report.md is up to date', async () => {
  const { code, stdout, stderr } = await runCli([...ARGV, '--assume-keys', '--format', 'markdown'], { cwd: FOLDER })
  assert.deepEqual([code, stderr], [0, ''])
  matchFile(join(FOLDER, 'report.md'), stdout)
})
