// The shape of src/: who may import whom, what stays pure, what no file may hold.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { markOf, parseSource, readSources, type Import, type Source } from './helpers/sources.ts'

/** Imports go from left to right only; parts of one row do not import each other. */
const ROWS: readonly (readonly string[])[] = [
  ['cli'],
  ['commands'],
  ['server', 'doctor', 'init'],
  ['gateway'],
  ['explain'],
  ['policy', 'providers'],
  ['profile', 'catalog', 'dialects', 'health', 'secrets', 'state'],
  ['chat', 'diagnostics'],
  ['output'],
  ['lib'],
]

/** Type-only imports within a row. */
const TYPE_ONLY_EXCEPTIONS: Readonly<Record<string, string>> = {
  catalog: 'src/profile/types.ts',
}

const PURE = ['policy', 'explain', 'dialects', 'chat', 'health', 'diagnostics', 'catalog', 'profile', 'doctor']
/** Files of pure folders that are edges. */
const EDGES = [
  'src/profile/load.ts',
  'src/doctor/system/create-effects.ts',
  'src/doctor/system/files.ts',
  'src/doctor/system/network.ts',
]

const IMPURE_MODULES =
  /^(?:undici|execa)\b|^node:(?:fs|net|tls|http|https|http2|dns|dgram|os|process|child_process|worker_threads|timers)\b/
const IMPURE_GLOBALS = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'Date.now', 'Math.random']
const PROCESS_GLOBALS = ['process', 'global', 'globalThis', 'console']

/** Codecs know of each other only what `dialects/shared` tells; Ollama's two endpoints are one API. */
const CODEC_EXCEPTIONS: Readonly<Record<string, string>> = {
  'ollama-generate': 'ollama-chat',
}

/** Where code may be loaded lazily. */
const DYNAMIC_IMPORTS = [
  'src/cli.ts',
  'src/commands/index.ts',
  'src/commands/discover-models.ts',
  'src/commands/init.ts',
  'src/commands/explain.ts',
  'src/commands/explain-batch.ts',
  'src/commands/explain-base.ts',
  'src/commands/explain-output.ts',
  'src/commands/listen-error.ts',
  'src/commands/open-profile.ts',
  'src/providers/transport/proxy.ts',
]

const SAMPLE = `
import 'node:fs'
import { type A, b,
  c } from '../c/d.ts'
import type { E } from './e.ts'
export * as f from './f.ts'
export { g } from './g.ts'
export const hints = "process.exit() and Date.now() in a string, import x from 'nowhere'"
export const pid = process.pid // process.env
export const local = (process: number): E => process + Date.now() + Date.parse('2026')
`

const sources = await readSources('src', [...IMPURE_GLOBALS, ...PROCESS_GLOBALS])
const imports = sources.flatMap((source) => source.imports)

