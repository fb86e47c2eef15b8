// F: files that are no profile, or too much of one.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseProfile } from '../../../src/profile/parse.ts'
import { at, command, folder, HEAD, refused, taken, withProfile } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

const IS_WINDOWS = process.platform === 'win32'

/** YAML of that many levels, in each of the ways to nest. */
const NESTINGS: readonly ((levels: number) => string)[] = [
  (levels) => `x-a: ${'['.repeat(levels)}`,
  (levels) => `x-a: ${'['.repeat(levels)}${']'.repeat(levels)}`,
  (levels) => `x-a: ${'{a: '.repeat(levels)}`,
  (levels) => `x-a:\n ${'- '.repeat(levels)}a`,
  (levels) => `x-a:\n ${'? '.repeat(levels)}a`,
  // Every level is a line that is longer than the one before.
  (levels) => `x-a:\n${Array.from({ length: Math.min(levels, 1400) }, (_, n) => `${' '.repeat(n + 1)}a:\n`).join('')}`,
]

export const PROFILE_TEXT_CASES: readonly LabCase[] = [
  {
    id: 'F-01',
    fault: 'YAML with a tab, an open quote, an open bracket, a wrong indent, two documents',
    expected: 'exit 2 with file, line, column, an excerpt and a hint; no stack',
    per: 'once',
    run: async (lab) => {
      const broken: [text: string, line: number][] = [
        [`${HEAD}policies:\n\tauto: {}\n`, 5],
        [`${HEAD}x-a: "open\n`, 5],
        [`${HEAD}x-a: [1, 2\n`, 5],
        [`${HEAD} policies: {}\n`, 4],
        [`${HEAD}---\nversion: 1\n`, 4],
      ]
      let seen = ''
      for (const [text, line] of broken) {
        seen = await refused(lab, text, at('SAGE1004', line))
        const { stderr } = await command(withProfile(lab, text), ['explain', 'hello'])
        assert.match(stderr, /^>? *\d+ \|/m)
      }
      return `${broken.length} × ${seen}`
    },
  },
  {
    id: 'F-05',
    fault:
      'a directory, a FIFO, a link to itself, a file without permission, UTF-16, NUL, Latin-1; a byte order mark, CRLF',
    expected: 'a clear error at once; the last two are fine',
    per: 'once',
    run: async (lab) => {
      const cwd = folder(lab)
      const path = (name: string): string => join(cwd, name)
      const write = (name: string, bytes: string | Uint8Array): string => {
        writeFileSync(path(name), bytes)
        return path(name)
      }
      mkdirSync(path('directory'))
      const bad: [file: string, says: RegExp][] = [
        [path('directory'), /is a directory/],
        [path('missing'), /does not exist/],
        [write('utf16', Buffer.from(`\uFEFF${HEAD}`, 'utf16le')), /UTF-16/],
        [write('nul', `${HEAD}# \u0000`), /NUL/],
        [write('latin1', Buffer.from(`${HEAD}# ü`, 'latin1')), /UTF-8/],
      ]
      if (!IS_WINDOWS) {
        execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path('fifo')])
        symlinkSync(path('loop'), path('loop'))
        bad.push([path('fifo'), /is not a regular file/], [path('loop'), /does not exist|back to itself/])
        chmodSync(write('locked', HEAD), 0)
        // Root may read everything.
        if (process.getuid?.() !== 0) bad.push([path('locked'), /may not be read/])
      }
      for (const [file, says] of bad) {
        const timer = new AbortController()
        const late = sleep(60_000, undefined, { signal: timer.signal }).then(
          () => assert.fail(`${file} is waited for`),
          () => undefined,
        )
        const result = await Promise.race([command(cwd, ['serve', '--profile', file]), late])
        timer.abort()
        assert.equal(result?.code, 2, file)
        assert.match(result.stderr, says)
      }
      assert.equal(await taken(lab, `\uFEFF${HEAD}`), '')
      assert.equal(await taken(lab, HEAD.replaceAll('\n', '\r\n')), '')
      return `${bad.length} refused, 2 taken`
    },
  },
  {
    id: 'F-06',
    fault: 'a key, a provider, a model, an anchor or a rule that is given twice',
    expected: 'exit 2 at the second one',
    per: 'once',
    run: async (lab) => {
      const rule = '{ name: r, when: { stream: true }, prefer: ["a/*"] }'
      await refused(lab, `${HEAD}version: 1\n`, at('SAGE1006', 4))
      await refused(lab, `${HEAD}  a: { kind: demo }\n`, at('SAGE1006', 4))
      await refused(lab, `${HEAD}  b: { kind: ollama, models: { m: {},\n      m: {} } }\n`, at('SAGE1006', 5))
      await refused(lab, `${HEAD}x-a: &n 1\nx-b: &n 2\n`, at('SAGE1005', 5, 'defined twice'))
      const rules = `${HEAD}policies: { auto: { rules: [ ${rule},\n    ${rule} ] } }\n`
      await refused(lab, rules, at('SAGE1025', 5))
      return '5 refused'
    },
  },
  {
    id: 'F-07',
    fault: 'an alias that stands inside what it stands for',
    expected: 'exit 2 before anything walks it',
    per: 'once',
    run: async (lab) => {
      await refused(lab, `${HEAD}x-a: &a { b: *a }\n`, at('SAGE1005', 4, 'inside what it stands for'))
      return refused(lab, `${HEAD}x-a: &a [ [ *a ] ]\n`, at('SAGE1005', 4))
    },
  },
  {
    id: 'F-08',
    fault: 'aliases that stand for 10⁹ values',
    expected: 'exit 2, without making them',
    per: 'once',
    run: async (lab) => {
      const levels = Array.from({ length: 9 }, (_, n) => `x-${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(10)}]\n`)
      const text = `${HEAD}x-0: &l0 1\n${levels.join('')}`
      const seen = await refused(lab, text, /^sage\.yaml:\d+:\d+: error SAGE1003: /m)
      const started = performance.now()
      parseProfile(text, 'x')
      return `${seen}, in ${(performance.now() - started).toFixed(1)} ms`
    },
  },
  {
    id: 'F-09',
    fault: 'nesting of 129, 5,000 and 200,000 levels in six ways; then 300 times 20,000',
    expected: 'exit 2; the process survives',
    per: 'once',
    run: async (lab) => {
      for (const nest of NESTINGS) {
        for (const levels of [129, 5000, 200_000]) {
          const says = /^sage\.yaml:\d+:\d+: error SAGE1003: more than 128 levels/m
          await refused(lab, HEAD + nest(levels), says)
        }
      }
      // `yaml` by itself takes the process down here: an abort, no exception.
      const started = performance.now()
      for (let round = 0; round < 300; round++) {
        const text = HEAD + (NESTINGS[round % NESTINGS.length]?.(20_000) ?? '')
        assert.equal(parseProfile(text, 'x').diagnostics[0]?.code, 'SAGE1003')
      }
      const each = ((performance.now() - started) / 300).toFixed(1)
      return `18 refused, 300 repeats survived, ${each} ms each`
    },
  },
  {
    id: 'F-10',
    fault: 'a file of 50 MB, a text of 5 MB, 100,000 keys, 5,000 unknown ones, a flood of merges',
    expected: 'exit 2; by its size without reading it, or with the mistakes counted',
    per: 'once',
    run: async (lab) => {
      const cwd = withProfile(lab, HEAD)
      const large = /larger than 1 MiB/
      truncateSync(join(cwd, 'sage.yaml'), 50_000_000)
      const { code, stderr } = await command(cwd, ['serve'])
      assert.equal(code, 2)
      assert.match(stderr, large)
      await refused(lab, `${HEAD}x-a: "${'a'.repeat(5_000_000)}"\n`, large)
      const keys = (count: number, name: string): string =>
        Array.from({ length: count }, (_, n) => `${name}${n}: 1\n`).join('')
      await refused(lab, HEAD + keys(100_000, 'x-name-'), large)
      const many = await refused(lab, HEAD + keys(5000, 'k'), /SAGE1011[^]*… and 4900 more\n$/)
      const merges = Array.from({ length: 300 }, (_, n) => `  m${n}: { <<: *b, a: ${n} }\n`).join('')
      await refused(lab, `${HEAD}x-b: &b { kind: demo }\nx-c:\n${merges}policies: { <<: *b }\n`, /SAGE10/)
      return many
    },
  },
]
