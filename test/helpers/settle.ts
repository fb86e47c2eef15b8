import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Lets the event loop go round a number of times: enough for what is under way on loopback within this process, however slow
 * the machine is. A plain wait is not: when the process stands still for that long, nothing has been read by its end.
 */
export async function settle(rounds: number = 20): Promise<void> {
  for (let round = 0; round < rounds; round++) await sleep(2)
}
