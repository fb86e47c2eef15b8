// Judges the shipped intent model by a labelled set, and measures how long it takes.
// usage: npm run bench:intent -- <labelled.jsonl>
import { classifyIntent } from '../src/policy/intent/classify.ts'
import { readSamples, type Sample } from './train-intent/records.ts'
import { report } from './train-intent/report.ts'

/** Each request is classified so many times; the median counts. */
const ROUNDS = 5
/** Characters of a turn that is not a long one. */
const SHORT = 2_000

/** Median time of each request, in µs, ascending. */
function measure(samples: readonly Sample[]): number[] {
  const times = samples.map(({ facts }) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const start = process.hrtime.bigint()
      classifyIntent(facts)
      return Number(process.hrtime.bigint() - start) / 1000
    })
    return rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
  })
  return times.sort((a, b) => a - b)
}

function line(name: string, times: readonly number[]): string {
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(0)
  return `${name.padEnd(36)}${String(times.length).padStart(6)}  p50 ${at(0.5)} µs  p99 ${at(0.99)} µs  most ${at(1)} µs\n`
}

const [path] = process.argv.slice(2)
if (path === undefined) {
  process.stderr.write('usage: npm run bench:intent -- <labelled.jsonl>\n')
  process.exitCode = 2
} else {
  const samples = readSamples(path)
  const start = process.hrtime.bigint()
  const judged = samples.slice(0, 1).map((sample) => ({ sample, intent: classifyIntent(sample.facts) }))
  const first = Number(process.hrtime.bigint() - start) / 1e6
  judged.push(...samples.slice(1).map((sample) => ({ sample, intent: classifyIntent(sample.facts) })))
  process.stdout.write(
    `The shipped model. A set that it was trained on flatters it: train:intent judges by unseen sources.\n\n${report(judged)}\n`,
  )
  process.stdout.write(`first request, model and cues made ready: ${first.toFixed(1)} ms\n`)
  process.stdout.write(
    line('turns under 2,000 characters', measure(samples.filter((each) => each.facts.turn.length < SHORT))),
  )
  process.stdout.write(line('all requests', measure(samples)))
}
