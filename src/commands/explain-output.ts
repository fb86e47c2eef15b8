import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { Report } from '../explain/report.ts'
import { jsonText } from '../output/json.ts'
import type { Context } from './context.ts'
import type { ExplainFormat } from './explain-options.ts'
import { colorOf, widthOf } from './output-options.ts'

/** Writes a report. What a format needs is loaded when it is asked for. */
export async function writeReport(context: Context, report: Report, format: ExplainFormat): Promise<void> {
  context.stdout.write(await render(context, report, format))
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
  const commands = githubCommands(report)
  const summary = context.env['GITHUB_STEP_SUMMARY'] ?? ''
  if (summary !== '') {
    appendFileSync(summary, text)
    return commands
  }
  // Nobody can write a text that holds its own hash.
  return commands + withoutCommands(text, createHash('sha256').update(text).digest('hex'))
}
