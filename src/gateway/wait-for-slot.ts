import type { Slot } from '../health/slots.ts'
import type { Provider } from '../providers/types.ts'
import type { Calls } from './failover-types.ts'
import type { Gateway } from './types.ts'

/**
 * Waits for one of the calls under way at a provider to end, until then on the gateway's clock (ms). undefined: none did,
 * or too many wait already; `left`: nobody waits for the answer any longer.
 */
export async function waitForSlot(
  { health, clock }: Gateway,
  calls: Pick<Calls, 'pause'>,
  provider: Provider,
  until: number,
): Promise<Slot | 'left' | undefined> {
  let slot: Slot | undefined
  let leave: (() => void) | undefined
  const end = await calls.pause(Math.max(0, until - clock.mono()), (wake) => {
    leave = health.slots.enqueue(provider, clock.mono(), (free) => {
      slot = free
      wake()
    })
    if (leave === undefined) wake()
  })
  leave?.()
  if (end !== 'left') return slot
  slot?.free(clock.mono())
  return 'left'
}
