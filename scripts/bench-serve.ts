// Prints what a request through the built `sage serve` costs beside a bare node:http proxy, in slices that take turns: the
// ratios hold on a machine that others use too, the times do not. Linux.
// usage: npm run build && npx tsx scripts/bench-serve.ts [part of a case's name] [slices] [command of another sage]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CASES } from './bench-serve/cases.ts'
import type { Case } from './bench-serve/cases.ts'
import { RawClient } from './bench-serve/client.ts'
import { startProgram } from './bench-serve/program.ts'
import type { Program } from './bench-serve/program.ts'

const SLICE_MS = 700
/** V8 optimizes what has run some thousand times. */
const WARM_UP_MS = 8000
const here = (name: string): string => join(import.meta.dirname, 'bench-serve', name)
const [wanted = '', slices = '8', command = join(import.meta.dirname, '..', 'bin', 'sage.js')] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'sage-bench-'))

/** What one slice measured, per unit: a request, or a piece of a stream. */
interface Slice {
  /** In µs. */
  cpu: number
  /** Units a second. */
  rate: number
  /** From the request to the end of its answer, in ms. */
  times: number[]
}

async function slice(program: Program, clients: readonly RawClient[], units: number, ms: number): Promise<Slice> {
  const times: number[] = []
  const before = program.cpu()
  const started = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      for (let now = started; now < started + ms;) {
        await client.ask()
        const end = performance.now()
        times.push(end - now)
        now = end
      }
    }),
  )
  const done = times.length * units
  return { cpu: (program.cpu() - before) / done, rate: (done / (performance.now() - started)) * 1000, times }
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN
}

/** Programs measured on one core, what they need on the other. */
function pin(program: Program | 'this', core: number): void {
  const pid = program === 'this' ? process.pid : program.pid
  execFileSync('taskset', ['--all-tasks', '--pid', '--cpu-list', String(core), String(pid)], { stdio: 'ignore' })
}

async function measure({ name, pieces, everyMs, width, request, unit }: Case): Promise<void> {
  const mock = await startProgram(here('mock-provider.mjs'), [String(pieces), String(everyMs)], process.env)
  const profile = join(folder, 'sage.yaml')
  writeFileSync(profile, profileTo(mock.url))
  const env = { PATH: process.env['PATH'], HOME: folder, TEST_KEY: 'key', NO_COLOR: '1' }
  const bare = await startProgram(here('bare-proxy.mjs'), [mock.url], env)
  const sage = await startProgram(command, ['serve', '--profile', profile, '--port', '0', '--no-state'], env)
  for (const program of [bare, sage]) pin(program, 1)
  pin(mock, 0)
  const open = (url: string): RawClient[] => Array.from({ length: width }, () => new RawClient(url, request))
  // The bare proxy changes nothing, so it gets what the provider understands as well.
  const sides = [bare, sage].map((program) => ({ program, clients: [] as RawClient[], slices: [] as Slice[] }))
  const units = Math.max(1, pieces * Number(unit === 'piece'))
  for (const { program, clients } of sides) {
    clients.push(...open(program.url))
    await slice(program, clients, units, WARM_UP_MS)
  }
  // A connection that says nothing for long is closed.
  for (const side of sides) side.clients.splice(0).forEach((client) => client.close())
  for (const side of sides) side.clients.push(...open(side.program.url))
  for (let n = 0; n < Number(slices); n++) {
    for (const side of sides) side.slices.push(await slice(side.program, side.clients, units, SLICE_MS))
  }
  const [first, second] = sides.map(({ slices: all }) => ({
    cpu: at(
      all.map(({ cpu }) => cpu),
      0.5,
    ),
    rate: at(
      all.map(({ rate }) => rate),
      0.5,
    ),
    p50: at(
      all.flatMap(({ times }) => times),
      0.5,
    ),
    p99: at(
      all.flatMap(({ times }) => times),
      0.99,
    ),
  }))
  if (first === undefined || second === undefined) throw new Error('nothing was measured')
  const ratios = sides[1]?.slices.map(({ cpu }, n) => cpu / (sides[0]?.slices[n]?.cpu ?? NaN)) ?? []
  process.stdout.write(
    [
      name.padEnd(26),
      `CPU ${second.cpu.toFixed(0)} µs a ${unit}, ${at(ratios, 0.5).toFixed(2)} x bare (${first.cpu.toFixed(0)} µs)`,
      `${second.rate.toFixed(0)}/s, ${((second.rate / first.rate) * 100).toFixed(0)} % of bare`,
      `p50 ${second.p50.toFixed(2)} ms (${first.p50.toFixed(2)}), p99 ${second.p99.toFixed(1)} ms (${first.p99.toFixed(1)})`,
      `RSS ${sage.rss().toFixed(0)} MB (${bare.rss().toFixed(0)})`,
    ].join('; ') + '\n',
  )
  for (const { clients } of sides) for (const client of clients) client.close()
  for (const program of [mock, bare, sage]) program.close()
}

/** Three providers with eight models each: what has to be looked at for every request. */
function profileTo(url: string): string {
  const models = Array.from({ length: 8 }, (_, n) => `m${n}: { context: 200000, capabilities: [tools, json] }`).join(
    ', ',
  )
  const providers = ['a', 'b', 'c'].map(
    (name) =>
      `  ${name}: { kind: openai-compatible, base_url: "${url}/v1", key: env:TEST_KEY, max_concurrency: 1000, models: { ${models} } }`,
  )
  const rules = '{ name: code, when: { intent: code }, prefer: ["a/m0"] }, { name: rest, when: {}, prefer: ["a/*"] }'
  return `version: 1\nproviders:\n${providers.join('\n')}\npolicies: { auto: { rules: [ ${rules} ] } }\n`
}

pin('this', 0)
for (const one of CASES.filter(({ name }) => name.includes(wanted))) await measure(one)
rmSync(folder, { recursive: true, force: true })
process.exit(0)
