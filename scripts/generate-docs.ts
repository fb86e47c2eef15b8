// Writes docs/integrations/ from templates/. A test runs it too: UPDATE_SNAPSHOTS=1 npm test -- templates.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pageOf } from './integrations/page.ts'
import { readmeOf } from './integrations/readme.ts'
import type { ClientResult } from './integrations/readme.ts'
import { readTemplates } from '../src/init/read-templates.ts'

const ROOT = join(import.meta.dirname, '..')
const RESULTS = join(ROOT, 'test', 'clients', 'results.json')

/** The generated pages: path from the project's root → content. */
export function generateDocs(): Record<string, string> {
  const templates = readTemplates()
  const pages = templates.map((template) => [`docs/integrations/${template.name}.md`, pageOf(template)] as const)
  return { ...Object.fromEntries(pages), 'docs/integrations/README.md': readmeOf(templates, readResults()) }
}

/** What `npm run test:clients -- --save` wrote. */
export function readResults(): ClientResult[] {
  return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as ClientResult[]) : []
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, content] of Object.entries(generateDocs())) writeFileSync(join(ROOT, path), content)
}
