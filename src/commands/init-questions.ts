// The conversation of sage init, on the terminal. Loaded only when there is one.
import { checkbox, confirm, select } from '@inquirer/prompts'

export interface Choice {
  value: string
  name: string
  checked?: boolean
}

/** Asks people. Every answer is undefined after Ctrl-C. */
export interface Asker {
  choose(message: string, choices: readonly Choice[]): Promise<string[] | undefined>
  pick(message: string, choices: readonly Choice[]): Promise<string | undefined>
  agree(message: string): Promise<boolean | undefined>
}

/** Streams to ask on; the terminal by default. */
export interface Streams {
  input?: NodeJS.ReadableStream
  output?: NodeJS.WritableStream
}

export function createAsker(streams: Streams = {}): Asker {
  return {
    choose: (message, choices) => until(checkbox({ message, choices: [...choices] }, streams)),
    pick: (message, choices) => until(select({ message, choices: [...choices] }, streams)),
    agree: (message) => until(confirm({ message, default: true }, streams)),
  }
}

async function until<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return undefined
    throw error
  }
}
