import type { TemplateDialect } from '../../src/init/template.ts'

/** One client to run against sage: what to install, how to set it up and how to start it. */
export interface Client {
  name: string
  /** Folder in templates/, and the variant in it; without one its main setup. */
  template: string
  variant?: string
  /** Dialect, when it is not the setup's: an SDK may have several calls. */
  dialect?: TemplateDialect
  /** `name@version` from the npm registry. The first one is the client, its version is reported. */
  packages: readonly [string, ...string[]]
  /** True when it cannot run without its install scripts, which then work without network. */
  scripts?: boolean
  /** Smallest major version of Node that it runs on. Default 20. */
  node?: number
  /** The command of its first package, or a script of test/clients/sdk/ that uses the packages. */
  start: { bin: string; args: readonly string[] } | { script: string }
  /** Variables that keep it quiet and unattended, besides those of its template. */
  env?: Readonly<Record<string, string>>
  /** Files that do the same: path in its home folder → content. */
  files?: Readonly<Record<string, string>>
  /** How often the final answer has to appear. Default 1. */
  answers?: number
}

/** In arguments: stands for the prompt. */
export const PROMPT = '{{prompt}}'

/** What every client is asked. The file's content is in no prompt, so only a tool can know it. */
export const TASK: string =
  'Run this shell command with your tool: `cat note.txt`. Then tell me exactly what it printed.'
