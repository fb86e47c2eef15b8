import type { Context } from './context.ts'

/** Fewer requests than this are done before anybody looks. */
const WORTH_IT = 1000
const STEPS = 50

/** A line on stderr that counts requests while a terminal waits; `done` of `total` takes it away. */
export function progressLine({ stderr }: Context, total: number): (done: number) => void {
  if (!stderr.isTTY || total < WORTH_IT) return () => undefined
  const step = Math.ceil(total / STEPS)
  return (done) => {
    if (done === total) stderr.write('\r\u001b[K')
    else if (done % step === 0) stderr.write(`\r${done} of ${total} requests decided`)
  }
}
