import { FAILED } from './exit-codes.ts'

/** Why a command could not run, beside wrong usage and invalid profiles. Codes never change once given. */
export const COMMAND_CODES = {
  SAGE4002: { title: 'Port taken', hint: 'take another one with --port; 0 takes a free one' },
  SAGE4003: { title: 'Address cannot be used', hint: 'check --host and --port' },
  SAGE4004: { title: 'File cannot be read', hint: 'check the path and its permissions' },
  SAGE4005: {
    title: 'No usable target',
    hint: 'set the key of a provider, start Ollama, or try `sage demo`',
  },
  SAGE4006: { title: 'Token cannot be read', hint: 'set what serve.token refers to' },
} as const

export type CommandCode = keyof typeof COMMAND_CODES

/** A known reason why a command could not run: one line and a hint, no stack. Exit code 3. */
export class CommandError extends Error {
  override name = 'CommandError'
  readonly code: CommandCode
  readonly hint: string
  readonly exitCode: number = FAILED

  constructor(code: CommandCode, message: string, hint: string = COMMAND_CODES[code].hint, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.hint = hint
  }
}
