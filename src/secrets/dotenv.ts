import { parseEnv } from 'node:util'

/** Reads the text of a `.env` file: NAME=value lines, quotes, comments and `export` as Node's `--env-file` has them. */
export function parseDotenv(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(parseEnv(text.replace(/^\uFEFF/, '')))) {
    if (value !== undefined) values[name] = value
  }
  return values
}
