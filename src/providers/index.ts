import { createDemoSend } from './demo/send.ts'
import { createHttpTransport } from './transport/http.ts'
import type { HttpTransport } from './transport/http.ts'
import type { Send } from './transport/types.ts'
import type { Provider } from './types.ts'

/** How the gateway reaches its providers: over HTTP, or in the process for simulated ones. */
export interface Transports {
  /** Keeps connections to these providers until they are let go. Those of one address share theirs. */
  hold(providers: Iterable<Provider>): HeldTransports
  /** Closes all connections at once. */
  close(): Promise<void>
}

export interface HeldTransports {
  /** The way to one of the providers. Throws `RangeError` for any other. */
  sendTo(provider: Provider): Send
  /** Closes the connections that nobody else holds. To be called once, when no call is under way. */
  release(): Promise<void>
}

interface Shared {
  transport: HttpTransport
  holders: number
}

/** `createHttp` makes the connections to one address; another one is for tests. */
export function createTransports(createHttp: () => HttpTransport = createHttpTransport): Transports {
  const demo = createDemoSend()
  const open = new Map<string, Shared>()

  const take = (key: string): Shared => {
    const shared = open.get(key) ?? { transport: createHttp(), holders: 0 }
    shared.holders++
    open.set(key, shared)
    return shared
  }

  const close = async (keys: readonly string[]): Promise<void> => {
    const closing = keys.flatMap((key) => open.get(key)?.transport.close() ?? [])
    for (const key of keys) open.delete(key)
    await Promise.all(closing)
  }

  return {
    hold: (providers) => {
      const held = new Map<string, Shared>()
      const sends = new Map<Provider, Send>()
      for (const provider of providers) {
        // Connections differ by where they lead and how long making one may take.
        const key = `${provider.timeouts.connect_ms} ${provider.origin}`
        const shared = provider.kind === 'demo' ? undefined : (held.get(key) ?? take(key))
        if (shared !== undefined) held.set(key, shared)
        sends.set(provider, shared?.transport.send ?? demo)
      }
      return {
        sendTo: (provider) => {
          const send = sends.get(provider)
          if (send === undefined) throw new RangeError(`connections to ${provider.name} are not held`)
          return send
        },
        release: () => close([...held].filter(([, shared]) => --shared.holders === 0).map(([key]) => key)),
      }
    },
    close: () => close([...open.keys()]),
  }
}
