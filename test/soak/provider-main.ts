// The provider of the load scenarios, in a process of its own: forked with its options as JSON, tells over IPC.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import process from 'node:process'
import { buffer } from 'node:stream/consumers'
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import { MODES } from './provider-modes.ts'
import type { Mode, ProviderOptions, ProviderTold } from './provider-modes.ts'

const options = JSON.parse(process.argv[2] ?? '{}') as ProviderOptions
let requests = 0
let open = 0

// Idle connections end soon, so that what a router keeps open can be counted; undici leaves two seconds before the end.
const server = createServer({ keepAliveTimeout: 4000 }, (incoming, response) => {
  requests++
  open++
  response.on('error', () => undefined).once('close', () => open--)
  buffer(incoming)
    .then(async (body) => {
      const [, mode = '', ...path] = (incoming.url ?? '').split('/')
      const n = Number(/#(\d+);/.exec(body.toString('latin1'))?.[1] ?? -1)
      const stream = path.join('/').includes(':stream') || /"stream":\s*true/.test(body.toString('latin1'))
      const tell = (told: ProviderTold): void => void process.send?.({ told })
      await MODES[mode as Mode]({ n, dialect: dialectOf(path.join('/')), stream, response, tell }, options)
    })
    .catch(() => response.destroy())
})
server.maxConnections = Infinity
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})

process.on('message', () => process.send?.({ counts: { requests, open } }))
process.on('disconnect', () => process.exit(0))

function dialectOf(path: string): ProviderDialectName {
  if (path.endsWith('/chat/completions')) return 'chat'
  if (path.endsWith('/responses')) return 'responses'
  if (path.endsWith('/messages')) return 'messages'
  return path.endsWith('/api/chat') || path.endsWith('api/chat') ? 'ollama' : 'gemini'
}
