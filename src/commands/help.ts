import { UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import type { Invocation } from './command-spec.ts'
import type { Context } from './context.ts'
import { OK } from './exit-codes.ts'
import { topics } from './topics/index.ts'

/** `sage help [topic]`: help of a command, of a topic, or of everything. */
export async function runHelp(context: Context, { args, commands, showHelp }: Invocation): Promise<number> {
  const [name] = args
  if (name === undefined || commands.includes(name)) {
    showHelp('stdout', name)
    return OK
  }
  const topic = topics.find((each) => each.name === name)
  if (topic === undefined) {
    const known = [...topics.map((each) => each.name), ...commands]
    throw new UsageError(`no help topic is called ${name}`, didYouMean(name, known) ?? `there are ${known.join(', ')}`)
  }
  context.stdout.write(topic.text)
  return OK
}
