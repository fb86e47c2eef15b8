import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { Report } from '../explain/report.ts'
import { jsonLine, jsonText } from '../output/json.ts'
import type { Context } from './context.ts'
import type { ExplainFormat } from './explain-options.ts'
import { githubPath } from './github-path.ts'
import { colorOf, widthOf } from './output-options.ts'

/** Writes a report. What a format needs is loaded when it is asked for. */
export async function writeReport(context: Context, report: Report, format: ExplainFormat): Promise<void> {
  if (format === 'json' && report.diff === undefined && report.results.length > MOST_INDENTED) {
    return writeJsonLines(context, report)
  }
  context.stdout.write(await render(context, report, format))
}

/** Decisions that are printed for people to read as well. */
const MOST_INDENTED = 20
/** Decisions written at a time. */
const CHUNK = 500

/** The same document with a line for each decision: thousands of them would else be one text too large to hold. */
async function writeJsonLines({ stdout }: Context, report: Report): Promise<void> {
  const { explainJson } = await import('../explain/json.ts')
  const { version, decisions: none, ...checks } = explainJson([], report)
  const { length } = report.results
  stdout.write(`{"version":${version},"decisions":[\n`)
  for (let from = none.length; from < length; from += CHUNK) {
    const { decisions } = explainJson(report.results.slice(from, from + CHUNK))
    const lines = decisions.map((decision) => jsonLine(decision).trimEnd()).join(',\n')
    stdout.write(lines + (from + CHUNK < length ? ',\n' : '\n'))
  }
  const rest = jsonLine(checks).trimEnd().slice(1)
  stdout.write(rest === '}' ? ']}\n' : `],${rest}\n`)
}

async function render(context: Context, report: Report, format: ExplainFormat): Promise<string> {
  switch (format) {
    case 'text': {
      const { reportText } = await import('../explain/views/report-text.ts')
      return reportText(report, { color: colorOf(context, 'stdout'), width: widthOf(context, 'stdout') })
    }
    case 'json':
      return renderJson(report)
    case 'markdown':
      return renderMarkdown(report)
    case 'html': {
      const [{ html }, { reportBlocks }] = await Promise.all([
        import('../explain/views/html.ts'),
        import('../explain/views/report-blocks.ts'),
      ])
      return html(reportBlocks(report), `sage explain: ${report.profile}`)
    }
    case 'github':
      return renderGithub(context, report)
  }
}

async function renderJson(report: Report): Promise<string> {
  if (report.diff === undefined) {
    const { explainJson } = await import('../explain/json.ts')
    return jsonText(explainJson(report.results, report))
  }
  const { diffJson } = await import('../explain/views/diff-json.ts')
  return jsonText(diffJson(report.diff, report))
}

async function renderMarkdown(report: Report): Promise<string> {
  const [{ markdown }, { reportBlocks }] = await Promise.all([
    import('../explain/views/markdown.ts'),
    import('../explain/views/report-blocks.ts'),
  ])
  return markdown(reportBlocks(report))
}

/** Annotations for the log; the report goes to the job's summary where there is one, else into the log too. */
async function renderGithub(context: Context, report: Report): Promise<string> {
  const { githubCommands, withoutCommands } = await import('../explain/views/github.ts')
  const text = await renderMarkdown(report)
  const commands = githubCommands(report, githubPath(context))
  const summary = context.env['GITHUB_STEP_SUMMARY'] ?? ''
  if (summary !== '') {
    appendFileSync(summary, text)
    return commands
  }
  // Nobody can write a text that holds its own hash.
  return commands + withoutCommands(text, createHash('sha256').update(text).digest('hex'))
}
