import type { Exchange } from './try-target.ts'
import type { Gateway } from './types.ts'

/** How a pause ended: its time is over, it was woken, or nobody waits for the answer any longer. */
export type PauseEnd = 'over' | 'woken' | 'left'

/**
 * Waits for that time, in ms, or until it is woken; ends at once when the client leaves or the router stops. `start` gets
 * what wakes it, and is not called when nobody waits any longer.
 */
export function pause(
  gateway: Gateway,
  exchange: Exchange,
  ms: number,
  start: (wake: () => void) => void = () => {},
): Promise<PauseEnd> {
  return new Promise((resolve) => {
    if (exchange.isGone || gateway.shutdown?.isOver === true) return resolve('left')
    const { clock } = gateway
    const over = (): void => resolve('over')
    const stop = clock.timer?.(ms, over) ?? realTimer(ms, over)
    const end = (how: PauseEnd): void => {
      stop()
      resolve(how)
    }
    exchange.cancel = () => end('left')
    start(() => end('woken'))
  })
}

function realTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}
