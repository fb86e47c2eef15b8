// The page of one template in docs/integrations/. Pure.
import { renderSetup, renderText, valuesFor } from '../../src/init/render.ts'
import type { Values } from '../../src/init/render.ts'
import { initSetup } from '../../src/init/template.ts'
import type {
  ClientTemplate,
  FileFormat,
  ProviderTemplate,
  Setup,
  Template,
  TemplateDialect,
  Variant,
} from '../../src/init/template.ts'

export const DIALECT_TITLES: Readonly<Record<TemplateDialect, string>> = {
  'openai-chat': 'OpenAI Chat Completions',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  gemini: 'Gemini',
  'ollama-chat': 'Ollama',
}

/** What a reader of the pages has: sage as it starts without options. */
const VALUES: Values = valuesFor('http://127.0.0.1:8790', { model: 'sage/auto', api_key: 'any-text', context: 128000 })

const NOTICE = (name: string): string =>
  `<!-- Generated from templates/${name} by scripts/generate-docs.ts. Do not edit. -->`

/** Markdown of the page. Pieces that say the same for several dialects are told once, in the first of them. */
export function pageOf(template: Template): string {
  const { title, name, intro, docs, notes } = template
  const parts = [
    `# ${title}`,
    NOTICE(name),
    `${fill(intro)} [Its documentation](${docs}).`,
    checkedLine(template),
    ...(template.role === 'client' ? clientParts(template) : providerParts(template)),
    ...(notes.length === 0 ? [] : ['## Good to know', list(notes)]),
  ]
  return `${parts.join('\n\n')}\n`
}

function checkedLine({ checked, role }: Template): string {
  if (checked.how === 'run') return `Checked: version ${checked.version} was run against sage ([results](README.md)).`
  const source = role === 'client' ? "the client's" : "the provider's"
  return `Checked: follows ${source} documentation; it was not run against sage.`
}

function clientParts(template: ClientTemplate): string[] {
  const { steps, dialect, examples, variants } = template
  return [
    '## Set up',
    `Dialect: ${DIALECT_TITLES[dialect]}.`,
    ...initParts(template),
    ...(steps.length === 0 ? [] : [numbered(steps)]),
    ...setupParts(template),
    ...examples.flatMap(({ title, language, content }) => [`${title}:`, fence(language, renderText(content, VALUES))]),
    ...(variants.length === 0 ? [] : ['## Other ways', ...variants.flatMap((each) => variantParts(template, each))]),
  ]
}

/** Clients whose settings are no files are told by hand. */
function initParts(client: ClientTemplate): string[] {
  const files = initSetup(client).files.map(({ path }) => `\`${path}\``)
  if (files.length === 0)
    return client.detect === undefined ? [] : [`\`sage init --client ${client.name}\` shows what to set.`]
  return [`\`sage init --client ${client.name}\` writes ${files.join(' and ')}, or do it by hand:`]
}

function setupParts(setup: Setup): string[] {
  const { files, env, run } = renderSetup(setup, VALUES)
  return [
    ...files.flatMap(({ path, format, content }) => [`\`${path}\`:`, fence(languageOf(format), content)]),
    ...envParts(env),
    ...(run === undefined ? [] : [`Start it with \`${run}\`.`]),
  ]
}

/** A variant that changes a few lines is told in one sentence, any other in full. */
function variantParts(main: Setup, variant: Variant): string[] {
  const shown = renderSetup(main, VALUES)
  const { files, env } = renderSetup(variant, VALUES)
  const fresh = files.filter(({ path }) => shown.files.every((file) => file.path !== path))
  const changes = [
    ...files.flatMap(({ path, content }) => {
      const before = shown.files.find((file) => file.path === path)?.content.split('\n')
      const lines = content.split('\n').filter((line) => before?.includes(line) === false)
      return lines.length === 0 ? [] : [`in \`${path}\` put ${joined(lines.map(bareLine))}`]
    }),
    ...changedEnv(shown.env, env),
  ]
  const sentence = changes.length === 0 ? [] : [`${variant.title}: ${changes.join('; ')}.`]
  return [
    ...sentence,
    ...fresh.flatMap(({ path, format, content }) => [
      `${variant.title}, \`${path}\`:`,
      fence(languageOf(format), content),
    ]),
  ]
}

function changedEnv(before: Record<string, string>, after: Record<string, string>): string[] {
  const lines = Object.entries(after).filter(([name, value]) => before[name] !== value)
  return lines.length === 0 ? [] : [`set ${joined(lines.map(([name, value]) => `${name}=${value}`))}`]
}

function envParts(env: Record<string, string>): string[] {
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${value}`)
  return lines.length === 0 ? [] : [fence('sh', lines.join('\n')), WINDOWS]
}

const WINDOWS = "In PowerShell each line is `$env:NAME = 'value'`."

/** As code, with commas and a last "and". */
function joined(items: readonly string[]): string {
  const quoted = items.map((item) => `\`${item}\``)
  const last = quoted.at(-1) ?? ''
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`
}

function bareLine(line: string): string {
  return line.trim().replace(/,$/, '')
}

function providerParts({ profile, steps, init }: ProviderTemplate): string[] {
  const own = init === undefined ? [] : [`\`sage init --provider ${init}\` writes a profile with it, or do it by hand:`]
  return ['## Set up', ...own, ...(steps.length === 0 ? [] : [numbered(steps)]), '`sage.yaml`:', fence('yaml', profile)]
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${fill(line)}`).join('\n')
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, at) => `${at + 1}. ${fill(line)}`).join('\n')
}

function fill(text: string): string {
  return renderText(text.trim().replace(/\s*\n\s*/g, ' '), VALUES)
}

function languageOf(format: FileFormat): string {
  return format === 'env' ? 'sh' : format
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}
