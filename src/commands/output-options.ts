import { colorLevel } from '../output/color.ts'
import type { ColorLevel } from '../output/color.ts'
import type { Context } from './context.ts'

/** Columns assumed when the stream is no terminal. */
const DEFAULT_WIDTH = 100

/** Arguments up to `--`, behind which nothing is an option. */
function flags(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? argv : argv.slice(0, end)
}

/** Whether the output is meant for a program, judged before the command line is known to be sound. */
export function wantsJson(argv: readonly string[]): boolean {
  return flags(argv).some(
    (flag, at, all) =>
      flag === '--json' ||
      /^--(?:log-)?format=json$/.test(flag) ||
      (flag === 'json' && /^--(?:log-)?format$/.test(all[at - 1] ?? '')),
  )
}

/** Colour level of a stream. The last of `--color` and `--no-color` counts. */
export function colorOf(context: Context, stream: 'stdout' | 'stderr'): ColorLevel {
  const flag = flags(context.argv).findLast((each) => each === '--color' || each === '--no-color')
  return colorLevel({
    flag: flag === undefined ? undefined : flag === '--color',
    env: context.env,
    depth: context[stream].colorDepth,
  })
}

export function widthOf(context: Context, stream: 'stdout' | 'stderr'): number {
  return context[stream].columns ?? DEFAULT_WIDTH
}
