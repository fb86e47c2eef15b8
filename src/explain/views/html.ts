import { printable } from '../../output/printable.ts'
import type { Block, Span, Text } from './blocks.ts'
import { spans } from './blocks.ts'

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1f2328;background:#fff}' +
  'table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #d1d9e0;padding:.3rem .6rem;text-align:left;vertical-align:top}' +
  'th{background:#f6f8fa}code{font:.9em ui-monospace,monospace;background:#eff1f3;padding:.1em .3em;border-radius:3px}' +
  'summary{cursor:pointer;margin:1rem 0}' +
  '@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th{background:#161b22}th,td{border-color:#30363d}code{background:#262c36}}'

/** One self-contained page: no script, nothing loaded from anywhere, all text escaped. */
export function html(blocks: readonly Block[], title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${blocks.map(block).join('\n')}
</body>
</html>
`
}

function block(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return `<h${one.level}>${inline(one.text)}</h${one.level}>`
    case 'paragraph':
      return `<p>${inline(one.text)}</p>`
    case 'list':
      return `<ul>\n${one.items.map((item) => `<li>${inline(item)}</li>`).join('\n')}\n</ul>`
    case 'table':
      return `<table>\n<thead>${row(one.head, 'th')}</thead>\n<tbody>\n${one.rows.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`
    case 'details':
      return `<details>\n<summary>${escape(one.summary)}</summary>\n${one.blocks.map(block).join('\n')}\n</details>`
  }
}

function row(cells: readonly Text[], tag: 'th' | 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`
}

function inline(text: Text): string {
  return spans(text).map(span).join('')
}

function span(one: Span): string {
  if (typeof one === 'string') return escape(one)
  return 'code' in one ? `<code>${escape(one.code)}</code>` : `<strong>${escape(one.strong)}</strong>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
