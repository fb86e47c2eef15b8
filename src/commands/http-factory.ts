import { UsageError } from '../diagnostics/errors.ts'
import { createHttpTransport } from '../providers/transport/http.ts'
import type { HttpTransport } from '../providers/transport/http.ts'
import { loadProxied } from '../providers/transport/proxy.ts'
import type { Context } from './context.ts'
import { readEnvironment } from './environment.ts'

/** Makes transports that go through the proxy of the environment, where one is set. Throws `UsageError`. */
export async function httpFactory(context: Context): Promise<() => HttpTransport> {
  try {
    const proxied = await loadProxied(readEnvironment(context))
    return () => createHttpTransport(proxied)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(error.message, 'correct the variable, or unset it')
  }
}
