import { isRecord } from '../../lib/is-record.ts'
import type { Check } from '../check.ts'
import { error, info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { parseJson } from '../parse-json.ts'
import { portOwner } from '../port-owner.ts'
import { reachableHost } from '../reachable-host.ts'
import type { World } from '../world.ts'

/** How long a server that has the port may take to say what it is, in ms. */
const ASK_MS = 2000
/** How long the look for the program that has it may take, in ms: it goes through all open files of all processes. */
const FIND_MS = 3000

export const port: Check = {
  id: 'port',
  title: 'whether the port is free, and who has it if not',
  needs: 'network',
  run: async (world) => {
    if (world.profile.profile === undefined) return []
    const { host, port: number } = world.profile.profile.serve
    if (number === 0) return [ok('port-free', 'any free port is taken')]
    const code = await world.effects.network.tryListen(host, number)
    switch (code) {
      case undefined:
        return [ok('port-free', `port ${number} on ${host} is free`)]
      case 'EADDRINUSE':
        return (await askSage(world, host, number)) ?? [await taken(world, host, number)]
      case 'EACCES': {
        const means = 'sage serve cannot listen there'
        return [error('port-forbidden', `port ${number} may not be used`, { means, fix: 'sage serve --port 8790' })]
      }
      default: {
        const means = 'sage serve cannot listen there'
        const fix = 'sage serve --host 127.0.0.1, or set serve.host in the profile'
        return [error('host-unusable', `${host} is no address of this machine (${code})`, { means, fix })]
      }
    }
  },
}

async function taken({ effects, platform }: World, host: string, number: number): Promise<Observation> {
  const tooLong = effects.after(FIND_MS)
  const late = new Promise<undefined>((resolve) => {
    tooLong.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const owner = await Promise.race([portOwner(effects, number, platform), late])
  const by = owner === undefined ? 'another program' : owner
  const means = 'sage serve cannot start there, and clients that expect sage reach something else'
  const fix = `stop ${by}, or take another port: sage serve --port ${number + 1}`
  return error('port-taken', `port ${number} on ${host} is taken by ${by}`, { means, fix })
}

/** A sage that runs there says so at /healthz, and whether it serves what is on disk. */
async function askSage(world: World, host: string, number: number): Promise<Observation[] | undefined> {
  const reference = world.profile.profile?.serve.token
  const token = reference === undefined ? undefined : world.profile.lookUp(reference).secret
  const { answer } = await world.ask({
    origin: `http://${reachableHost(host)}:${number}`,
    request: {
      method: 'GET',
      path: '/healthz',
      headers: {
        accept: 'application/json',
        host: `127.0.0.1:${number}`,
        ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
      },
    },
    timeoutMs: ASK_MS,
  })
  const body = parseJson(answer?.body ?? '')
  if (!isRecord(body) || !('policies' in body) || typeof body['version'] !== 'string') return undefined
  const running = String(body['version'])
  const message = `sage ${running} is running on port ${number}${trouble(body)}`
  if (running === world.version) return [ok('port-sage', message), ...pending(body)]
  const means = `this is ${world.version}; the one that runs does not know what is new`
  const fix = 'stop it with Ctrl-C and start it again: sage serve'
  return [info('port-other-version', message, { means, fix }), ...pending(body)]
}

/** What of the files on disk the running one has not taken. */
function pending({ problem, restart_for: restart }: Record<string, unknown>): Observation[] {
  const found: Observation[] = []
  if (isRecord(problem)) {
    const means = 'the last good files are served; nothing that was changed since then is'
    const fix = 'mend what is wrong: it is taken as soon as it holds'
    found.push(
      warning('port-degraded', `the one that runs has not taken a change: ${String(problem['message'])}`, {
        means,
        fix,
      }),
    )
  }
  if (Array.isArray(restart) && restart.length > 0) {
    const fix = 'stop it with Ctrl-C and start it again: sage serve'
    found.push(info('port-restart', `the one that runs takes ${restart.join(', ')} at its next start`, { fix }))
  }
  return found
}

/** Which targets and providers the running one leaves alone just now, and why. */
function trouble(body: Record<string, unknown>): string {
  const tell = (name: string, member: 'state' | 'reason'): string[] => {
    const entries = body[name]
    return Object.entries(isRecord(entries) ? entries : {}).map(([target, entry]) => {
      const why = isRecord(entry) ? entry[member] : undefined
      return typeof why === 'string' ? `${target} (${why})` : target
    })
  }
  const left = [...tell('open', 'state'), ...tell('resting', 'reason')]
  return left.length === 0 ? '' : `; it leaves alone ${left.join(', ')}`
}
