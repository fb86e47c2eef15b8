import { Chalk } from 'chalk'
import type { ChalkInstance } from 'chalk'

export type ColorLevel = 0 | 1 | 2 | 3

export interface ColorInput {
  /** `--color` or `--no-color`; undefined when neither was given. */
  flag: boolean | undefined
  env: Readonly<Record<string, string | undefined>>
  /** Colour depth of the stream in bits, as `tty.WriteStream.getColorDepth()` has it; 1 when it is no terminal. */
  depth: number
}

/**
 * Colour level of one stream: the flag, then NO_COLOR, then FORCE_COLOR, then what the stream can do.
 * chalk's own detection is not used: it ignores NO_COLOR.
 */
export function colorLevel({ flag, env, depth }: ColorInput): ColorLevel {
  const able = levelOf(depth)
  if (flag !== undefined) return flag ? atLeastOne(able) : 0
  if ((env['NO_COLOR'] ?? '') !== '') return 0
  const force = env['FORCE_COLOR']
  if (force === undefined) return able
  if (force === '0' || force === 'false') return 0
  if (force === '2' || force === '3') return force === '2' ? 2 : 3
  return atLeastOne(able)
}

/** A chalk of this level: level 0 passes text through. */
export function painter(level: ColorLevel): ChalkInstance {
  return new Chalk({ level })
}

function levelOf(depth: number): ColorLevel {
  if (depth >= 24) return 3
  if (depth >= 8) return 2
  return depth >= 4 ? 1 : 0
}

function atLeastOne(level: ColorLevel): ColorLevel {
  return level === 0 ? 1 : level
}
