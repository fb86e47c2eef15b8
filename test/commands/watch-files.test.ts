import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { FileWatch } from '../../src/commands/watch-files.ts'
import type { WatchTimes } from '../../src/commands/watch-files.ts'
import { until } from '../helpers/until.ts'

/** Nothing is found by looking, only by being told. */
const TOLD: WatchTimes = { noticeMs: 5, settleMs: 40, pollMs: 1e6 }
/** Nothing is found but by looking. */
const LOOKED: WatchTimes = { noticeMs: 5, settleMs: 40, pollMs: 30 }
/** Time in which a change would have been noticed, in ms. */
const A_WHILE = 400

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'sage-watch-'))
  t.after(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}

async function watching(t: TestContext, paths: string[], times: WatchTimes = TOLD) {
  let changes = 0
  const watch = new FileWatch(paths, () => void changes++, times)
  t.after(() => watch.close())
  await watch.start()
  return {
    watch,
    changed: (count: number) => until(() => (changes >= count ? true : undefined)),
    count: () => changes,
  }
}

describe('a watch on files', () => {
  it('tells of files that are written, replaced, deleted and made', async (t) => {
    const cwd = folder(t)
    const [path, other] = [join(cwd, 'a'), join(cwd, 'b')]
    writeFileSync(path, '1')
    const { changed, count } = await watching(t, [path, other])
    writeFileSync(path, '2')
    await changed(1)
    writeFileSync(join(cwd, 'new'), '3')
    renameSync(join(cwd, 'new'), path)
    await changed(2)
    rmSync(path)
    await changed(3)
    writeFileSync(other, '4')
    await changed(4)
    await sleep(A_WHILE)
    assert.equal(count(), 4)
  })

  it('says nothing of the same contents, nor of other files in the folder, and is not put off by them', async (t) => {
    const cwd = folder(t)
    const path = join(cwd, 'a')
    writeFileSync(path, '1')
    const { changed, count } = await watching(t, [path])
    const log = setInterval(() => appendFileSync(join(cwd, 'log'), 'line\n'), 5)
    t.after(() => clearInterval(log))
    writeFileSync(path, '1')
    utimesSync(path, 1, 1)
    await sleep(A_WHILE)
    assert.equal(count(), 0)
    writeFileSync(path, '2')
    await changed(1)
  })

  it('tells of a file that is written bit by bit once it is whole', async (t) => {
    const path = join(folder(t), 'a')
    writeFileSync(path, 'old')
    let seen = ''
    const watch = new FileWatch([path], () => (seen = readFileSync(path, 'utf8')), TOLD)
    t.after(() => watch.close())
    await watch.start()
    writeFileSync(path, '')
    // Whether it tells of parts too depends on how fast this machine is.
    for (let n = 0; n < 20; n++) {
      await sleep(10)
      appendFileSync(path, `${n} `)
    }
    await until(() => (seen.endsWith(' 19 ') ? true : undefined))
  })

  it('follows links, and folders that are swapped as a whole', { skip: process.platform === 'win32' }, async (t) => {
    const cwd = folder(t)
    for (const name of ['one', 'two', 'three']) {
      mkdirSync(join(cwd, 'versions', name), { recursive: true })
      writeFileSync(join(cwd, 'versions', name, 'a'), name)
    }
    mkdirSync(join(cwd, 'mounted'))
    const swap = (name: string): void => {
      symlinkSync(join('..', 'versions', name), join(cwd, 'mounted', 'next'))
      renameSync(join(cwd, 'mounted', 'next'), join(cwd, 'mounted', 'now'))
    }
    swap('one')
    symlinkSync(join('now', 'a'), join(cwd, 'mounted', 'a'))
    const { changed } = await watching(t, [join(cwd, 'mounted', 'a')])
    swap('two')
    await changed(1)
    swap('three')
    await changed(2)
  })

  it('finds what nobody tells of', async (t) => {
    const cwd = folder(t)
    // There is no such folder to watch yet.
    const path = join(cwd, 'later', 'a')
    const { changed } = await watching(t, [path], LOOKED)
    mkdirSync(join(cwd, 'later'))
    writeFileSync(path, '1')
    await changed(1)
    rmSync(join(cwd, 'later'), { recursive: true })
    await changed(2)
    mkdirSync(join(cwd, 'later'))
    writeFileSync(path, '2')
    await changed(3)
  })

  it('takes other files, whose contents are known then', async (t) => {
    const cwd = folder(t)
    const [path, other] = [join(cwd, 'a'), join(cwd, 'b', 'c')]
    mkdirSync(join(cwd, 'b'))
    for (const each of [path, other]) writeFileSync(each, '1')
    const { watch, changed, count } = await watching(t, [path])
    await watch.use([other])
    writeFileSync(path, '2')
    await sleep(A_WHILE)
    assert.equal(count(), 0)
    writeFileSync(other, '2')
    await changed(1)
  })

  it('does not wait for the writer of a pipe', { skip: process.platform === 'win32' }, async (t) => {
    const path = join(folder(t), 'pipe')
    const { changed } = await watching(t, [path])
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path])
    await changed(1)
    rmSync(path)
    writeFileSync(path, '1')
    await changed(2)
  })
})
