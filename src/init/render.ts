// Fills the placeholders of a template. Pure.
import type { FileFormat, Setup, TemplateFile } from './template.ts'

export interface Values {
  /** Scheme, host and port of sage, no trailing slash. */
  base_url: string
  /** The same with `/v1`, for clients that speak OpenAI's dialects. */
  openai_base_url: string
  model: string
  api_key: string
  /** Context window to tell the client, in tokens. */
  context: number
}

export interface Rendered {
  files: TemplateFile[]
  env: Record<string, string>
  run: string | undefined
}

/** The values for a sage at this address. */
export function valuesFor(url: string, rest: Omit<Values, 'base_url' | 'openai_base_url'>): Values {
  return { base_url: url, openai_base_url: `${url}/v1`, ...rest }
}

/** A setup with all its placeholders filled. */
export function renderSetup(setup: Setup, values: Values): Rendered {
  return {
    files: setup.files.map((file) => ({ ...file, content: renderText(file.content, values, file.format) })),
    env: Object.fromEntries(Object.entries(setup.env).map(([name, value]) => [name, renderText(value, values)])),
    run: setup.run === undefined ? undefined : renderText(setup.run, values),
  }
}

/**
 * Puts the values in place of `{{name}}`. With a format, values are escaped for its strings: templates put every
 * placeholder but `{{context}}` between double quotes, and JSON, TOML and YAML read JSON's escapes there.
 * Throws on a name that is no value.
 */
export function renderText(text: string, values: Values, format?: FileFormat): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    if (!isValueName(name, values)) throw new Error(`unknown placeholder ${whole}`)
    const value = String(values[name])
    return format === undefined ? value : JSON.stringify(value).slice(1, -1)
  })
}

function isValueName(name: string, values: Values): name is keyof Values {
  return Object.hasOwn(values, name)
}
