import { SageError } from '../diagnostics/errors.ts'
import type { Context } from './context.ts'

/** Says what to change for the listen errors that a person can do something about; any other error is left as it is. */
export async function listenError(error: unknown, host: string, port: number, context: Context): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE': {
      const owner = await findOwner(port, context)
      if (owner === undefined) return new SageError('SAGE4002', `port ${port} on ${host} is taken`, { cause: error })
      const next = port < 65_535 ? port + 1 : 0
      return new SageError('SAGE4002', `port ${port} on ${host} is taken by ${owner}`, {
        hint: `stop it, or take another one: --port ${next}`,
        cause: error,
      })
    }
    case 'EACCES':
      return new SageError('SAGE4003', `port ${port} may not be used`, {
        hint: 'take one above 1023 with --port',
        cause: error,
      })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new SageError('SAGE4003', `${host} is no address of this machine`, {
        hint: 'take another one with --host',
        cause: error,
      })
    default:
      return error
  }
}

/** Loaded only when it is needed: it brings what runs programs. */
async function findOwner(port: number, { env, now, mono, platform }: Context): Promise<string | undefined> {
  const [{ createEffects }, { portOwner }] = await Promise.all([
    import('../doctor/system/create-effects.ts'),
    import('../doctor/port-owner.ts'),
  ])
  return portOwner(createEffects({ env, now, mono }), port, platform).catch(() => undefined)
}
