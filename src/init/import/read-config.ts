import { parse } from 'yaml'
import { withoutComments } from './without-comments.ts'
import { readClaudeCodeRouter } from './claude-code-router.ts'
import { readLiteLlm } from './litellm.ts'
import { readOpenClaw } from './openclaw.ts'
import type { ForeignConfig } from './types.ts'

/** Reads the settings of another program, whichever it is; undefined when it is none that is known here. */
export function readForeignConfig(text: string): ForeignConfig | undefined {
  const data = parseLoosely(text)
  return readLiteLlm(data) ?? readClaudeCodeRouter(data) ?? readOpenClaw(data)
}

/** JSON with comments, JSON5 as far as YAML has it, or YAML. */
function parseLoosely(text: string): unknown {
  const isJson = /^\s*(?:\{|\/[/*])/.test(text)
  try {
    return parse(isJson ? withoutComments(text) : text, { logLevel: 'error' }) as unknown
  } catch {
    return undefined
  }
}
