import { UsageError } from '../diagnostics/errors.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { jsonText } from '../output/json.ts'
import type { Invocation } from './command-spec.ts'
import { bashScript } from './completion/bash.ts'
import { fishScript } from './completion/fish.ts'
import type { CompletionModel } from './completion/model.ts'
import { completionModel } from './completion/model.ts'
import { powershellScript } from './completion/powershell.ts'
import type { Shell } from './completion/shells.ts'
import { SHELLS } from './completion/shells.ts'
import { zshScript } from './completion/zsh.ts'
import type { Context } from './context.ts'
import { OK } from './exit-codes.ts'

const WRITERS: Readonly<Record<Shell, (model: CompletionModel) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
}

/** `sage completion <shell>`: prints a script that completes commands, options and their values. */
export async function runCompletion(context: Context, { args, options, table }: Invocation): Promise<number> {
  const [name = ''] = args
  const shell = SHELLS.find((each) => each === name)
  if (shell === undefined) {
    throw new UsageError(
      `there is no completion for ${name}`,
      didYouMean(name, SHELLS) ?? `shells: ${SHELLS.join(', ')}`,
    )
  }
  const script = WRITERS[shell](completionModel(table))
  context.stdout.write(options['json'] === true ? jsonText({ version: 1, shell, script }) : script)
  return OK
}
