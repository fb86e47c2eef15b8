// Runs real clients against sage: npm run test:clients -- [client ...] [--upstream KIND] [--json] [--save]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from '../src/output/table.ts'
import { CLIENTS } from '../test/clients/clients.ts'
import { runClient } from '../test/clients/run-client.ts'
import { PROVIDER_KINDS } from '../test/helpers/fake-provider.ts'
import { readResults } from './generate-docs.ts'
import type { ClientResult } from './integrations/readme.ts'
import { readTemplates } from '../src/init/read-templates.ts'

const RESULTS = join(import.meta.dirname, '..', 'test', 'clients', 'results.json')
const KINDS: readonly string[] = PROVIDER_KINDS
const HEAD = ['client', 'version', 'dialect', 'upstream', 'seconds', 'result']

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    upstream: { type: 'string', default: 'openai-compatible' },
  },
})

// Leaving by `exit` ends the client under way too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

process.exitCode = await main()

async function main(): Promise<number> {
  const kind = PROVIDER_KINDS.find((each) => each === flags.upstream)
  const unknown = names.filter((name) => !CLIENTS.some((client) => client.name === name))
  if (kind === undefined || unknown.length > 0) {
    const [what, known] =
      kind === undefined
        ? [flags.upstream, PROVIDER_KINDS.join(', ')]
        : [unknown.join(', '), CLIENTS.map(({ name }) => name).join(', ')]
    process.stderr.write(`error: ${what} is not known; there are ${known}\n`)
    return 2
  }
  if (flags.list) {
    process.stdout.write(CLIENTS.map(({ name, packages }) => `${name}  ${packages.join(' ')}\n`).join(''))
    return 0
  }
  const templates = readTemplates()
  const results: ClientResult[] = []
  for (const client of CLIENTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    process.stderr.write(`${client.name} ...\n`)
    results.push(await runClient(client, templates, kind))
    if (flags.save) save(results)
  }
  process.stdout.write(flags.json ? `${JSON.stringify(results, null, 2)}\n` : `${shown(results)}\n`)
  return results.every(({ result }) => result === 'passed' || result === 'dialect not served yet') ? 0 : 1
}

function shown(results: readonly ClientResult[]): string {
  const rows = results.map(({ client, version, dialect, upstream, seconds, result, reason }) => {
    const outcome = reason === undefined ? result : `${result}: ${reason}`
    return [client, version, dialect, upstream, seconds.toFixed(1), outcome]
  })
  return table(rows, {
    head: HEAD,
    width: process.stdout.columns ?? 160,
    align: ['left', 'left', 'left', 'left', 'right'],
  })
}

/** Puts the results beside those of other runs, for docs/integrations/README.md. */
function save(results: readonly ClientResult[]): void {
  const key = ({ client, upstream }: ClientResult): string => `${upstream} ${client}`
  const merged = new Map([...readResults(), ...results].map((result) => [key(result), result]))
  const order = new Map(CLIENTS.map(({ name }, at) => [name, at]))
  const placeOf = ({ client, upstream }: ClientResult): number =>
    (order.get(client) ?? 0) * KINDS.length + KINDS.indexOf(upstream)
  const sorted = [...merged.values()]
    .filter(({ client }) => order.has(client))
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((result) => ({ ...result, seconds: Math.round(result.seconds * 10) / 10 }))
  writeFileSync(RESULTS, `${JSON.stringify(sorted, null, 2)}\n`)
}
