import type { Block } from '../explain/views/blocks.ts'
import { html } from '../explain/views/html.ts'
import { markdown } from '../explain/views/markdown.ts'

/** Blocks as a page of their own, or as Markdown, which is what GitHub takes too. */
export function renderBlocks(blocks: readonly Block[], format: string, title: string): string {
  return format === 'html' ? html(blocks, title) : markdown(blocks)
}
