// Providers without a network: each call plays a script, so that thousands of exchanges take seconds.
import { TransportError } from '../../src/providers/transport/types.ts'
import type { ByteSource, Send, UpstreamCall, UpstreamExchange } from '../../src/providers/transport/types.ts'

/** What one call meets. */
export interface Script {
  /** Nothing comes of the call: it is refused, breaks, or hangs until it is ended. */
  before?: 'refused' | 'reset' | 'hang'
  /** Default 200. */
  status?: number
  /** Lower-case names. */
  headers?: Record<string, string>
  /** One read each. */
  chunks?: readonly Buffer[]
  /** What comes after the last chunk; default `end`. */
  after?: 'end' | 'reset' | 'hang'
}

/** A way to providers that plays the script which `choose` gives for a call. */
export function scriptedSend(choose: (call: UpstreamCall) => Script): Send {
  return (call) => play(choose(call))
}

function play({ before, status = 200, headers = {}, chunks = [], after = 'end' }: Script): UpstreamExchange {
  let cancel: () => void = () => undefined
  const cancelled = new Promise<never>((_resolve, reject) => {
    cancel = () => reject(new TransportError('cancelled', 'CANCELLED', false))
  })
  // Whoever waits for nothing needs no news of it.
  cancelled.catch(() => undefined)
  return { answer: open(), cancel }

  async function open(): Promise<Awaited<UpstreamExchange['answer']>> {
    if (before === 'refused') throw new TransportError('connect ECONNREFUSED', 'ECONNREFUSED', true)
    if (before === 'reset') throw broken()
    if (before === 'hang') await cancelled
    return { status, headers, body: bodyOf() }
  }

  function bodyOf(): ByteSource {
    let at = 0
    return {
      next: async () => {
        const chunk = chunks[at++]
        if (chunk !== undefined) return chunk
        if (after === 'reset') throw broken()
        return after === 'hang' ? cancelled : undefined
      },
    }
  }
}

function broken(): TransportError {
  return new TransportError('read ECONNRESET', 'ECONNRESET', false)
}
