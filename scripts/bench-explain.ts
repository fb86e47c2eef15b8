// Prints what `sage explain` costs from the built package: 10,000 requests compared with a base, and a single one.
// usage: npm run build && npx tsx scripts/bench-explain.ts [runs]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const REQUESTS = 10_000
const RUNS = Number(process.argv[2] ?? 3)

const PROMPTS = [
  'fix the failing test in utils.py',
  'what is the capital of France?',
  'write a poem about the sea and the moon',
  'summarize the following text for me and keep it short',
  'prove that the square root of 2 is irrational',
  'translate into German: where is the station?',
  'refactor this class so that it no longer depends on the database',
]
const TOOL = { type: 'function', function: { name: 'run', parameters: { type: 'object' } } }
/** Ends the process with a line that tells its CPU time, in microseconds. */
const METER = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\n'+JSON.stringify(process.cpuUsage())))`

interface Cost {
  /** In ms. */
  wall: number
  cpu: number
}

function run(args: readonly string[]): Cost & { output: string } {
  const started = performance.now()
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', METER, join(ROOT, 'bin', 'sage.js'), 'explain', '--assume-keys', ...args],
    { encoding: 'utf8', maxBuffer: 1e9 },
  )
  const wall = performance.now() - started
  if (status !== 0) throw new Error(`exit code ${status}:\n${stderr}`)
  const { user, system } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as { user: number; system: number }
  return { wall, cpu: (user + system) / 1000, output: stdout }
}

function print(what: string, costs: readonly Cost[]): void {
  const tell = (of: (cost: Cost) => number): string => {
    const sorted = costs.map(of).sort((a, b) => a - b)
    return `${sorted[0]?.toFixed(0)} ms best, ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} ms median`
  }
  process.stdout.write(`${what}\n  CPU  ${tell(({ cpu }) => cpu)}\n  wall ${tell(({ wall }) => wall)}\n`)
}

function requestOf(index: number): unknown {
  const content = `${PROMPTS[index % PROMPTS.length]} (${index})`
  if (index % 3 > 0) return { id: `r${index}`, prompt: content }
  return { id: `r${index}`, messages: [{ role: 'user', content }], tools: [TOOL], stream: true }
}

const folder = mkdtempSync(join(tmpdir(), 'sage-bench-'))
try {
  const base = join(ROOT, 'profiles', 'several-keys.yaml')
  const head = join(folder, 'head.yaml')
  const cases = join(folder, 'cases.jsonl')
  // Every third place in a list goes to another model: some decisions change, most do not.
  let place = 0
  const written = readFileSync(base, 'utf8')
  const changed = written.replaceAll('- openai/gpt-5.4\n', (text) =>
    ++place % 3 > 0 ? text : '- openai/gpt-5.4-mini\n',
  )
  if (changed === written) throw new Error('the profile has nothing to change')
  writeFileSync(head, changed)
  writeFileSync(cases, Array.from({ length: REQUESTS }, (_, index) => `${JSON.stringify(requestOf(index))}\n`).join(''))
  const many = Array.from({ length: RUNS }, () => run(['--profile', head, '--base', base, '--cases', cases]))
  process.stdout.write(`${many[0]?.output.split('\n', 1)[0]}\n`)
  print(`${REQUESTS} requests compared with a base`, many)
  print(
    'one request in full',
    Array.from({ length: RUNS }, () => run(['--profile', base, 'hi'])),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
