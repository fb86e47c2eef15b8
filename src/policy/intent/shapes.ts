// Cues that are no words: the shape of code, of mathematics, of a short question. Every pattern is linear.
import type { Evidence } from '../types.ts'
import type { IntentLabel } from './labels.ts'

interface Shape {
  name: string
  label: IntentLabel
  weight: number
  pattern: RegExp
}

const SHAPES: readonly Shape[] = [
  { name: 'code fence', label: 'code', weight: 4, pattern: /```/ },
  {
    name: 'file name',
    label: 'code',
    weight: 3,
    pattern:
      /[\w-]{1,80}\.(?:py|ipynb|jsx?|mjs|tsx?|go|rs|java|kt|c|cc|cpp|h|hpp|cs|rb|php|sh|sql|ya?ml|toml|json|html|css|lock|md)\b/,
  },
  {
    name: 'stack trace',
    label: 'code',
    weight: 4,
    pattern: /Traceback \(most recent|\n\s{1,20}at [^\s()]{1,200} \([^\s()]{1,200}:\d|(?:Error|Exception): /,
  },
  {
    name: 'source line',
    label: 'code',
    weight: 4,
    pattern:
      /(?:^|\n)[ \t]{0,40}(?:def \w{1,80}\(|function \w{0,80}\(|class \w{1,80}[:({]|import \w|from \w{1,80} import |#include|const \w{1,80} =|let \w{1,80} =|SELECT \S|public static|func \w|fn \w|\$ \w)/,
  },
  {
    name: 'code token',
    label: 'code',
    weight: 2,
    pattern: /\w\(\)|=> ?[{(]|\);|&&|!==|\w::\w|[a-z][A-Z]\w{0,30}\(/,
  },
  {
    name: 'mathematics',
    label: 'reasoning',
    weight: 4,
    pattern:
      /\\(?:frac|sqrt|sum|int|cdot|angle|begin|left|log|sin|cos|boxed|pi)\b|\$[^$\n]{1,120}[\\^=<>+][^$\n]{0,120}\$/,
  },
  {
    name: 'equation',
    label: 'reasoning',
    weight: 3,
    pattern: /\b[a-z] ?[-+*/=^] ?\d|\d[a-z] ?[-+*/=^] ?\d|\d ?[*×÷^] ?\d/,
  },
]

/** Shapes found in a piece of a turn that begins at `offset`. */
export function matchShapes(text: string, offset: number): Evidence[] {
  return SHAPES.flatMap(({ name, label, weight, pattern }): Evidence[] => {
    const match = pattern.exec(text)
    if (match === null) return []
    const start = offset + match.index
    return [{ label, cue: name, weight, start, end: start + match[0].length }]
  })
}
