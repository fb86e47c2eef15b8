import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDotenv } from '../secrets/dotenv.ts'
import type { Context } from './context.ts'

/** The environment, with what `.env` in the current directory adds to it. A variable that is set is never replaced. */
export function readEnvironment(context: Context): Record<string, string | undefined> {
  return { ...parseDotenv(readDotenv(dotenvPath(context))), ...context.env }
}

/** Where that file is, or would be. */
export function dotenvPath({ cwd }: Context): string {
  return join(cwd, '.env')
}

/** Not having the file is the usual case, and one that cannot be read is none of our business: keys may be elsewhere. */
function readDotenv(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
