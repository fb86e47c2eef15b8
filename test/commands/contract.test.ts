// What holds for every command of the table, whoever adds it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { commands } from '../../src/commands/index.ts'
import { topics } from '../../src/commands/topics/index.ts'
import { runCli } from '../helpers/context.ts'
import type { FakeOptions } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'
import { refusedUrl } from '../helpers/upstream.ts'

const cwd = mkdtempSync(join(tmpdir(), 'sage-contract-'))
after(() => rmSync(cwd, { recursive: true, force: true }))
writeFileSync(join(cwd, 'sage.yaml'), 'version: 1\nproviders: { simulated: { kind: demo, models: [a] } }\n')
const NOWHERE = await refusedUrl()

/** Select Graphic Rendition (ECMA-48): colour, and nothing else that a terminal acts on. */
// oxlint-disable-next-line no-control-regex
const COLOR = /\u001b\[[\d;]*m/

/** A short run of each command that needs no network; serve runs until it is stopped. */
const RUNS: Readonly<Record<string, readonly string[] | undefined>> = {
  init: ['--dry-run', '--yes'],
  explain: ['hello'],
  discover: ['--dry-run'],
  doctor: ['--offline'],
  demo: [],
  completion: ['zsh'],
  help: [],
}
const NOT_RUN = ['serve']

function run(argv: readonly string[], options: FakeOptions = {}): Promise<Result> {
  return runCli(argv, { cwd, home: cwd, ...options, env: { OLLAMA_HOST: NOWHERE, ...options.env } })
}

describe('every command', () => {
  it('is run here, or said why not', () => {
    assert.deepEqual([...Object.keys(RUNS), ...NOT_RUN].sort(), commands.map(({ name }) => name).sort())
  })

  for (const { name, options } of commands) {
    it(`${name} has --json`, () => {
      assert.ok(options.some(({ flags }) => flags === '--json'))
    })

    const argv = RUNS[name]
    if (argv === undefined) continue

    it(`${name} --json writes one JSON document of version 1 on stdout, and no colour`, async () => {
      const { code, stdout } = await run([name, ...argv, '--json', '--color'], { colorDepth: 24 })
      assert.notEqual(code, 2)
      assert.equal((JSON.parse(stdout) as { version: unknown }).version, 1)
      assert.ok(!stdout.includes('\u001b'))
    })

    it(`${name} obeys NO_COLOR and --no-color on a terminal`, async () => {
      const plain = [
        await run([name, ...argv, '--no-color'], { colorDepth: 24 }),
        await run([name, ...argv], { colorDepth: 24, env: { NO_COLOR: '1' } }),
      ]
      for (const { stdout, stderr } of plain) assert.doesNotMatch(stdout + stderr, COLOR)
    })
  }

  for (const { name } of commands) {
    it(`${name} refuses an option that it does not have, as JSON when it is asked for`, async () => {
      const { code, stdout } = await run([name, '--no-such-option', '--json'])
      assert.equal(code, 2)
      const { version, error } = JSON.parse(stdout) as { version: unknown; error: { code: string } }
      assert.deepEqual([version, error.code], [1, 'SAGE4001'])
    })
  }
})

describe('help', () => {
  const texts = commands.flatMap(({ description, options }) => [
    description,
    ...options.map((each) => each.description),
  ])
  const named = [...texts, ...topics.map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/see(?::|) `?sage help ([\w-]+)/g)].map(([, name]) => name ?? ''),
  )
  for (const name of new Set(named)) {
    it(`has the topic ${name}, which help names`, async () => {
      assert.equal((await run(['help', name])).code, 0)
    })
  }

  it('has the whole table as JSON, or one part of it', async () => {
    const { stdout } = await run(['help', '--json'])
    const all = JSON.parse(stdout) as { commands: { name: string }[]; topics: { name: string }[] }
    assert.deepEqual(
      [all.commands, all.topics].map((list) => list.map(({ name }) => name)),
      [commands, topics].map((list) => list.map(({ name }) => name)),
    )
    const one = JSON.parse((await run(['help', 'doctor', '--json'])).stdout) as typeof all
    assert.deepEqual([one.commands.map(({ name }) => name), one.topics], [['doctor'], []])
    assert.equal((await run(['help', 'docter', '--json'])).code, 2)
  })
})
