// Replays recorded clients through sage to a strict fake of each provider dialect:
// npm run replay -- <folder> [--provider NAME] [--json]
import { parseArgs } from 'node:util'
import { table } from '../src/output/table.ts'
import { readRecordings } from '../test/replay/recording.ts'
import { replay, REPLAY_PROVIDERS } from '../test/replay/replay.ts'

interface Outcome {
  recording: string
  provider: string
  reasons: string[]
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, provider: { type: 'string' } },
})

process.exitCode = await main()

async function main(): Promise<number> {
  const [folder] = positionals
  const providers = Object.keys(REPLAY_PROVIDERS).filter((name) => name === (flags.provider ?? name))
  if (folder === undefined || providers.length === 0) {
    const names = Object.keys(REPLAY_PROVIDERS).join(', ')
    process.stderr.write(`usage: npm run replay -- <folder> [--provider NAME] [--json]\nproviders: ${names}\n`)
    return 2
  }
  const outcomes: Outcome[] = []
  for (const recording of readRecordings(folder)) {
    for (const provider of providers) {
      const reasons = await replay(recording, provider).catch((error: unknown) => [String(error)])
      outcomes.push({ recording: recording.name, provider, reasons })
    }
  }
  process.stdout.write(flags.json ? `${JSON.stringify(outcomes, null, 2)}\n` : `${shown(outcomes, providers)}\n`)
  return outcomes.every(({ reasons }) => reasons.length === 0) ? 0 : 1
}

/** One row a recording, one column a provider; the reasons below. */
function shown(outcomes: readonly Outcome[], providers: readonly string[]): string {
  const names = [...new Set(outcomes.map(({ recording }) => recording))]
  const rows = names.map((name) => [
    name,
    ...outcomes
      .filter(({ recording }) => recording === name)
      .map(({ reasons }) => (reasons.length === 0 ? 'pass' : 'FAIL')),
  ])
  const failures = outcomes.flatMap(({ recording, provider, reasons }) =>
    reasons.map((reason) => `${recording} to ${provider}: ${reason}`),
  )
  const failed = outcomes.filter(({ reasons }) => reasons.length > 0).length
  const total = `${outcomes.length - failed} of ${outcomes.length} passed`
  const width = process.stdout.columns ?? 160
  return [table(rows, { head: ['recording', ...providers], width }), ...failures, total].join('\n')
}
