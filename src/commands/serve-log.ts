import type { ChalkInstance } from 'chalk'
import type { RequestEvent } from '../gateway/types.ts'
import { jsonLine } from '../output/json.ts'
import { printable, printableLines } from '../output/printable.ts'
import type { Decision } from '../policy/types.ts'
import type { ServerEvent } from '../server/events.ts'

/** Formats one event of the server as a line. `at` is Unix time in ms. */
export type LogFormat = (event: ServerEvent, at: number) => string

/** Newline-delimited JSON: `time`, then the event's own fields; of a decision what a reader needs, not every candidate. */
export function jsonLog(event: ServerEvent, at: number): string {
  const time = new Date(at).toISOString()
  switch (event.type) {
    case 'request': {
      const { decision, ...rest } = event
      const times = { ms: rounded(rest.ms), attempts: rest.attempts.map((each) => ({ ...each, ms: rounded(each.ms) })) }
      const first = rest.firstContentMs === undefined ? {} : { firstContentMs: rounded(rest.firstContentMs) }
      const short = decision === undefined ? {} : { decision: shorten(decision) }
      return jsonLine({ time, ...rest, ...times, ...first, ...short })
    }
    case 'bug':
      return jsonLine({ time, ...event, error: event.error.stack ?? event.error.message })
    default:
      return jsonLine({ time, ...event })
  }
}

/** One line a person can read; a bug brings its stack. */
export function textLog(paint: ChalkInstance): LogFormat {
  return (event, at) => {
    const time = paint.dim(new Date(at).toISOString().slice(11, 19))
    switch (event.type) {
      case 'request':
        return `${time} ${requestText(event, paint)}\n`
      case 'bug': {
        const stack = event.error.stack ?? event.error.message
        return `${time} ${paint.red('bug')} ${printable(event.method)} ${printable(event.path)}\n${printableLines(stack)}\n`
      }
      default:
        return `${time} ${fieldsText(event)}\n`
    }
  }
}

function requestText(event: RequestEvent, paint: ChalkInstance): string {
  const { decision, attempts, usage } = event
  const ok = event.ending === 'complete'
  const status = event.status === 0 ? '---' : String(event.status)
  const by =
    decision === undefined ? '' : decision.policy === '' ? 'pinned' : `${decision.policy}, rule ${decision.rule}`
  const failed = attempts.filter(({ outcome }) => outcome !== 'ok')
  const rescuer = attempts.findLast(({ rescue, outcome }) => rescue === true && outcome === 'ok')
  const parts = [
    `${ok ? paint.green(status) : paint.red(status)} ${printable(event.target ?? (event.asked || event.dialect))}`,
    ok ? '' : event.ending.replace('_', ' '),
    printable(by),
    event.firstContentMs === undefined ? '' : `first ${duration(event.firstContentMs)}`,
    duration(event.ms),
    usage === undefined ? '' : `${usage.input}→${usage.output} tokens`,
    rescuer === undefined ? '' : `rescued by ${printable(`${rescuer.provider}/${rescuer.model}`)}`,
    failed.length === 0
      ? ''
      : `after ${failed.map((each) => printable(`${each.provider}/${each.model} ${each.outcome}`)).join(', ')}`,
    ok || event.error === undefined ? '' : printable(event.error),
  ]
  return `${parts.filter((part) => part !== '').join('  ')}  ${paint.dim(event.id)}`
}

/** Any other event: its type, then its fields as name=value. */
function fieldsText(event: { type: string }): string {
  const fields = Object.entries(event).filter(([name]) => name !== 'type')
  return [event.type, ...fields.map(([name, value]) => `${name}=${fieldText(value)}`)].join(' ')
}

function fieldText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return printable(/\s/.test(text) ? JSON.stringify(text) : text)
}

function shorten({ policy, rule, ruleSource, pin, intent, sticky, chain, notes, error }: Decision): object {
  return {
    policy,
    rule,
    ...(ruleSource === undefined ? {} : { rule_source: ruleSource }),
    ...(pin === undefined ? {} : { pin }),
    intent: { label: intent.label, confidence: intent.confidence },
    sticky,
    chain: chain.map(({ provider, model }) => `${provider}/${model}`),
    notes,
    ...(error === undefined ? {} : { error: error.code }),
  }
}

/** Milliseconds with one decimal. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)}ms` : `${(ms / 1000).toFixed(1)}s`
}
