import assert from 'node:assert/strict'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { runProcess } from './run-process.ts'

const home = realpathSync(mkdtempSync(join(tmpdir(), 'sage-process-')))
const options = { cwd: home, env: { HOME: home, PATH: process.env['PATH'] ?? '' }, timeout: 60_000 }
const SLEEPER = 'setInterval(() => undefined, 1000)'

/** A program that starts one that never ends, prints that one's id and goes on as `then` says. */
function parent(detached: boolean, then: string): string[] {
  const start = `spawn(process.execPath, ['-e', '${SLEEPER}'], { stdio: 'ignore', detached: ${detached} })`
  return ['-e', `const child = require('child_process').${start}; child.unref(); console.log(child.pid); ${then}`]
}

/** Resolves once no process has this id; a test that hangs here has found a leak. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await sleep(10)
  }
}

describe('a client process', () => {
  after(() => rmSync(home, { recursive: true, force: true }))

  it('gives its exit code and what it printed', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3'
    const result = await runProcess(process.execPath, ['-e', script], options)
    assert.deepEqual(result, { code: 3, timedOut: false, stdout: 'out\n', stderr: 'err\n' })
  })

  it('has no standard input to wait for', async () => {
    const script = 'process.stdin.on("end", () => console.log("ended")).resume()'
    assert.equal((await runProcess(process.execPath, ['-e', script], options)).stdout, 'ended\n')
  })

  it('rejects a command that cannot be started', async () => {
    await assert.rejects(runProcess(join(home, 'missing'), [], options), { code: 'ENOENT' })
  })

  it('is ended when its time is over, with what it started', async () => {
    const result = await runProcess(process.execPath, parent(false, SLEEPER), { ...options, timeout: 1500 })
    assert.equal(result.timedOut, true)
    assert.equal(result.code, null)
    await gone(Number(result.stdout))
  })

  it('leaves nothing behind when it ends by itself', async () => {
    const result = await runProcess(process.execPath, parent(false, ''), options)
    assert.equal(result.code, 0)
    await gone(Number(result.stdout))
  })

  it('leaves no daemon behind', { skip: process.platform === 'linux' ? false : 'only Linux has /proc' }, async () => {
    const result = await runProcess(process.execPath, parent(true, ''), options)
    await gone(Number(result.stdout))
  })
})
