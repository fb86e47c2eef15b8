// Fakes and routers of one test file, closed after each test.
import { afterEach } from 'node:test'
import { startRouter } from './router.ts'
import type { RouterOptions, TestRouter } from './router.ts'
import { startUpstream } from './upstream.ts'
import type { Handler, Upstream } from './upstream.ts'

const opened: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const item of opened.splice(0)) await item.close()
})

/** Starts a fake provider that lives until the end of the test. */
export async function openUpstream(handler: Handler): Promise<Upstream> {
  const upstream = await startUpstream(handler)
  opened.push(upstream)
  return upstream
}

/** Starts a router that lives until the end of the test. */
export async function openRouter(yaml: string, options: RouterOptions = {}): Promise<TestRouter> {
  const router = await startRouter(yaml, options)
  opened.push(router)
  return router
}
