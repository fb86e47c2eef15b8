// A router in a process of its own that tells its memory: `node --import tsx measured-router.ts <base URL>`, over IPC.
import { startRouter } from './router.ts'

const [baseUrl = '', limitMb = '32'] = process.argv.slice(2)
const router = await startRouter(
  `version: 1\nserve: { max_body_mb: ${limitMb} }\nproviders:\n  any: { kind: openai-compatible, base_url: "${baseUrl}/v1", models: [m] }\n`,
)
let peak = 0
setInterval(() => {
  // What counts is what is held, not what waits to be collected: run with --expose-gc.
  globalThis.gc?.()
  peak = Math.max(peak, process.memoryUsage().rss)
}, 100).unref()

process.on('message', (message) => {
  if (message === 'reset') peak = process.memoryUsage().rss
  process.send?.({ peak })
})
process.send?.({ url: router.url })
