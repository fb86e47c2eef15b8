import type { FileFormat } from '../template.ts'
import { mergeEnv } from './env.ts'
import { mergeJson } from './json.ts'
import type { Merged } from './merged.ts'
import { mergeToml } from './toml.ts'
import { mergeYaml } from './yaml.ts'

const MERGES: Readonly<Record<FileFormat, (text: string, wanted: string) => Merged>> = {
  env: mergeEnv,
  json: mergeJson,
  toml: mergeToml,
  yaml: mergeYaml,
}

/**
 * Puts settings into a file that may have others. What is not concerned stays as it is, comments and line ends too; a
 * file that has it all already comes back unchanged.
 */
export function mergeText(format: FileFormat, text: string, wanted: string): Merged {
  const isCrLf = /\r\n/.test(text)
  const merged = MERGES[format](text.replaceAll('\r\n', '\n'), wanted)
  return isCrLf && merged.text !== undefined ? { text: merged.text.replaceAll('\n', '\r\n') } : merged
}
