import type { Context, StopSignal } from './context.ts'

/** Exit codes of a process that a signal ended: 128 and the signal's number. */
const SIGNAL_CODES: Record<StopSignal, number> = { SIGINT: 130, SIGTERM: 143 }
/** Within this time a second signal is the first one again, handed on by npm besides the terminal. In ms. */
const ECHO_MS = 100

/**
 * Waits for SIGINT or SIGTERM, then closes in good order. A second signal ends the process at once.
 * Signals count from the call on, before anything is awaited.
 */
export async function waitForStop(context: Context, close: () => Promise<void>): Promise<void> {
  let stoppedAt: number | undefined
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  const undo = context.onSignal((signal) => {
    if (stoppedAt === undefined) {
      stoppedAt = context.mono()
      context.stderr.write('stopping: no new requests, waiting for those under way; once more to stop at once\n')
      stop()
    } else if (context.mono() - stoppedAt > ECHO_MS) context.exitNow(SIGNAL_CODES[signal])
  })
  await stopped
  await close()
  undo()
}
