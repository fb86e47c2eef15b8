import { createDemoSend } from './demo/send.ts'
import { createHttpTransport } from './transport/http.ts'
import type { Send } from './transport/types.ts'
import type { Provider } from './types.ts'

/** How the gateway reaches its providers: over HTTP, or in the process for simulated ones. */
export interface Transports {
  sendTo(provider: Provider): Send
  /** Closes all connections at once. */
  close(): Promise<void>
}

export function createTransports(): Transports {
  const http = createHttpTransport()
  const demo = createDemoSend()
  return {
    sendTo: ({ kind }) => (kind === 'demo' ? demo : http.send),
    close: () => http.close(),
  }
}
