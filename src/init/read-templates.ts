import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import type { ClientTemplate, Setup, Template, TemplateDialect } from './template.ts'

/** What stands in template.yaml: contents are names of files beside it. */
type Written = Partial<Omit<Setup, 'dialect'>> & { dialect?: TemplateDialect }

type Document = Omit<ClientTemplate, 'role' | 'steps' | 'notes' | keyof Setup> &
  Partial<Pick<ClientTemplate, 'steps' | 'notes' | 'examples' | 'variants' | 'files' | 'env' | 'run'>> &
  ({ role: 'client'; dialect: TemplateDialect } | { role: 'provider'; profile: string })

/** templates/ of this package: above src/init as above dist. */
export const TEMPLATES_FOLDER: string = findTemplates(import.meta.dirname)

/** Reads all templates, by name. They are taken to fit templates/template.schema.json, which a test sees to. */
export function readTemplates(folder: string = TEMPLATES_FOLDER): Template[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'template.yaml')))
    .map(({ name }) => readTemplate(join(folder, name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function findTemplates(from: string): string {
  const folder = join(from, 'templates')
  const up = dirname(from)
  return up === from || existsSync(join(folder, 'template.schema.json')) ? folder : findTemplates(up)
}

function readTemplate(folder: string): Template {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const document = parse(read('template.yaml')) as Document
  const { name, title, docs, checked, intro, detect, init, steps = [], notes = [] } = document
  const common = { name, title, docs, checked, intro, steps, notes, init }
  if (document.role === 'provider') return { ...common, role: 'provider', profile: read(document.profile) }
  const setup = readSetup(document, document.dialect, read)
  return {
    ...common,
    ...setup,
    role: 'client',
    detect,
    examples: (document.examples ?? []).map((example) => ({ ...example, content: read(example.content) })),
    variants: (document.variants ?? []).map((variant: Written & { name: string; title: string }) => ({
      name: variant.name,
      title: variant.title,
      ...readSetup(variant, variant.dialect ?? document.dialect, read),
      run: variant.run ?? setup.run,
    })),
  }
}

function readSetup(written: Written, dialect: TemplateDialect, read: (name: string) => string): Setup {
  const files = (written.files ?? []).map((file) => ({ ...file, content: read(file.content) }))
  return { dialect, files, env: written.env ?? {}, run: written.run }
}
