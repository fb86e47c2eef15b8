import type { CheckId } from '../doctor/check-ids.ts'
import type { Context } from './context.ts'

/** Names of running checks that are shown at most. */
const MOST_NAMES = 3

export interface DoctorProgress {
  show(done: number, total: number, running: readonly CheckId[]): void
  clear(): void
}

/** One line on stderr that says what is still running; nothing unless that is a terminal. */
export function doctorProgress({ stderr }: Context, isText: boolean): DoctorProgress {
  if (!isText || !stderr.isTTY) return { show: () => undefined, clear: () => undefined }
  let length = 0
  const put = (line: string): void => {
    stderr.write(`\r${line.padEnd(length)}\r`)
    length = line.length
  }
  return {
    show: (done, total, running) => {
      const names = running.slice(0, MOST_NAMES).join(', ')
      const more = running.length > MOST_NAMES ? ', ...' : ''
      put(`checking ${done}/${total}: ${names}${more}`.slice(0, (stderr.columns ?? 80) - 1))
    },
    clear: () => put(''),
  }
}
