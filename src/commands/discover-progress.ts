import type { Context } from './context.ts'

/** A line on stderr that is written over while something goes on: only on a terminal, and gone at the end. */
export interface ProgressLine {
  /** One more is done. */
  step: () => void
  end: () => void
}

/** Clears the line and goes to its beginning (ECMA-48, EL and CR). */
const CLEAR = '\r\u001b[2K'

export function progressLine({ stderr }: Context, text: (done: number) => string): ProgressLine {
  let done = 0
  const show = (line: string): void => {
    if (stderr.isTTY) stderr.write(CLEAR + line)
  }
  show(text(0))
  return { step: () => show(text(++done)), end: () => show('') }
}
