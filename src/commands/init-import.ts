import { resolve } from 'node:path'
import { SageError, UsageError } from '../diagnostics/errors.ts'
import { codeOf, readText } from '../init/file-text.ts'
import { readForeignConfig } from '../init/import/read-config.ts'
import { toFound } from '../init/import/to-found.ts'
import type { Imported } from '../init/import/to-found.ts'

/** Reads another program's settings. Throws `UsageError` when they are none that sage knows, SAGE4004 unread. */
export function importConfig(path: string, cwd: string, own: string): Imported {
  const text = read(resolve(cwd, path))
  if (text === undefined) throw new UsageError(`${path} does not exist`, 'give --import a file')
  const config = readForeignConfig(text)
  if (config === undefined) {
    const hint = 'it takes the settings of OpenClaw, claude-code-router and LiteLLM'
    throw new UsageError(`${path} holds no providers that sage can take over`, hint)
  }
  return toFound(config, own)
}

function read(path: string): string | undefined {
  try {
    return readText(path)
  } catch (error) {
    throw new SageError('SAGE4004', `${path} cannot be read (${codeOf(error)})`, { cause: error })
  }
}
