// E: disks and files that do not do as they should.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { killStateWriters } from '../../helpers/kill-state-writer.ts'
import { decodeState, encodeState } from '../../../src/state/encode.ts'
import { expectText } from '../lab.ts'
import type { Lab } from '../lab.ts'
import { folder, serveHere } from '../profile-bench.ts'
import { askAt, profileFolder, serveChild, stateOf, WINDOWS } from '../serve-bench.ts'
import type { LabCase } from '../types.ts'

function countOf(text: string, part: RegExp): number {
  return [...text.matchAll(new RegExp(part, 'g'))].length
}

/** The state file in a folder. */
function stateFile(cwd: string): string {
  const [name] = readdirSync(join(cwd, 'state')).filter((each) => each.endsWith('.json'))
  assert.ok(name !== undefined, 'there is no state')
  return join(cwd, 'state', name)
}

function kills(count: number): LabCase {
  return {
    id: 'E-07',
    fault: `kill -9 in the middle of writing state, ${count} times`,
    expected: 'every file is whole; what was left behind is swept',
    per: 'once',
    run: async (lab) => {
      const { sound, leftovers } = await killStateWriters(folder(lab), count)
      assert.equal(sound, count)
      return `${sound} of ${count} whole, ${leftovers} left a temporary file`
    },
  }
}

async function healthyFolder(lab: Lab, serve: string): Promise<string> {
  return profileFolder(lab, [(await lab.healthy()).url], serve)
}

export const ENVIRONMENT_DISK_CASES: readonly LabCase[] = [
  {
    id: 'E-02',
    fault: 'a disk that takes no more bytes (a limit on the size of files)',
    expected: 'it serves on, with state in memory and one warning',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      if (WINDOWS) return 'not on Windows: it has no such limit'
      const cwd = await healthyFolder(lab, 'state: ./state')
      const serving = await serveChild(lab, cwd, { limits: '-f 0' }, ['--log', 'decisions.jsonl'])
      for (let n = 0; n < 3; n++) expectText(await askAt(serving.url, client))
      const { kept, reason = '' } = await stateOf(serving.url)
      assert.equal(kept, 'memory')
      assert.match(reason, /EFBIG/)
      serving.signal('SIGTERM')
      const { code, stderr } = await serving.ended
      assert.equal(code, 0, stderr)
      assert.equal(countOf(stderr, /warning: state is kept in memory/), 1, stderr)
      assert.equal(countOf(stderr, /warning: decisions are not recorded/), 1, stderr)
      return reason
    },
  },
  {
    id: 'E-03',
    fault: 'a state folder that cannot be made, be it named by the profile or by XDG_STATE_HOME',
    expected: 'as with a full disk',
    per: 'once',
    run: async (lab, client) => {
      const cwd = await healthyFolder(lab, 'state: ./sage.yaml/below')
      const server = await serveHere(lab, cwd, GRID_ENV)
      expectText(await askAt(server.url, client))
      const { kept, reason } = await stateOf(server.url)
      assert.equal(kept, 'memory')
      await server.stop()
      assert.equal(countOf(server.output(), /warning: state is kept in memory only: /), 1, server.output())

      const other = await healthyFolder(lab, 'port: 0')
      const homeless = await serveHere(lab, other, { ...GRID_ENV, XDG_STATE_HOME: join(other, 'sage.yaml') })
      expectText(await askAt(homeless.url, client))
      assert.equal((await stateOf(homeless.url)).kept, 'memory')
      await homeless.stop()
      return reason ?? ''
    },
  },
  kills(10),
  { ...kills(200), slow: 'minute' },
  {
    id: 'E-08',
    fault: 'state that is empty, cut, damaged or of another version',
    expected: 'set aside; it starts without, and ends well',
    per: 'once',
    run: async (lab, client) => {
      const cwd = await healthyFolder(lab, 'state: ./state')
      const first = await serveHere(lab, cwd, GRID_ENV)
      expectText(await askAt(first.url, client))
      await first.stop()
      const path = stateFile(cwd)
      const sound = readFileSync(path, 'utf8')
      assert.ok(decodeState(sound).ok)
      const cases = [
        '',
        sound.slice(0, -20),
        sound.replace('"sessions"', '"sessionz"'),
        'version: 1\n',
        '\0'.repeat(99),
      ]
      cases.push(sound.replace('"version":1', '"version":99'))
      for (const text of cases) {
        writeFileSync(path, text)
        const server = await serveHere(lab, cwd, GRID_ENV)
        expectText(await askAt(server.url, client))
        assert.equal((await stateOf(server.url)).kept, 'file')
        await server.stop()
        assert.equal(countOf(server.output(), /warning: state could not be read/), 1, server.output())
        assert.ok(decodeState(readFileSync(path, 'utf8')).ok)
      }
      // Sound, but of a shape that nothing here has: what is not understood is left out.
      writeFileSync(path, encodeState({ health: [1], sessions: { a: 1 } }))
      const server = await serveHere(lab, cwd, GRID_ENV)
      expectText(await askAt(server.url, client))
      await server.stop()
      const aside = readdirSync(join(cwd, 'state')).filter((name) => name.includes('.corrupt-'))
      assert.ok(aside.length > 0 && aside.length <= 6, aside.join(' '))
      return `${cases.length} kinds, ${aside.length} kept aside`
    },
  },
  {
    id: 'E-09',
    fault: 'two sage serve with one profile and one state folder',
    expected: 'the second keeps its state in memory and says so; the file is that of the first',
    per: 'once',
    run: async (lab, client) => {
      const cwd = await healthyFolder(lab, 'state: ./state')
      const [first, second] = [await serveHere(lab, cwd, GRID_ENV), await serveHere(lab, cwd, GRID_ENV)]
      for (const { url } of [first, second]) expectText(await askAt(url, client))
      assert.equal((await stateOf(first.url)).kept, 'file')
      const { kept, reason = '' } = await stateOf(second.url)
      assert.equal(kept, 'memory')
      assert.match(reason, /^process \d+ keeps its state in /)
      await second.stop()
      await first.stop()
      assert.deepEqual(
        readdirSync(join(cwd, 'state')).map((name) => name.replace(/^serve-[0-9a-f]{16}/, '')),
        ['.json'],
      )
      assert.ok(decodeState(readFileSync(stateFile(cwd), 'utf8')).ok)
      return reason.slice(0, 40)
    },
  },
  {
    id: 'E-09',
    fault: 'the lock of a sage serve that was killed; a restart after it',
    expected: 'taken over; sessions and rests go on',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const limited = await lab.upstream({ status: 429, headers: { 'retry-after': '600' }, json: { error: {} } })
      const cwd = profileFolder(lab, [limited.url, (await lab.healthy()).url], 'state: ./state')
      mkdirSync(join(cwd, 'state'))
      const first = await serveChild(lab, cwd)
      expectText(await askAt(first.url, client))
      // It saves a few seconds after something has changed.
      await sleep(4000)
      await first.stop()
      const before = limited.requests.length
      const second = await serveChild(lab, cwd)
      const { kept } = await stateOf(second.url)
      assert.equal(kept, 'file')
      expectText(await askAt(second.url, client))
      assert.equal(limited.requests.length, before, 'its key rests')
      second.signal('SIGTERM')
      assert.equal((await second.ended).code, 0)
      const text = readFileSync(stateFile(cwd), 'utf8')
      for (const secret of Object.values(GRID_ENV)) assert.ok(!text.includes(secret))
      assert.ok(!text.includes('hello'), 'no text of a prompt')
      return 'taken over, the key still rests'
    },
  },
]
