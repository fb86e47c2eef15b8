import type { OptionValues } from 'commander'
import type { Context } from './context.ts'

/** One command as the table has it: all that help needs. The work is imported when it runs. */
export interface CommandSpec {
  name: string
  /** One line, no full stop. */
  summary: string
  /** What it does, for `sage help <command>`. */
  description: string
  argument?: { syntax: string; description: string; values?: readonly string[] }
  options: OptionSpec[]
  examples: Example[]
  /** Runs the command; the answer is the exit code. */
  run(context: Context, invocation: Invocation): Promise<number>
}

/** One call of a command, as the command line was read. */
export interface Invocation {
  options: OptionValues
  args: readonly string[]
  /** Names of all commands. */
  commands: readonly string[]
  /** The whole table. */
  table: readonly CommandSpec[]
  /** Writes the help of a command, or of sage itself without a name. */
  showHelp(stream: 'stdout' | 'stderr', command?: string): void
}

export interface OptionSpec {
  /** As commander reads them: `-p, --profile <file>`. */
  flags: string
  description: string
  choices?: string[]
  /** What a shell offers as a value, where it is more than choices can say. */
  values?: readonly string[]
  /** `count` and `port` refuse what is not such a number; `list` may be given several times. */
  type?: 'count' | 'port' | 'list'
}

export interface Example {
  command: string
  note: string
}
