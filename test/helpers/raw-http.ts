// HTTP by hand, for requests that no HTTP client would send.
import { connect } from 'node:net'

/** Sends these bytes to the server and reads until it closes the connection. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
  // A reset after the answer is the server's way to end what it refused.
  socket.on('error', () => undefined)
  socket.write(bytes)
  // `events.once` would throw that reset.
  await new Promise((resolve) => socket.once('close', resolve))
  return answer
}

/** Status of an answer read by `sendRaw`; 0 when there was none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
}
