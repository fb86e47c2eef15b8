import { UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { jsonText } from '../output/json.ts'
import type { CommandSpec, Invocation } from './command-spec.ts'
import type { Context } from './context.ts'
import { OK } from './exit-codes.ts'
import { topics } from './topics/index.ts'
import type { Topic } from './topics/topic.ts'

/** `sage help [topic]`: help of a command, of a topic, or of everything. */
export async function runHelp(context: Context, invocation: Invocation): Promise<number> {
  const { args, commands, options, showHelp } = invocation
  const [name] = args
  if (options['json'] === true) {
    context.stdout.write(jsonText(helpDocument(invocation.table, name)))
    return OK
  }
  if (name === undefined || commands.includes(name)) {
    showHelp('stdout', name)
    return OK
  }
  const topic = topics.find((each) => each.name === name)
  if (topic === undefined) throw unknownTopic(name, commands)
  context.stdout.write(topic.text)
  return OK
}

/** Help as `--json` has it: everything, or what has the name. */
interface HelpDocument {
  version: 1
  commands: Pick<CommandSpec, 'name' | 'summary' | 'description' | 'argument' | 'options' | 'examples'>[]
  topics: Topic[]
}

function helpDocument(table: readonly CommandSpec[], name: string | undefined): HelpDocument {
  const isMeant = (each: { name: string }): boolean => name === undefined || each.name === name
  const found: HelpDocument = {
    version: 1,
    // JSON has no functions, so each comes without its `run`.
    commands: table.filter(isMeant),
    topics: topics.filter(isMeant),
  }
  if (name === undefined || found.commands.length + found.topics.length > 0) return found
  throw unknownTopic(
    name,
    table.map((each) => each.name),
  )
}

function unknownTopic(name: string, commands: readonly string[]): UsageError {
  const known = [...topics.map((each) => each.name), ...commands]
  return new UsageError(`no help topic is called ${name}`, didYouMean(name, known) ?? `there are ${known.join(', ')}`)
}
