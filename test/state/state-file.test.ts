import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { encodeState } from '../../src/state/encode.ts'
import { StateFile } from '../../src/state/state-file.ts'
import type { OpenedState } from '../../src/state/state-file.ts'

const root = mkdtempSync(join(tmpdir(), 'sage-state-'))
after(() => rmSync(root, { recursive: true, force: true }))

let folders = 0
const newFolder = (): string => join(root, `f${folders++}`)
const NO_MODES = process.platform === 'win32' && 'no modes'

interface Who {
  pid?: number
  running?: readonly number[]
}

function openState(folder: string, { pid = 100, running = [] }: Who = {}): Promise<OpenedState> {
  return StateFile.open({
    folder,
    name: 'serve',
    pid,
    isRunning: (each) => running.includes(each),
    wall: () => Date.now(),
  })
}

async function opened(folder: string, who?: Who): Promise<Extract<OpenedState, { kind: 'file' }>> {
  const result = await openState(folder, who)
  assert.equal(result.kind, 'file', JSON.stringify(result))
  return result
}

/** A folder with a state of these bytes in it, that nobody uses. */
function folderWith(text: string): string {
  const folder = newFolder()
  mkdirSync(folder)
  writeFileSync(join(folder, 'serve.json'), text)
  return folder
}

