// Whether a run was a success, and if not, what was missing first. Pure.
import type { ClientResult } from '../../scripts/integrations/readme.ts'
import { isRecord } from '../../src/lib/is-record.ts'
import { finalText, toolResults } from './scripted-provider.ts'
import type { ProcessResult } from './run-process.ts'

export interface Seen {
  ran: ProcessResult
  /** The log of sage, a JSON document a line. */
  log: string
  upstream: { requests: readonly { json: Record<string, unknown> }[] }
  note: string
  dialect: string
  /** How often the final answer has to be there. */
  answers: number
}

export function judge(seen: Seen): Pick<ClientResult, 'result' | 'reason'> {
  const reason = whyNot(seen)
  return reason === undefined ? { result: 'passed' } : { result: 'failed', reason }
}

function whyNot({ ran, log, upstream, note, dialect, answers }: Seen): string | undefined {
  if (ran.timedOut) return `did not end in time, ${upstream.requests.length} requests`
  if (upstream.requests.length === 0) return `no request came through (exit code ${ran.code}): ${lastLine(ran)}`
  const events = log.split('\n').flatMap(readLine)
  const refused = events.find(({ type, status }) => type === 'request' && Number(status) >= 400)
  if (refused !== undefined) return `sage answered with status ${String(refused['status'])}`
  if (!upstream.requests.some(({ json }) => toolResults(json).includes(note))) {
    return `the provider saw no tool result (exit code ${ran.code}): ${lastLine(ran)}`
  }
  const printed = ran.stdout.split(finalText(note)).length - 1
  if (printed < answers) return `printed the final answer ${printed} times, not ${answers}: ${lastLine(ran)}`
  if (ran.code !== 0) return `exit code ${ran.code}: ${lastLine(ran)}`
  const spoken = new Set(events.filter(({ type }) => type === 'request').map((event) => event['dialect']))
  if (spoken.size !== 1 || !spoken.has(dialect)) return `spoke ${[...spoken].join(', ')}`
  return undefined
}

function lastLine({ stdout, stderr }: ProcessResult): string {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return (lines.at(-1) ?? 'it printed nothing').trim().slice(0, 160)
}

function readLine(line: string): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? [value] : []
  } catch {
    return []
  }
}
