// The templates in templates/: what each client needs to use sage, as data.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export type TemplateDialect = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'ollama-chat'
export type FileFormat = 'json' | 'toml' | 'yaml'

export interface TemplateFile {
  /** `~/…` is in the user's home folder, anything else in the project's; with slashes on every system. */
  path: string
  format: FileFormat
  /** Text with placeholders. */
  content: string
}

/** One way to point a client at sage. */
export interface Setup {
  dialect: TemplateDialect
  files: TemplateFile[]
  /** Environment variables; values with placeholders. */
  env: Record<string, string>
  /** Command that starts the client, with placeholders. */
  run: string | undefined
}

export interface Variant extends Setup {
  name: string
  title: string
}

export interface Example {
  title: string
  language: 'js' | 'python' | 'sh'
  content: string
}

interface Common {
  name: string
  title: string
  /** Page of the client's or the provider's own documentation. */
  docs: string
  checked: { how: 'run'; version: string } | { how: 'documentation' }
  intro: string
  steps: string[]
  notes: string[]
}

export interface ClientTemplate extends Common, Setup {
  role: 'client'
  examples: Example[]
  variants: Variant[]
}

export interface ProviderTemplate extends Common {
  role: 'provider'
  /** A profile of sage with this provider in it. */
  profile: string
}

export type Template = ClientTemplate | ProviderTemplate

/** What stands in template.yaml: contents are names of files beside it. */
type Written = Partial<Omit<Setup, 'dialect'>> & { dialect?: TemplateDialect }

type Document = Omit<Common, 'steps' | 'notes'> &
  Partial<Pick<ClientTemplate, 'steps' | 'notes' | 'examples' | 'variants' | 'files' | 'env' | 'run'>> &
  ({ role: 'client'; dialect: TemplateDialect } | { role: 'provider'; profile: string })

export const TEMPLATES_FOLDER: string = join(import.meta.dirname, '..', '..', 'templates')

/** Reads all templates, by name. They are taken to fit templates/template.schema.json, which a test sees to. */
export function readTemplates(folder: string = TEMPLATES_FOLDER): Template[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readTemplate(join(folder, name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readTemplate(folder: string): Template {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const document = parse(read('template.yaml')) as Document
  const { name, title, docs, checked, intro, steps = [], notes = [] } = document
  const common = { name, title, docs, checked, intro, steps, notes }
  if (document.role === 'provider') return { ...common, role: 'provider', profile: read(document.profile) }
  const setup = readSetup(document, document.dialect, read)
  return {
    ...common,
    ...setup,
    role: 'client',
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
