import type { ExplainLogOptions } from './explain-log.ts'
import type { InputOptions } from './explain-input.ts'

export type ExplainFormat = 'text' | 'json' | 'markdown' | 'github' | 'html'

/** The options of `sage explain`, as the command line has them. */
export interface ExplainOptions extends InputOptions, Omit<ExplainLogOptions, 'format'> {
  profile?: string
  format?: ExplainFormat
  json?: boolean
  header?: string[]
  health?: string
  now?: number
  wall?: string
  seed?: number
  affinity?: string
  assumeKeys?: boolean
  cases?: string[]
  base?: string
  coverage?: boolean
  failUnder?: number
  prove?: boolean
  assert?: string[]
  flip?: boolean
  simulate?: string
}

export function formatOf({ json, format }: Pick<ExplainOptions, 'json' | 'format'>): ExplainFormat {
  return json === true ? 'json' : (format ?? 'text')
}

/** Whether it is about more than one request in full. */
export function isBatch(given: ExplainOptions): boolean {
  const { cases, base, coverage, failUnder, prove, assert } = given
  return [cases, base, coverage, failUnder, prove, assert].some((option) => option !== undefined)
}
