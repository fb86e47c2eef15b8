// What cases of security share: every route, and requests to it by hand.
import assert from 'node:assert/strict'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import { sendRaw, statusOf } from '../../helpers/raw-http.ts'
import type { TestRouter } from '../../helpers/router.ts'
import type { Upstream } from '../../helpers/upstream.ts'
import type { Lab, LabOptions } from '../lab.ts'

export const LAST = 'connection: close\r\n'
export const TOKEN = 'a-token-of-sixteen-letters-and-more'
export const WITH_TOKEN: LabOptions = { top: 'serve: { token: env:SAGE_TOKEN }', env: { SAGE_TOKEN: TOKEN } }

/** Every route, with the method that it takes. */
export const ROUTES: readonly [method: string, path: string][] = [
  ...GRID_CLIENTS.map(({ path }): [string, string] => ['POST', path]),
  ['POST', '/v1/messages/count_tokens'],
  ['POST', '/v1beta/models/auto:countTokens'],
  ['POST', '/v1/embeddings'],
  ['POST', '/v1/completions'],
  ['POST', '/api/generate'],
  ['POST', '/api/show'],
  ['POST', '/api/pull'],
  ['GET', '/api/tags'],
  ['GET', '/api/ps'],
  ['GET', '/api/version'],
  ['GET', '/v1/models'],
  ['GET', '/v1/models/a%2Fm'],
  ['GET', '/healthz'],
  ['GET', '/'],
]

export async function one(lab: Lab, options: LabOptions = {}): Promise<{ router: TestRouter; only: Upstream }> {
  const only = await lab.healthy()
  return { router: await lab.router([{ name: 'a', url: only.url }], options), only }
}

export function raw(method: string, path: string, headers: string, body: string = '{"model":"auto"}'): string {
  return `${method} ${path} HTTP/1.1\r\n${headers}content-type: application/json\r\ncontent-length: ${body.length}\r\n${LAST}\r\n${body}`
}

/** Every route answers this request with this status, and no provider is asked. */
export async function refusedEverywhere(lab: Lab, headers: readonly string[], status: number): Promise<string> {
  const { router, only } = await one(lab)
  for (const header of headers) {
    for (const [method, path] of ROUTES) {
      const host = /^host:/i.test(header) ? '' : 'host: 127.0.0.1\r\n'
      const answer = await sendRaw(router.url, raw(method, path, `${host}${header}\r\n`))
      assert.equal(statusOf(answer), status, `${method} ${path} with ${header}`)
      assert.doesNotMatch(answer, /access-control-/i)
    }
  }
  assert.equal(only.requests.length, 0)
  return `${headers.length * ROUTES.length} × ${status}`
}
