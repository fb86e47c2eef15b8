// Workflow commands of GitHub Actions: a finding becomes an annotation.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
import { printable } from '../../output/printable.ts'
import type { Finding, Level } from '../finding.ts'
import type { Report } from '../report.ts'

const COMMANDS: Readonly<Record<Exclude<Level, 'ok'>, string>> = { info: 'notice', warning: 'warning', error: 'error' }

export function reportGithub({ findings }: Report): string {
  return findings.map((finding) => (finding.level === 'ok' ? '' : annotation(finding, finding.level))).join('')
}

function annotation({ check, code, message, means, fix, source }: Finding, level: Exclude<Level, 'ok'>): string {
  const place =
    source === undefined ? [] : [`file=${property(source.file)}`, `line=${source.line}`, `col=${source.column}`]
  const properties = [...place, `title=${property(`sage doctor: ${check} (${code})`)}`].join(',')
  const text = [message, means, fix === undefined ? undefined : `fix: ${fix}`].filter((part) => part !== undefined)
  return `::${COMMANDS[level]} ${properties}::${text.map((part) => data(part)).join('%0A')}\n`
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
