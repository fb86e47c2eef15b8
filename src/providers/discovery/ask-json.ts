import type { Secret } from '../../secrets/secret.ts'
import { callHeaders } from '../call-headers.ts'
import { TransportError } from '../transport/types.ts'
import type { ByteSource, Send, UpstreamAnswer } from '../transport/types.ts'
import type { Provider } from '../types.ts'
import { AskError } from './types.ts'
import type { AskJson } from './types.ts'

/** Longest answer read, in bytes: OpenRouter's list of some 500 models has about 1 MB. */
const MAX_BYTES = 32 * 1024 * 1024

/** Makes the function that asks one provider. A key that is refused makes room for the next; `signal` ends everything. */
export function createAsk(send: Send, provider: Provider, signal: AbortSignal): AskJson {
  return async (method, path, body) => {
    const keys: (Secret | undefined)[] = provider.keys.length > 0 ? provider.keys : [undefined]
    for (const [at, key] of keys.entries()) {
      const answer = await call(send, provider, key, signal, method, path, body)
      if (answer.status >= 200 && answer.status < 300) return parse(answer.text, path)
      const isAuth = answer.status === 401 || answer.status === 403
      if (isAuth && at < keys.length - 1) continue
      throw new AskError(isAuth ? 'auth' : 'status', `HTTP ${answer.status} for ${path}`, answer.status)
    }
    throw new AskError('auth', `no key for ${path}`)
  }
}

async function call(
  send: Send,
  provider: Provider,
  key: Secret | undefined,
  signal: AbortSignal,
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
): Promise<{ status: number; text: string }> {
  if (signal.aborted) throw toAskError(undefined, signal)
  const exchange = send({
    origin: provider.origin,
    path,
    method,
    headers: callHeaders(provider, key, 'application/json'),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    connectMs: provider.timeouts.connect_ms,
  })
  const cancel = (): void => exchange.cancel()
  signal.addEventListener('abort', cancel)
  try {
    const answer: UpstreamAnswer = await exchange.answer
    return { status: answer.status, text: await readText(answer.body) }
  } catch (error) {
    throw toAskError(error, signal)
  } finally {
    signal.removeEventListener('abort', cancel)
    exchange.cancel()
  }
}

async function readText(body: ByteSource): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for (;;) {
    const part = await body.next()
    if (part === undefined) return Buffer.concat(parts).toString('utf8')
    size += part.length
    if (size > MAX_BYTES) throw new AskError('bad_answer', `the answer is larger than ${MAX_BYTES} bytes`)
    parts.push(part)
  }
}

function toAskError(error: unknown, signal: AbortSignal): AskError {
  if (error instanceof AskError) return error
  if (signal.aborted) {
    const reason: unknown = signal.reason
    const isLate = reason instanceof Error && reason.name === 'TimeoutError'
    return isLate ? new AskError('timeout', 'no answer in time') : new AskError('cancelled', 'stopped')
  }
  if (error instanceof TransportError) return new AskError('unreachable', error.code)
  return new AskError('bad_answer', error instanceof Error ? error.message : String(error))
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new AskError('bad_answer', `the answer to ${path} is no JSON`)
  }
}
