import type { Check } from '../check.ts'
import { ok, warning } from '../finding.ts'
import { remoteProviders } from '../world.ts'

/** So far off, certificates and limits that name a time go wrong, in ms. */
const TOO_FAR = 5 * 60_000

const FIX: Readonly<Record<string, string>> = {
  linux: 'sudo timedatectl set-ntp true',
  darwin: 'sudo sntp -sS time.apple.com',
  win32: 'w32tm /resync',
}

export const clock: Check = {
  id: 'clock',
  title: "the clock of this machine, against the providers'",
  needs: 'network',
  run: async (world) => {
    // A server on this machine has the same clock.
    const probes = await Promise.all(
      remoteProviders(world)
        .filter(({ local }) => !local)
        .map((provider) => world.probe(provider)),
    )
    const offsets = probes
      .flatMap(({ answer, answeredAt }) => {
        const date = Date.parse(answer?.headers['date'] ?? '')
        return Number.isNaN(date) || answeredAt === undefined ? [] : [answeredAt - date]
      })
      .sort((a, b) => a - b)
    // One provider may be wrong; the middle one is not.
    const offset = offsets[Math.floor(offsets.length / 2)]
    if (offset === undefined) return []
    if (Math.abs(offset) <= TOO_FAR) return [ok('clock', 'the clock is right')]
    const minutes = Math.round(Math.abs(offset) / 60_000)
    const message = `the clock is ${minutes} minutes ${offset > 0 ? 'fast' : 'slow'}`
    const means = 'certificates seem expired or not valid yet, and times in logs and limits are wrong'
    return [warning('clock-wrong', message, { means, fix: FIX[world.platform] ?? 'set the clock by NTP' })]
  },
}
