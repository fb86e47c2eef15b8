import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ProviderOptions, ProviderTold } from './provider-modes.ts'

export interface ProviderProcess {
  /** Scheme, host and port; the mode is the first part of the path. */
  url: string
  /** Everything it has told so far. */
  told: readonly ProviderTold[]
  /** Requests so far, and those under way. */
  counts(): Promise<{ requests: number; open: number }>
  close(): Promise<void>
}

type Message = { port: number } | { told: ProviderTold } | { counts: { requests: number; open: number } }

/** Starts the provider in a process of its own. */
export async function startProvider(options: ProviderOptions): Promise<ProviderProcess> {
  const child = fork(new URL('provider-main.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  })
  const told: ProviderTold[] = []
  let take: (counts: { requests: number; open: number }) => void = () => undefined
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the provider ended with ${code}`)))
    child.on('message', (message: Message) => {
      if ('port' in message) resolve(message.port)
      else if ('told' in message) told.push(message.told)
      else take(message.counts)
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    told,
    counts: () =>
      new Promise((resolve) => {
        take = resolve
        child.send({})
      }),
    close: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
