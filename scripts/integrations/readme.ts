// docs/integrations/README.md: the pages, and what was seen when the clients were run. Pure.
import { DIALECT_TITLES } from './page.ts'
import type { Template } from '../../src/init/template.ts'

/** One run of one client, as `npm run test:clients` reports it. */
export interface ClientResult {
  client: string
  /** The template that it was set up with. */
  template: string
  /** What was installed, e.g. `1.18.33`. */
  version: string
  /** Node's version that ran it. */
  node: string
  dialect: keyof typeof DIALECT_TITLES
  /** Kind of the provider behind sage. */
  upstream: string
  result: 'passed' | 'failed' | 'not installed' | 'dialect not served yet'
  /** Why it did not pass. */
  reason?: string
  /** Duration of the run, without the installation. */
  seconds: number
}

const NOTICE =
  '<!-- Generated from templates/ and test/clients/results.json by scripts/generate-docs.ts. Do not edit. -->'

export function readmeOf(templates: readonly Template[], results: readonly ClientResult[]): string {
  return `# Integrations

${NOTICE}

One page for each client and provider, made from the files in [templates/](../../templates).

Clients: ${links(templates, 'client')}.

Providers: ${links(templates, 'provider')}.

## What was seen

\`npm run test:clients\` installs the real clients, starts sage in front of a scripted provider, gives each client its template in an
empty home folder and a prompt that needs a tool. sage demands a token, which the template hands to the client as its API key. A run
passes when the provider saw the tool's result, the client printed the final answer, ended with exit code 0, spoke the dialect it was
set to, and sage refused none of its requests.

${resultTable(results)}
`
}

const UPSTREAMS = { 'openai-compatible': 'OpenAI Chat', anthropic: 'Anthropic', ollama: 'Ollama' } as const

/** A row a client, a column for what the provider behind sage speaks; a cell is the result with its seconds. */
function resultTable(results: readonly ClientResult[]): string {
  const kinds = Object.entries(UPSTREAMS)
  const head = ['client', 'version', 'Node', 'client speaks', ...kinds.map(([, title]) => `provider speaks ${title}`)]
  const firsts = [...new Map(results.map((result) => [result.client, result])).values()]
  const rows = firsts.map(({ client, version, node, dialect }) => {
    const cells = kinds.map(([kind]) => cell(results.find((each) => each.client === client && each.upstream === kind)))
    return [client, version, node, DIALECT_TITLES[dialect], ...cells]
  })
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cell(result: ClientResult | undefined): string {
  if (result === undefined) return 'not run'
  if (result.result === 'passed') return `passed, ${result.seconds.toFixed(1)} s`
  return result.reason === undefined ? result.result : `${result.result}: ${result.reason}`
}

function links(templates: readonly Template[], role: Template['role']): string {
  const wanted = templates.filter((template) => template.role === role)
  return wanted.map(({ name, title }) => `[${title}](${name}.md)`).join(', ')
}
