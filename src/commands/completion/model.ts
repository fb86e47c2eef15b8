import type { CommandSpec, OptionSpec } from '../command-spec.ts'
import { topics } from '../topics/index.ts'

/** What every shell's script is made from. */
export interface CompletionModel {
  commands: CompletionCommand[]
  /** Options of sage itself, which every command has too. */
  globals: CompletionOption[]
}

export interface CompletionCommand {
  name: string
  summary: string
  /** What its argument may be; empty for free text. */
  words: readonly string[]
  /** Its own options, then the global ones. */
  options: CompletionOption[]
}

export interface CompletionOption {
  /** `--format`. */
  long: string
  /** `-f`. */
  short?: string
  description: string
  /** It may be given several times. */
  repeats: boolean
  /** What stands behind it; absent for a switch. */
  value?: CompletionValue
}

export type CompletionValue = { kind: 'file' } | { kind: 'text' } | { kind: 'words'; words: readonly string[] }

const GLOBALS: readonly OptionSpec[] = [
  { flags: '--color', description: 'colour even when the stream is no terminal' },
  { flags: '--no-color', description: 'no colour' },
  { flags: '-h, --help', description: 'show help' },
]
const VERSION: OptionSpec = { flags: '-V, --version', description: 'print the version' }

export function completionModel(table: readonly CommandSpec[]): CompletionModel {
  const names = table.map(({ name }) => name)
  return {
    commands: table.map(({ name, summary, argument, options }) => ({
      name,
      summary,
      words: name === 'help' ? [...names, ...topics.map((topic) => topic.name)] : (argument?.values ?? []),
      options: [...options, ...GLOBALS].map(toOption),
    })),
    globals: [...GLOBALS, VERSION].map(toOption),
  }
}

/** Reads `-p, --profile <file>`. */
function toOption({ flags, description, choices, values, type }: OptionSpec): CompletionOption {
  const [, short, long = '', name] = /^(?:(-\w), )?(--[\w-]+)(?: [<[]([^>\]]+)[>\]])?$/.exec(flags) ?? []
  const words = choices ?? values
  const value: CompletionValue | undefined =
    name === undefined
      ? undefined
      : words !== undefined
        ? { kind: 'words', words }
        : { kind: name === 'file' || name === 'folder' ? 'file' : 'text' }
  return {
    long,
    description,
    repeats: type === 'list',
    ...(short === undefined ? {} : { short }),
    ...(value === undefined ? {} : { value }),
  }
}