describe('architecture', () => {
  it('reads imports of every form, and global uses only', async () => {
    const { imports: read, code } = await parseSource('src/a/b.ts', SAMPLE, ['process', 'Date.now'])
    assert.deepEqual(
      read.map(({ to, typeOnly }) => [to, typeOnly]),
      [
        ['node:fs', false],
        ['src/c/d.ts', false],
        ['src/a/e.ts', true],
        ['src/a/f.ts', false],
        ['src/a/g.ts', false],
      ],
    )
    assert.equal(code.match(/WATCHED_process/g)?.length, 1)
    assert.equal(code.match(/WATCHED_Date_now/g)?.length, 1)
    assert.deepEqual(findCycle([...read, { from: 'src/c/d.ts', to: 'src/a/b.ts', typeOnly: true }]), [
      'src/a/b.ts',
      'src/c/d.ts',
      'src/a/b.ts',
    ])
  })

  it('has a place in the table for every file', () => {
    const known = new Set(ROWS.flat())
    assert.deepEqual(
      sources.map(({ path }) => path).filter((path) => !known.has(partOf(path))),
      [],
    )
  })

  it('imports in one direction only', () => {
    assert.deepEqual(imports.filter((edge) => !isAllowed(edge)).map(show), [])
  })

  it('keeps codecs apart', () => {
    const codecOf = (path: string): string | undefined => /^src\/dialects\/([^/]+)\//.exec(path)?.[1]
    const crossing = imports.filter(({ from, to }) => {
      const [user, used] = [codecOf(from), codecOf(to)]
      if (user === undefined || used === undefined || user === used || used === 'shared') return false
      return CODEC_EXCEPTIONS[user] !== used
    })
    assert.deepEqual(crossing.map(show), [])
  })

  it('has no import cycle, type-only imports included', () => {
    assert.deepEqual(findCycle(imports), [])
  })

  it('has no file over 400 lines', () => {
    const hand = sources.filter(({ path }) => !path.includes('.generated.'))
    assert.deepEqual(
      offenders(hand, ({ text }) => text.trimEnd().split('\n').length > 400),
      [],
    )
  })

  it('has no default export, enum or namespace', () => {
    const banned = /^(?:export default\b|export \{[^}]*\bas default\b|(?:export )?(?:const )?(?:enum|namespace)\s)/m
    assert.deepEqual(
      offenders(sources, ({ text }) => banned.test(text)),
      [],
    )
  })

  it('loads code lazily in the command table and for what few runs of a command need', () => {
    const lazy = sources.filter(({ path }) => !DYNAMIC_IMPORTS.includes(path))
    assert.deepEqual(
      offenders(lazy, ({ code }) => /\bimport\(/.test(code)),
      [],
    )
  })

  it('touches the process in src/cli.ts only', () => {
    const rest = sources.filter(({ path }) => path !== 'src/cli.ts')
    const uses = PROCESS_GLOBALS.flatMap((name) => usesOf(rest, name))
    const loads = imports.filter(({ from, to }) => from !== 'src/cli.ts' && /^(?:node:)?process$/.test(to))
    assert.deepEqual([...uses, ...loads.map(show)], [])
  })

  describe('pure parts', () => {
    const pure = sources.filter(({ path }) => PURE.includes(partOf(path)) && !EDGES.includes(path))

    it('import nothing that reaches outside', () => {
      const edges = pure.flatMap((source) => source.imports)
      assert.deepEqual(edges.filter(({ to }) => IMPURE_MODULES.test(to) || EDGES.includes(to)).map(show), [])
    })

    it('take time and chance as arguments', () => {
      assert.deepEqual(
        IMPURE_GLOBALS.flatMap((name) => usesOf(pure, name)),
        [],
      )
      assert.deepEqual(
        offenders(pure, ({ code }) => /\bnew Date\(\)|\b(?:randomUUID|randomBytes|randomInt)\b/.test(code)),
        [],
      )
    })
  })
})

/** First folder below src, or the name of a file right in it. */
function partOf(path: string): string {
  return /^src\/(\w+)/.exec(path)?.[1] ?? ''
}

function rowOf(path: string): number {
  return ROWS.findIndex((row) => row.includes(partOf(path)))
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  if (!to.startsWith('src/') || partOf(from) === partOf(to)) return true
  return rowOf(from) < rowOf(to) || (typeOnly && TYPE_ONLY_EXCEPTIONS[partOf(from)] === to)
}

function offenders(list: readonly Source[], isBad: (source: Source) => boolean): string[] {
  return list.filter(isBad).map(({ path }) => path)
}

function usesOf(list: readonly Source[], name: string): string[] {
  const use = new RegExp(`\\b${markOf(name)}\\b`)
  return offenders(list, ({ code }) => use.test(code)).map((path) => `${path}: ${name}`)
}

function show({ from, to }: Import): string {
  return `${from} -> ${to}`
}

/** Files of one cycle in order; empty when there is none. */
function findCycle(edges: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path]
    if (done.has(path)) return []
    for (const to of next.get(path) ?? []) {
      const cycle = visit(to, [...trail, path])
      if (cycle.length > 0) return cycle
    }
    done.add(path)
    return []
  }
  for (const path of next.keys()) {
    const cycle = visit(path, [])
    if (cycle.length > 0) return cycle
  }
  return []
}
