import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { CommandSpec, Example, Invocation, OptionSpec } from './command-spec.ts'
import type { Context } from './context.ts'
import { OK } from './exit-codes.ts'
import { commands } from './index.ts'

/** What commander calls the end of `--help` and `--version`: not errors. */
const SHOWN = new Set(['commander.helpDisplayed', 'commander.version'])

const FOOTER = `
Topics: sage help cases | checks | decision-log | environment | exit-codes | headers | intents |
                  lock | models | policies | profile | reload | rescue | simulate |
                  state
`

/** Runs the command that the arguments name. The answer is the exit code; throws what went wrong. */
export async function runProgram(context: Context): Promise<number> {
  let code = OK
  const program = createProgram(context, (answer) => (code = answer))
  if (context.argv.every((argument) => argument === '--color' || argument === '--no-color')) {
    program.outputHelp()
    return OK
  }
  try {
    await program.parseAsync(context.argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && SHOWN.has(error.code)) return OK
    throw error
  }
  return code
}

/** The command line as commander has it: names, options and help, without any implementation. */
function createProgram(context: Context, onExit: (code: number) => void): Command {
  const program = new Command('sage')
    .description('A local model router: one endpoint, a policy you can review, failover, and an explanation.')
    .version(context.version, '-V, --version', 'print the version')
    .option('--color', 'colour even when the stream is no terminal')
    .option('--no-color', 'no colour')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHelpWidth: () => context.stdout.columns ?? 100,
      getErrHelpWidth: () => context.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // Errors are thrown and written in one place.
      outputError: () => undefined,
    })
    .addHelpText('before', exampleText(commands.slice(0, 2).flatMap(({ examples }) => examples.slice(0, 1))))
    .addHelpText('after', FOOTER)
  for (const spec of commands) addCommand(program, spec, context, onExit)
  return program
}

function addCommand(program: Command, spec: CommandSpec, context: Context, onExit: (code: number) => void): void {
  const command = program.command(spec.name).summary(spec.summary).description(spec.description)
  if (spec.argument !== undefined) command.argument(spec.argument.syntax, spec.argument.description)
  for (const option of spec.options) command.addOption(toOption(option))
  command.addHelpText('before', exampleText(spec.examples))
  command.action(async () => {
    const showHelp: Invocation['showHelp'] = (stream, name) => {
      const subject = program.commands.find((each) => each.name() === name) ?? program
      subject.outputHelp({ error: stream === 'stderr' })
    }
    const names = program.commands.map((each) => each.name())
    onExit(
      await spec.run(context, {
        options: command.optsWithGlobals(),
        args: command.args,
        commands: names,
        table: commands,
        showHelp,
      }),
    )
  })
}

function exampleText(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ command }) => command.length))
  const lines = examples.map(({ command, note }) => `  ${command.padEnd(width)}  ${note}`)
  return ['Examples:', ...lines, ''].join('\n')
}

function toOption({ flags, description, choices, type }: OptionSpec): Option {
  const option = new Option(flags, description)
  if (choices !== undefined) return option.choices(choices)
  if (type === 'list') return option.argParser((value, before: string[] | undefined) => [...(before ?? []), value])
  if (type !== undefined) return option.argParser((value) => wholeNumber(value, type === 'port' ? 65_535 : undefined))
  return option
}

function wholeNumber(text: string, most: number = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= most) return value
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`)
}
