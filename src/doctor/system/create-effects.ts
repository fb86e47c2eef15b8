import { execa } from 'execa'
import { childEnv } from '../../secrets/child-env.ts'
import type { Effects } from '../effects.ts'
import { realFiles } from './files.ts'
import { createNetwork } from './network.ts'

/** How long a program may take, in ms. */
const PROGRAM_MS = 5000

export interface Surroundings {
  /** Variables that programs may need; those that hold keys are not handed on. */
  env: Readonly<Record<string, string | undefined>>
  now(): number
  mono(): number
}

/** The real world: this machine's disk, network and programs. `authority` is a certificate to trust besides Node's own. */
export function createEffects({ env, now, mono }: Surroundings, authority?: string): Effects {
  return {
    files: realFiles,
    network: createNetwork(authority),
    run: async (command, args) => {
      const result = await execa(command, args, {
        env: childEnv(env),
        extendEnv: false,
        reject: false,
        timeout: PROGRAM_MS,
        stdin: 'ignore',
      })
      if (result.exitCode === undefined || result.timedOut) return undefined
      return { code: result.exitCode, stdout: result.stdout }
    },
    now,
    mono,
    after: (ms) => AbortSignal.timeout(ms),
  }
}
