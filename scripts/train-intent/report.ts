import { accuracy, calibrationError, scoreByLabel } from './metrics.ts'
import type { Judged } from './cross-validate.ts'

/** The tables of quality, for people. */
export function report(judged: readonly Judged[]): string {
  const labels = scoreByLabel(judged)
  const macro = labels.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, labels.length)
  const slices: [string, readonly Judged[]][] = [
    ['all', judged],
    ['not English', judged.filter(({ sample }) => sample.lang !== 'en')],
    ...['agent_wrap', 'agent_loop', 'housekeeping', 'followup', 'multi_turn'].map((kind): [string, Judged[]] => [
      kind,
      judged.filter(({ sample }) => sample.kind === kind),
    ]),
    ...groupsOf(judged),
  ]
  return [
    row(['label', 'count', 'precision', 'recall', 'F1']),
    ...labels.map(({ label, count, precision, recall, f1 }) => row([label, count, precision, recall, f1])),
    row(['macro', judged.length, '', '', macro]),
    '',
    row(['requests', 'count', 'accuracy', 'low conf.']),
    ...slices.map(([name, own]) => row([name, own.length, accuracy(own), share(own)])),
    '',
    `calibration error ${calibrationError(judged).toFixed(3)} (expected, 10 bins)`,
    '',
  ].join('\n')
}

function groupsOf(judged: readonly Judged[]): [string, Judged[]][] {
  const groups = [...new Set(judged.map(({ sample }) => sample.group))].sort()
  return groups.map((group) => [`source ${group}`, judged.filter(({ sample }) => sample.group === group)])
}

/** Share of answers that were `general` for want of confidence. */
function share(judged: readonly Judged[]): number {
  return judged.filter(({ intent }) => intent.lowConfidence === true).length / Math.max(1, judged.length)
}

function row(cells: readonly (string | number)[]): string {
  const texts = cells.map((cell) =>
    typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(3) : String(cell),
  )
  return texts.map((text, i) => (i === 0 ? text.padEnd(30) : text.padStart(10))).join('')
}
