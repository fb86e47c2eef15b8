import { explainJson } from '../explain/json.ts'
import { replay } from '../explain/replay.ts'
import type { Replayed } from '../explain/replay.ts'
import { replayBlocks, replayText } from '../explain/replay-text.ts'
import type { ReplayReport } from '../explain/replay-text.ts'
import { explainText } from '../explain/text.ts'
import { decisionBlocks } from '../explain/views/decision-blocks.ts'
import { jsonText } from '../output/json.ts'
import type { Context } from './context.ts'
import { explainAgainst } from './explain-against.ts'
import { NO, OK } from './exit-codes.ts'
import { colorOf, widthOf } from './output-options.ts'
import { readLog } from './read-log.ts'
import { renderBlocks } from './render-blocks.ts'
import { writeWarnings } from './write-warnings.ts'

export interface ExplainLogOptions {
  /** `--log`: a file that `sage serve --log` has written. */
  log?: string
  /** `--id`: only this decision. */
  id?: string
  /** `--against`: a profile to decide the logged requests with. */
  against?: string
  /** `--fail-on-change`: with `--against`, exit code 1 when it changes anything. */
  failOnChange?: boolean
  format?: string
  json?: boolean
}

/**
 * `sage explain --log`: decides logged requests again, on what was recorded of them. Exit code 1 when a decision is not
 * the logged one. With `--against` it lists what another profile would change.
 */
export async function runExplainLog(context: Context, given: ExplainLogOptions & { log: string }): Promise<number> {
  const format = given.json === true ? 'json' : (given.format ?? 'text')
  if (given.against !== undefined) return explainAgainst(context, { ...given, against: given.against }, format)
  const report: ReplayReport = { version: 1, log: given.log, decisions: 0, different: [] }
  let wanted: Replayed | undefined
  for await (const { line, number, profile, catalog, sage } of readLog(context, given)) {
    const replayed = replay(line, profile, catalog)
    report.decisions++
    const { id, time } = line
    if (replayed.difference !== undefined)
      report.different.push({ id, time, line: number, sage, ...replayed.difference })
    if (given.id !== undefined) wanted = replayed
  }
  const writer = new Set(report.different.map(({ sage }) => sage).filter((version) => version !== context.version))
  if (writer.size > 0) writeWarnings(context, [`written by sage ${[...writer].join(', ')}, this is ${context.version}`])
  const view = { color: colorOf(context, 'stdout'), width: widthOf(context, 'stdout') }
  if (format === 'json') {
    const shown = wanted === undefined ? {} : { decision: explainJson([wanted]).decisions[0] }
    context.stdout.write(jsonText({ ...report, ...shown }))
  } else if (format === 'text') {
    if (wanted !== undefined) context.stdout.write(`${explainText(wanted, view)}\n`)
    context.stdout.write(replayText(report))
  } else {
    const blocks = [...(wanted === undefined ? [] : decisionBlocks(wanted)), ...replayBlocks(report)]
    context.stdout.write(renderBlocks(blocks, format, 'sage explain --log'))
  }
  return report.different.length === 0 ? OK : NO
}
