// The log's own writer and reader: what comes back is what was decided, whatever happens to the file.
import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { LoggedDecision } from '../../src/commands/read-decision-log.ts'
import { replay } from '../../src/explain/replay.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import { Secret } from '../../src/secrets/secret.ts'
import { eventOf, first, folder, logged, newPath, openLog, readAll, run, sample } from './decision-log.ts'

describe('a decision log', () => {
  it('gives back every decision, to be made again without a difference', async () => {
    await fc.assert(
      fc.asyncProperty(run, fc.boolean(), fc.constantFrom(20_000, 1e9), async ({ text, inputs }, prompts, maxBytes) => {
        const path = newPath()
        const log = await openLog(path, text, { prompts, maxBytes, keep: 100 })
        inputs.forEach((each, at) => log.record(eventOf(String(at)), each))
        await log.close()
        const all: LoggedDecision[] = []
        for (let n = 100; n >= 0; n--) {
          const name = n === 0 ? path : `${path}.${n}`
          if (existsSync(name)) all.push(...(await readAll(name)))
        }
        assert.deepEqual(
          all.map(({ line }) => line.id),
          inputs.map((_, at) => String(at)),
        )
        for (const { line, profile, catalog } of all) {
          assert.equal(replay(line, profile, catalog).difference, undefined)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps nothing of what providers and clients said', async () => {
    const path = newPath()
    const log = await openLog(path, sample.text)
    log.record(eventOf('a'), { ...first, facts: { ...first.facts, turn: 'one pear', session: 'pear' } })
    await log.close()
    const text = readFileSync(path, 'utf8')
    assert.ok(!text.includes('pear'), text)
    assert.match(text, /"outcome":"rate_limit","status":429,"ms":1/)
  })

  it('knows which profile decided when it was changed in between, each with secrets of its own', async () => {
    const path = newPath()
    const secret = (value: string) => createRedactor([new Secret(value, 'env:K')])
    const before = logged(`# before former-secret\n${sample.text}`, secret('former-secret'))
    const after = logged(`# after latter-secret\n${sample.text}`, secret('latter-secret'))
    const log = await openLog(path, before)
    log.add(after)
    log.record(eventOf('new'), { ...first, profile: after.profile })
    // It began before the change and ended after it.
    log.record(eventOf('old'), { ...first, profile: before.profile })
    await log.close()
    const profiles = (await readAll(path)).map(({ line }) => [line.id, line.profile])
    const texts = new Map<unknown, string>()
    for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
      const { type, hash, text } = JSON.parse(line) as { type: string; hash: string; text: string }
      if (type === 'profile') texts.set(hash, text.split('\n')[0] ?? '')
    }
    assert.deepEqual(
      profiles.map(([id, hash]) => [id, texts.get(hash)]),
      [
        ['new', '# after [redacted]'],
        ['old', '# before [redacted]'],
      ],
    )
  })

  it('gives equal texts equal hashes, and another run others', async () => {
    const hashes: (string | undefined)[] = []
    for (const runs of [2, 1]) {
      const path = newPath()
      const log = await openLog(path, sample.text)
      const inputs = { ...first, facts: { ...first.facts, turn: 'one pear' } }
      for (let n = 0; n < runs; n++) log.record(eventOf(String(n)), inputs)
      await log.close()
      hashes.push(...(await readAll(path)).map(({ line }) => line.facts.texts.turn?.hash))
    }
    assert.equal(hashes[0], hashes[1])
    assert.notEqual(hashes[0], hashes[2])
  })

  it('keeps key values out, those in prompts too', async () => {
    const path = newPath()
    const redact = createRedactor([new Secret('correct-horse-battery', 'env:K')])
    const profile = logged(`# correct-horse-battery\n${sample.text}`, redact)
    const log = await openLog(path, profile, { prompts: true })
    const turn = 'my key is correct-horse-battery, the other sk-abcdefghijklmnopqrstuvwx'
    log.record(eventOf('a'), { ...first, facts: { ...first.facts, turn } })
    await log.close()
    const text = readFileSync(path, 'utf8')
    assert.ok(!text.includes('correct-horse') && !text.includes('sk-abc'), text)
    const [one] = await readAll(path)
    assert.match(one?.line.facts.texts.turn?.text ?? '', /^my key is \[redacted\], the other \*+$/)
  })

  it(
    'is for its owner only, also when the file was there',
    { skip: process.platform === 'win32' && 'no modes' },
    async () => {
      const path = newPath()
      const modeOf = (): number => statSync(path).mode & 0o777
      await (await openLog(path, sample.text)).close()
      assert.equal(modeOf(), 0o600)
      writeFileSync(path, '')
      chmodSync(path, 0o644)
      await (await openLog(path, sample.text)).close()
      assert.equal(modeOf(), 0o600)
    },
  )

  it('goes on with a file that was cut in the middle of a line', async () => {
    const path = newPath()
    for (const id of ['a', 'b', 'c']) {
      const log = await openLog(path, sample.text)
      log.record(eventOf(id), first)
      await log.close()
      if (id === 'b') truncateSync(path, statSync(path).size - 40)
    }
    const warnings: string[] = []
    assert.deepEqual(
      (await readAll(path, warnings)).map(({ line }) => line.id),
      ['a', 'c'],
    )
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /decisions\.jsonl:8: the line is cut short/)
  })

  it('keeps as many older files as it is told', async () => {
    for (const keep of [0, 1, 2]) {
      const path = newPath()
      const log = await openLog(path, sample.text, { maxBytes: 10_000, keep })
      for (let n = 0; n < 40; n++) log.record(eventOf(String(n)), first)
      await log.close()
      const there = [path, `${path}.1`, `${path}.2`, `${path}.3`].map((name) => existsSync(name))
      assert.deepEqual(there, [true, keep > 0, keep > 1, false])
      const last = await readAll(path)
      assert.equal(last.at(-1)?.line.id, '39')
      assert.ok(statSync(path).size <= 10_000)
    }
  })

  it('leaves a file alone that is something else', async () => {
    const path = join(folder, 'notes.txt')
    writeFileSync(path, 'dear diary\n')
    await assert.rejects(openLog(path, sample.text), /notes\.txt is something else than a decision log/)
    assert.equal(readFileSync(path, 'utf8'), 'dear diary\n')
    await assert.rejects(openLog(folder, sample.text), /cannot write .* \(EISDIR\)|EPERM/)
    await assert.rejects(openLog(join(path, 'x.jsonl'), sample.text), /cannot write/)
  })

  it('warns once when it can no longer write, and makes nobody wait', async () => {
    const path = newPath()
    const warnings: string[] = []
    const log = await openLog(path, sample.text, { maxBytes: 1, warn: (message) => warnings.push(message) })
    // The next file cannot be begun: its place is taken by a folder that is not empty.
    log.record(eventOf('a'), first)
    await log.close()
    mkdirSync(join(`${path}.1`, 'in the way'), { recursive: true })
    const next = await openLog(path, sample.text, { maxBytes: 1, warn: (message) => warnings.push(message) })
    for (let n = 0; n < 100; n++) next.record(eventOf(String(n)), first)
    await next.close()
    next.record(eventOf('late'), first)
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /decisions are not recorded for now: .*decisions\.jsonl cannot be written \(E/)
  })

  it('goes on where it broke off once it can write again', async () => {
    const path = newPath()
    const warnings: string[] = []
    let now = 0
    const log = await openLog(path, sample.text, {
      mono: () => now,
      maxBytes: 1,
      keep: 1,
      warn: (text) => warnings.push(text),
    })
    log.record(eventOf('a'), first)
    await log.flush()
    mkdirSync(join(`${path}.1`, 'in the way'), { recursive: true })
    for (const at of [1000, 2000, 40_000, 80_000]) {
      now = at
      log.record(eventOf(`lost at ${at}`), first)
      await log.flush()
    }
    assert.equal(warnings.length, 1, 'one in ten minutes')
    now = 700_000
    log.record(eventOf('lost too'), first)
    await log.flush()
    assert.equal(warnings.length, 2)
    rmSync(`${path}.1`, { recursive: true })
    log.record(eventOf('too soon'), first)
    now = 800_000
    log.record(eventOf('b'), first)
    await log.close()
    assert.deepEqual(
      (await readAll(`${path}.1`)).map(({ line }) => line.id),
      ['a'],
    )
    assert.deepEqual(
      (await readAll(path)).map(({ line }) => line.id),
      ['b'],
    )
  })

  it('loses decisions rather than memory when the disk is slow', async () => {
    const path = newPath()
    const warnings: string[] = []
    const log = await openLog(path, sample.text, { warn: (message) => warnings.push(message) })
    for (let n = 0; n < 10_100; n++) log.record(eventOf(String(n)), first)
    await log.close()
    assert.deepEqual(warnings, ['the decision log cannot keep up: some decisions are not recorded'])
    assert.equal((await readAll(path)).length, 10_000)
  })
})
