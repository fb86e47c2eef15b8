// Cues that are no words: the shape of code, of mathematics. Every pattern is linear: all repeats are bounded.
import { DIGIT } from './chars.ts'
import type { IntentLabel } from './labels.ts'
import type { Words } from './tokenize.ts'

export interface ShapeHit {
  /** Index into `SHAPES`. */
  shape: number
  start: number
  end: number
}

interface Shape {
  name: string
  /** What it mostly speaks for. */
  label: IntentLabel
  /** What the pattern cannot match without; cheaper to look for. */
  needs?: RegExp
  pattern: RegExp
  /** The match goes on to the left over letters, digits and hyphens. */
  isSuffix?: boolean
}

export const SHAPES: readonly Shape[] = [
  { name: 'code fence', label: 'code', pattern: /```/ },
  {
    name: 'file name',
    label: 'code',
    pattern:
      /(?<=[\w-])\.(?:py|ipynb|jsx?|mjs|tsx?|go|rs|java|kt|c|cc|cpp|h|hpp|cs|rb|php|sh|sql|ya?ml|toml|json|html|css|lock|md)\b/,
    isSuffix: true,
  },
  {
    name: 'stack trace',
    label: 'code',
    pattern: /Traceback \(most recent|\n\s{1,20}at [^\s()]{1,200} \([^\s()]{1,200}:\d|(?:Error|Exception): /,
  },
  {
    name: 'source line',
    label: 'code',
    pattern:
      /(?:^|\n)[ \t]{0,40}(?:def \w{1,80}\(|function \w{0,80}\(|class \w{1,80}[:({]|import \w|from \w{1,80} import |#include|const \w{1,80} =|let \w{1,80} =|SELECT \S|public static|func \w|fn \w|\$ \w)/,
  },
  {
    name: 'code token',
    label: 'code',
    pattern: /\w\(\)|=> ?[{(]|\);|&&|!==|\w::\w|[a-z][A-Z]\w{0,30}\(|[a-z]_[a-z]|\w\[\w{1,20}\]/,
  },
  {
    name: 'mathematics',
    label: 'reasoning',
    pattern:
      /\\(?:frac|sqrt|sum|int|cdot|angle|begin|left|log|sin|cos|boxed|pi)\b|\$[^$\n]{1,120}[\\^=<>+][^$\n]{0,120}\$|[∑∫√∞≤≥≠∈∀∃π²³]/,
  },
  {
    name: 'equation',
    label: 'reasoning',
    needs: /\d|\^|f\(/,
    pattern: /\b[a-z] ?[-+*/=^] ?\d|\d[a-z] ?[-+*/=^] ?\d|\d ?[*×÷^] ?\d|\d \+ \d|\b[a-z]\^[0-9n]|\bf\([a-z0-9]\)/,
  },
  { name: 'quotation', label: 'translate', pattern: /["“«「『][^"”»」』\n]{2,300}["”»」』]/ },
  {
    name: 'gap to fill',
    label: 'summarize_extract',
    pattern: /_{3,}|\n(?:input|output|text|passage|article|sentence|context|question)s?: ?/i,
  },
  { name: 'list of choices', label: 'reasoning', pattern: /\n\(?[A-Da-d1][).]\s/ },
  {
    name: 'transcript',
    label: 'summarize_extract',
    needs: /\n/,
    pattern: /(?:^|\n)[A-Z][\w .]{1,30}: [^\n]{1,500}\n[A-Z][\w .]{1,30}: /,
  },
]

/** Shapes in a text, each at its first place. */
export function matchShapes(text: string): ShapeHit[] {
  const hits: ShapeHit[] = []
  for (const [shape, { needs, pattern, isSuffix }] of SHAPES.entries()) {
    if (needs?.test(text) === false) continue
    const match = pattern.exec(text)
    if (match === null) continue
    const start = isSuffix === true ? wordStart(text, match.index) : match.index
    hits.push({ shape, start, end: match.index + match[0].length })
  }
  return hits
}

/** Where the letters, digits and hyphens before a place begin. */
function wordStart(text: string, place: number): number {
  let start = place
  while (start > 0 && /[\w-]/.test(text.charAt(start - 1))) start--
  return start
}

/** Numbers in a text, and where the first and the last of them stand. */
export function countNumbers(words: Words): { count: number; start: number; end: number } {
  let count = 0
  let start = 0
  let end = 0
  for (let i = 0; i < words.count; i++) {
    if (words.kinds[i] !== DIGIT) continue
    if (count++ === 0) start = words.starts[i] ?? 0
    end = words.ends[i] ?? 0
  }
  return { count, start, end }
}