describe('state file', () => {
  it('gives back what was saved last', async () => {
    const folder = newFolder()
    const first = await opened(folder)
    assert.equal(first.state, undefined)
    for (const n of [1, 2]) await first.file.save({ n, text: 'ä\n"' })
    await first.file.close()
    const second = await opened(folder)
    assert.deepEqual(second.state, { n: 2, text: 'ä\n"' })
    await second.file.close()
    assert.deepEqual(readdirSync(folder), ['serve.json'])
  })

  it('is for its owner only', { skip: NO_MODES }, async () => {
    const folder = newFolder()
    const before = process.umask(0)
    const { file } = await opened(folder)
    await file.save({})
    process.umask(before)
    const modeOf = (path: string): number => statSync(path).mode & 0o777
    assert.deepEqual(
      [modeOf(folder), modeOf(join(folder, 'serve.json')), modeOf(join(folder, 'serve.lock'))],
      [0o700, 0o600, 0o600],
    )
    await file.close()
  })

  const sound = encodeState({ n: 1 })
  const broken: [name: string, text: string, problem: RegExp][] = [
    ['an empty file', '', /empty/],
    ['a file that was cut', sound.slice(0, -5), /damaged/],
    ['a file that was cut in its header', sound.slice(0, 20), /something else/],
    ['a file with another byte', sound.replace('"n":1', '"n":2'), /damaged/],
    ['another version', sound.replace('"version":1', '"version":2'), /another version/],
    ['another file', 'version: 1\n', /something else/],
    ['zeros', '\0'.repeat(500), /something else/],
  ]
  for (const [name, text, problem] of broken) {
    it(`sets ${name} aside and starts without it`, async () => {
      const folder = folderWith(text)
      const { file, state, moved } = await opened(folder)
      assert.equal(state, undefined)
      assert.match(moved?.problem ?? '', problem)
      assert.match(moved?.path ?? '', /serve\.json\.corrupt-\d+$/)
      assert.equal(readFileSync(moved?.path ?? '', 'utf8'), text)
      await file.save({ n: 3 })
      await file.close()
      assert.deepEqual((await opened(folder)).state, { n: 3 })
    })
  }

  it('keeps the five newest of those', async () => {
    const folder = folderWith('')
    for (let n = 1; n <= 8; n++) writeFileSync(join(folder, `serve.json.corrupt-${n}000`), '')
    await (await opened(folder)).file.close()
    const kept = readdirSync(folder).filter((name) => name.includes('corrupt'))
    assert.equal(kept.length, 6)
    assert.ok(!kept.includes('serve.json.corrupt-1000') && kept.includes('serve.json.corrupt-8000'), kept.join())
  })

  it('sweeps the temporary files of processes that run no longer', async () => {
    const folder = folderWith(sound)
    const names = ['serve.json.tmp-7', 'serve.json.tmp-8', 'serve.json.tmp-100', 'serve.lock.tmp-9', 'other.json.tmp-7']
    for (const name of names) writeFileSync(join(folder, name), 'half a st')
    const { state, file } = await opened(folder, { running: [8] })
    assert.deepEqual(state, { n: 1 })
    await file.close()
    assert.deepEqual(readdirSync(folder).sort(), ['other.json.tmp-7', 'serve.json', 'serve.json.tmp-8'])
  })

  it('has one process at a time; the next keeps its state in memory', async () => {
    const folder = newFolder()
    const { file } = await opened(folder, { pid: 100 })
    const second = await openState(folder, { pid: 200, running: [100] })
    assert.equal(
      second.kind === 'memory' && second.reason,
      `process 100 keeps its state in ${join(folder, 'serve.json')}`,
    )
    assert.equal((await openState(folder, { pid: 100 })).kind, 'memory', 'the same process')
    await file.save({ n: 1 })
    await file.close()
    const third = await opened(folder, { pid: 200, running: [100] })
    assert.deepEqual(third.state, { n: 1 })
    await third.file.close()
  })

  it('takes over from a process that runs no longer, which then writes no more', async () => {
    const folder = newFolder()
    const dead = await opened(folder, { pid: 100 })
    const next = await opened(folder, { pid: 200 })
    await assert.rejects(dead.file.save({ n: 1 }), { code: 'ELOCKED' })
    await next.file.save({ n: 2 })
    await dead.file.close()
    await next.file.save({ n: 3 })
    await next.file.close()
    assert.deepEqual(readdirSync(folder), ['serve.json'])
  })

  it('makes its folder anew when it was deleted, unless another process has done so', async () => {
    const folder = join(newFolder(), 'in', 'here')
    const { file } = await opened(folder)
    await file.save({ n: 1 })
    for (const gone of [folder, join(folder, '..'), join(folder, 'serve.lock')]) {
      rmSync(gone, { recursive: true })
      await file.save({ gone })
      assert.deepEqual(readdirSync(folder).sort(), ['serve.json', 'serve.lock'])
    }
    rmSync(folder, { recursive: true })
    const next = await opened(folder, { pid: 200, running: [100] })
    await assert.rejects(file.save({ n: 2 }), { code: 'ELOCKED' })
    await file.close()
    await next.file.save({ n: 3 })
    await next.file.close()
    assert.deepEqual(readdirSync(folder), ['serve.json'])
  })

  it('takes over a lock with our own number from a process before, and one with no number once it is old', async () => {
    for (const text of ['100\n', 'x', '-1', '99999999999999999999']) {
      const folder = folderWith(sound)
      writeFileSync(join(folder, 'serve.lock'), text)
      await (await opened(folder)).file.close()
    }
    const folder = folderWith(sound)
    writeFileSync(join(folder, 'serve.lock'), '')
    assert.equal((await openState(folder)).kind, 'memory', 'it is being made')
    const wall = (): number => Date.now() + 60_000
    const later = await StateFile.open({ folder, name: 'serve', pid: 100, isRunning: () => true, wall })
    assert.equal(later.kind, 'file')
    if (later.kind === 'file') await later.file.close()
  })

  it('lets one of many take over a lock', async () => {
    const folder = folderWith(sound)
    writeFileSync(join(folder, 'serve.lock'), '7\n')
    const pids = Array.from({ length: 20 }, (_, n) => 100 + n)
    const all = await Promise.all(pids.map((pid) => openState(folder, { pid, running: pids })))
    const files = all.flatMap((each) => (each.kind === 'file' ? [each.file] : []))
    const saved = await Promise.allSettled(files.map((file, n) => file.save({ n })))
    assert.equal(saved.filter(({ status }) => status === 'fulfilled').length, 1, JSON.stringify(saved))
    for (const file of files) await file.close()
  })

  it('is in memory where no file can be, and says why', async () => {
    const file = join(root, 'a-file')
    writeFileSync(file, '')
    const opened = await openState(join(file, 'below'))
    assert.ok(opened.kind === 'memory')
    assert.match(opened.reason, /a-file.below cannot be written \(E\w+\)$/)
    const taken = newFolder()
    mkdirSync(join(taken, 'serve.json'), { recursive: true })
    const folder = await openState(taken)
    assert.ok(folder.kind === 'memory')
    assert.match(folder.reason, /cannot be written \(E\w+\)/)
    const again = await openState(taken)
    assert.ok(again.kind === 'memory')
    assert.doesNotMatch(again.reason, /process/, 'the lock was given back')
  })

  it('leaves the file as it was when it cannot be replaced', async () => {
    const folder = newFolder()
    const { file } = await opened(folder)
    await file.save({ n: 1 })
    const temporary = join(folder, 'serve.json.tmp-100')
    mkdirSync(join(temporary, 'in the way'), { recursive: true })
    await assert.rejects(file.save({ n: 2 }))
    rmSync(temporary, { recursive: true })
    assert.match(readFileSync(file.path, 'utf8'), /"n":1/)
    await file.save({ n: 3 })
    truncateSync(file.path, statSync(file.path).size - 1)
    await file.close()
    assert.deepEqual((await opened(folder)).state, { n: 3 }, 'the last line break is of no matter')
  })
})
