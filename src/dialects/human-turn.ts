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

/** Openings of messages that are set-up from end to end: Qwen Code 0.15 and older Gemini CLI. */
const SETUP = /^This is the (?:Qwen Code|Gemini CLI)\. We are setting up the context for our chat\./

/** OpenClaw's time stamp before the prompt: `[Sat 2026-11-21 19:30 UTC] `. */
const TIME_STAMP = /^\[[A-Z][a-z]{2} \d{4}-\d{2}-\d{2} \d{2}:\d{2}[^\]\n]{0,20}\] /
/** The line that OpenClaw sets below the prompt. */
const RUNTIME_LINE = '\nRuntime: agent='

/** Whole parts that only frame a picture or a file: Codex, Claude Code, Gemini CLI. */
const MEDIA_FRAME =
  /^(?:<image name=\[Image #\d+\][^\n>]*>|<\/image>|\[Image: source: [^\n]*\]|--- (?:Content from referenced files|End of content) ---)$/

/**
 * Removes injected blocks from one text part, and white space around the rest. A block counts when its tag opens a line
 * (a person may well ask about a tag); an unterminated block is removed to the end.
 */
export function stripInjected(text: string): string {
  let rest = text
  for (const tag of INJECTED_TAGS) rest = cut(rest, `<${tag}>`, `</${tag}>`)
  rest = cut(rest, OPENCLAW_BEGIN, OPENCLAW_END).trim()
  if (SETUP.test(rest) || MEDIA_FRAME.test(rest)) return ''
  return withoutStamp(rest)
}

function cut(text: string, open: string, close: string): string {
  let start = text.indexOf(open)
  if (start === -1) return text
  let kept = ''
  let from = 0
  while (start !== -1) {
    if (opensLine(text, start, from)) {
      kept += text.slice(from, start)
      const end = text.indexOf(close, start + open.length)
      if (end === -1) return kept
      from = end + close.length
      start = text.indexOf(open, from)
    } else start = text.indexOf(open, start + open.length)
  }
  return kept + text.slice(from)
}

/** True when only blanks lie between `at` and the line's start, or the block that ended at `from`. */
function opensLine(text: string, at: number, from: number): boolean {
  let before = at - 1
  while (before >= from && (text[before] === ' ' || text[before] === '\t')) before--
  return before < from || text[before] === '\n'
}

function withoutStamp(text: string): string {
  const stamp = TIME_STAMP.exec(text)
  if (stamp === null) return text
  const line = text.lastIndexOf(RUNTIME_LINE)
  return text.slice(stamp[0].length, line === -1 ? undefined : line).trim()
}

/** Joins the parts of one user message into the human turn; '' when nothing human is left. */
export function humanText(parts: readonly string[]): string {
  return parts
    .map(stripInjected)
    .filter((part) => part !== '')
    .join('\n')
}
