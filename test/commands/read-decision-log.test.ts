import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { replay } from '../../src/explain/replay.ts'
import { eventOf, first, folder, newPath, openLog, readAll, sample } from './decision-log.ts'

describe('reading a decision log', () => {
  let bad = 0
  const header = '{"type":"log","format":"sage-decision-log","version":1,"sage":"0.0.0"}\n'
  const cases: [name: string, text: string, message: RegExp][] = [
    ['an empty file', '', /:1: the file is empty/],
    ['another file', 'version: 1\n', /:1: it is no JSON object/],
    ['another JSON file', '{"type":"profile","hash":"h","file":"f","text":""}\n', /:1: it has no header/],
    ['a later version', header.replace('"version":1', '"version":2'), /:1: it is in another version/],
    ['a line of another kind', `${header}{"type":"other"}\n`, /:2: its type is unknown/],
  ]
  for (const [name, text, message] of cases) {
    it(`refuses ${name}`, async () => {
      const path = join(folder, `bad-${bad++}.jsonl`)
      writeFileSync(path, text)
      await assert.rejects(readAll(path), (error: Error & { exitCode?: number }) => {
        assert.match(error.message, message)
        assert.equal(error.exitCode, 2)
        return true
      })
    })
  }

  it('cannot read what is not there', async () => {
    await assert.rejects(readAll(join(folder, 'nowhere.jsonl')), /cannot read .*nowhere\.jsonl \(ENOENT\)/)
  })

  for (const [what, cut] of [
    ['profile', 1],
    ['catalogue', 2],
  ] as const) {
    it(`leaves out the decisions whose ${what} was cut, with their count, and reads the others`, async () => {
      const path = newPath()
      for (const ids of [['a', 'b'], ['c']]) {
        const log = await openLog(path, sample.text)
        for (const id of ids) log.record(eventOf(id), first)
        await log.close()
        if (ids.length === 1) continue
        const lines = readFileSync(path, 'utf8').split('\n')
        writeFileSync(path, lines.map((line, at) => (at === cut ? line.slice(0, line.length / 2) : line)).join('\n'))
      }
      const warnings: string[] = []
      assert.deepEqual(
        (await readAll(path, warnings)).map(({ line }) => line.id),
        ['c'],
      )
      assert.deepEqual(
        warnings.map((text) => text.slice(path.length)),
        [
          `:${cut + 1}: the line is cut short and is left out`,
          ': 2 decisions are left out, as the profile or the catalogue is not in the file (line 4, 5)',
        ],
      )
    })
  }

  it('reads a file that an editor began with a byte order mark', async () => {
    const path = newPath()
    const log = await openLog(path, sample.text)
    log.record(eventOf('a'), first)
    await log.close()
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`)
    assert.equal((await readAll(path)).length, 1)
  })

  it('reads what another minor version wrote: members that it does not know say nothing', async () => {
    const path = newPath()
    const log = await openLog(path, sample.text)
    log.record(eventOf('a'), first)
    await log.close()
    const lines = readFileSync(path, 'utf8').trim().split('\n')
    const more = lines.map((line) => {
      const value = JSON.parse(line) as Record<string, Record<string, unknown>>
      for (const part of ['facts', 'world', 'outcome']) if (value[part] !== undefined) value[part]['later'] = { x: 1 }
      return `${JSON.stringify({ ...value, later: true })}\n`
    })
    writeFileSync(path, more.join(''))
    const [one] = await readAll(path)
    assert.ok(one !== undefined)
    assert.equal(replay(one.line, one.profile, one.catalog).difference, undefined)
  })
})
