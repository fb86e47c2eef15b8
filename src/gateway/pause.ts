import type { Exchange } from './try-target.ts'
import type { Gateway } from './types.ts'

/** Resolves with true after that time, in ms; with false at once when the client leaves or the router stops. */
export function pause(gateway: Gateway, exchange: Exchange, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const { clock } = gateway
    const stop = clock.timer?.(ms, () => resolve(true)) ?? realTimer(ms, () => resolve(true))
    exchange.cancel = () => {
      stop()
      resolve(false)
    }
    if (exchange.isGone || gateway.shutdown?.isOver === true) exchange.cancel()
  })
}

function realTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}
