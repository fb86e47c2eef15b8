import { painter } from '../output/color.ts'
import { printable } from '../output/printable.ts'
import type { Context } from './context.ts'
import { colorOf } from './output-options.ts'

/** Writes remarks that stop nothing, one line each, on stderr. */
export function writeWarnings(context: Context, warnings: readonly string[]): void {
  const paint = painter(colorOf(context, 'stderr'))
  for (const warning of warnings) context.stderr.write(`${paint.yellow('warning')}: ${printable(warning)}\n`)
}
