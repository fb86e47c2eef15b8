// docs/integrations/README.md: the pages, and what was seen when the clients were run. Pure.
import { DIALECT_TITLES } from './page.ts'
import type { Template } from './template.ts'

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
empty home folder and a prompt that needs a tool. A run passes when the provider saw the tool's result, the client printed the final
answer, ended with exit code 0 and spoke the dialect it was set to. Upstream is what the provider behind sage speaks.

| client | version | Node | dialect | upstream | result | seconds |
| --- | --- | --- | --- | --- | --- | --- |
${results.map(row).join('\n')}
`
}

function links(templates: readonly Template[], role: Template['role']): string {
  const wanted = templates.filter((template) => template.role === role)
  return wanted.map(({ name, title }) => `[${title}](${name}.md)`).join(', ')
}

function row({ client, version, node, dialect, upstream, result, reason, seconds }: ClientResult): string {
  const outcome = reason === undefined ? result : `${result}: ${reason}`
  return `| ${[client, version, node, DIALECT_TITLES[dialect], upstream, outcome, seconds.toFixed(1)].join(' | ')} |`
}
