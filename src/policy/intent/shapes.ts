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
  /** Character without which the pattern cannot match; '' when there is none. */
  needs: string
  pattern: RegExp
}

export const SHAPES: readonly Shape[] = [
  { name: 'code fence', label: 'code', needs: '```', pattern: /```/ },
  {
    name: 'file name',
    label: 'code',
    needs: '.',
    pattern:
      /(?<![\w-])[\w-]{1,80}\.(?:py|ipynb|jsx?|mjs|tsx?|go|rs|java|kt|c|cc|cpp|h|hpp|cs|rb|php|sh|sql|ya?ml|toml|json|html|css|lock|md)\b/,
  },
  {
    name: 'stack trace',
    label: 'code',
    needs: '',
    pattern: /Traceback \(most recent|\n\s{1,20}at [^\s()]{1,200} \([^\s()]{1,200}:\d|(?:Error|Exception): /,
  },
  {
    name: 'source line',
    label: 'code',
    needs: '',
    pattern:
      /(?:^|\n)[ \t]{0,40}(?:def \w{1,80}\(|function \w{0,80}\(|class \w{1,80}[:({]|import \w|from \w{1,80} import |#include|const \w{1,80} =|let \w{1,80} =|SELECT \S|public static|func \w|fn \w|\$ \w)/,
  },
  {
    name: 'code token',
    label: 'code',
    needs: '',
    pattern: /\w\(\)|=> ?[{(]|\);|&&|!==|\w::\w|[a-z][A-Z]\w{0,30}\(|[a-z]_[a-z]|\w\[\w{1,20}\]/,
  },
  {
    name: 'mathematics',
    label: 'reasoning',
    needs: '',
    pattern:
      /\\(?:frac|sqrt|sum|int|cdot|angle|begin|left|log|sin|cos|boxed|pi)\b|\$[^$\n]{1,120}[\\^=<>+][^$\n]{0,120}\$|[∑∫√∞≤≥≠∈∀∃π²³]/,
  },
  {
    name: 'equation',
    label: 'reasoning',
    needs: '',
    pattern: /\b[a-z] ?[-+*/=^] ?\d|\d[a-z] ?[-+*/=^] ?\d|\d ?[*×÷^] ?\d|\d \+ \d|\b[a-z]\^[0-9n]|\bf\([a-z0-9]\)/,
  },
  { name: 'quotation', label: 'translate', needs: '', pattern: /["“«「『][^"”»」』\n]{2,300}["”»」』]/ },
  {
    name: 'gap to fill',
    label: 'summarize_extract',
    needs: '',
    pattern: /_{3,}|\n(?:input|output|text|passage|article|sentence|context|question)s?: ?/i,
  },
  { name: 'list of choices', label: 'reasoning', needs: '', pattern: /\n\(?[A-Da-d1][).]\s/ },
  {
    name: 'transcript',
    label: 'summarize_extract',
    needs: '\n',
    pattern: /(?:^|\n)[A-Z][\w .]{1,30}: [^\n]{1,500}\n[A-Z][\w .]{1,30}: /,
  },
]

/** Shapes in a text, each at its first place. */
export function matchShapes(text: string): ShapeHit[] {
  const hits: ShapeHit[] = []
  for (const [shape, { needs, pattern }] of SHAPES.entries()) {
    if (needs !== '' && !text.includes(needs)) continue
    const match = pattern.exec(text)
    if (match !== null) hits.push({ shape, start: match.index, end: match.index + match[0].length })
  }
  return hits
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
