import type { Context, StopSignal } from './context.ts'

/** Exit codes of a process that a signal ended: 128 and the signal's number. */
const SIGNAL_CODES: Record<StopSignal, number> = { SIGINT: 130, SIGTERM: 143 }

/** Waits for SIGINT or SIGTERM, then closes in good order. A second signal ends the process at once. */
export async function waitForStop(context: Context, close: () => Promise<void>): Promise<void> {
  let isStopping = false
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  const undo = context.onSignal((signal) => {
    if (isStopping) return context.exitNow(SIGNAL_CODES[signal])
    isStopping = true
    context.stderr.write('stopping: no new requests, waiting for those under way; once more to stop at once\n')
    stop()
  })
  await stopped
  await close()
  undo()
}
