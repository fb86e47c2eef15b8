import { isLoopbackHost } from '../../lib/loopback.ts'
import { SHORTEST_TOKEN } from '../../secrets/token.ts'
import type { Check } from '../check.ts'
import { error, info, ok, warning } from '../finding.ts'
import { setVariable } from '../shell.ts'
import type { World } from '../world.ts'

/** Shorter tokens are worth a warning, in characters. */
const SHORTEST_GOOD = 24
const MAKE = `node -p "crypto.getRandomValues(new Uint32Array(6)).join('-')"`

export const serve: Check = {
  id: 'serve',
  title: 'who can reach sage, and the token',
  run: async ({ profile, platform }: World) => {
    if (profile.profile === undefined) return []
    const { host, token: reference } = profile.profile.serve
    const isOpen = !isLoopbackHost(host)
    const found = []
    if (isOpen && reference === undefined) {
      found.push(
        error('serve-open', `${host} is open to the network, and no token is set`, {
          means: 'whoever reaches this machine could spend your keys; sage refuses to start',
          fix: 'set serve.token: env:SAGE_TOKEN in the profile, or serve on 127.0.0.1',
        }),
      )
    }
    if (reference !== undefined) {
      const { secret, problem } = profile.lookUp(reference)
      const variable = reference.startsWith('env:') ? reference.slice(4) : 'SAGE_TOKEN'
      const fix = `make one with: ${MAKE}; then: ${setVariable(variable, '…', platform)}`
      if (secret === undefined) {
        found.push(error('token-missing', `serve.token: ${problem}`, { means: 'sage does not start', fix }))
      } else if (secret.reveal().length < SHORTEST_TOKEN) {
        const message = `the token of ${reference} has fewer than ${SHORTEST_TOKEN} characters`
        found.push(error('token-short', message, { means: 'it can be guessed; sage does not start', fix }))
      } else if (secret.reveal().length < SHORTEST_GOOD || new Set(secret.reveal()).size < 8) {
        const means = 'it can be guessed, and then used to spend your keys'
        const message = `the token of ${reference} is short or simple`
        found.push(warning('token-weak', message, { means, fix }))
      }
    }
    if (isOpen && reference !== undefined) {
      const means = 'prompts and the token cross the network as plain text'
      const fix = 'put a proxy with HTTPS in front, or reach it through an SSH tunnel'
      found.push(info('serve-plain', `${host} is open to the network, over http`, { means, fix }))
    }
    return found.length > 0
      ? found
      : [ok('serve', `sage listens on ${host}${reference === undefined ? '' : ', with a token'}`)]
  },
}
