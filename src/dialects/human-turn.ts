// What a person typed, as opposed to what their harness put around it.

/** Blocks that coding agents inject into user messages (wire facts: recorded traffic of the named clients). */
const INJECTED_TAGS = [
  'system-reminder', // Claude Code, Qwen Code
  'environment_context', // Codex
  'session_context', // Gemini CLI
  'current_datetime', // Copilot CLI
  'user_instructions', // Codex
]

const OPENCLAW_BEGIN = '<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>'
const OPENCLAW_END = '<<<END_OPENCLAW_INTERNAL_CONTEXT>>>'

/** Removes injected blocks from one text part. An unterminated block is removed to the end. */
export function stripInjected(text: string): string {
  let rest = text
  for (const tag of INJECTED_TAGS) rest = cut(rest, `<${tag}>`, `</${tag}>`)
  return cut(rest, OPENCLAW_BEGIN, OPENCLAW_END).trim()
}

function cut(text: string, open: string, close: string): string {
  let start = text.indexOf(open)
  if (start === -1) return text
  let kept = ''
  let from = 0
  while (start !== -1) {
    kept += text.slice(from, start)
    const end = text.indexOf(close, start + open.length)
    if (end === -1) return kept
    from = end + close.length
    start = text.indexOf(open, from)
  }
  return kept + text.slice(from)
}

/** Joins the parts of one user message into the human turn; '' when nothing human is left. */
export function humanText(parts: readonly string[]): string {
  return parts
    .map(stripInjected)
    .filter((part) => part !== '')
    .join('\n')
}
