// Loaded into the measured process before its program: tells its memory and what it holds open, when asked over IPC.
// Run with --expose-gc. Nothing here keeps the process alive.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import process from 'node:process'

const delay = monitorEventLoopDelay({ resolution: 10 })
delay.enable()

process.on('message', (question) => void answer(question))
process.channel.unref()

async function answer({ id, collect, reset }) {
  if (collect) await collectGarbage()
  const { rss, heapUsed } = process.memoryUsage()
  process.send({
    id,
    rss,
    heapUsed,
    peakRss: process.resourceUsage().maxRSS * 1024,
    cpu: process.cpuUsage(),
    delayP99: delay.percentile(99) / 1e6,
    open: process.getActiveResourcesInfo(),
  })
  if (reset) delay.reset()
}

/** Finalizers of one collection free what the next one finds. */
async function collectGarbage() {
  for (let n = 0; n < 4; n++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
