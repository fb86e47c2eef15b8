// S: those who want in.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { ENDPOINTS } from '../../../src/server/routes.ts'
import { request } from '../../helpers/http.ts'
import { sendRaw, statusOf } from '../../helpers/raw-http.ts'
import { startRouter } from '../../helpers/router.ts'
import { expectError } from '../lab.ts'
import type { LabCase } from '../types.ts'

import { LAST, one, raw, refusedEverywhere, ROUTES, TOKEN, WITH_TOKEN } from './security-routes.ts'

export const SECURITY_ACCESS_CASES: readonly LabCase[] = [
  {
    id: 'S-01',
    fault: 'a rebound DNS name as Host, on every route',
    expected: '403; no provider is asked',
    per: 'once',
    run: (lab) => refusedEverywhere(lab, ['Host: evil.example', 'Host: evil.example:8790'], 403),
  },
  {
    id: 'S-02',
    fault: 'other spellings of this machine as Host',
    expected: '403',
    per: 'once',
    run: async (lab) => {
      const names = [
        '0.0.0.0',
        '127.1',
        '2130706433',
        '0x7f.1',
        'localhost.',
        'localhost.evil',
        'evil.localhost',
        '127.0.0.1.evil.example',
      ]
      const seen = await refusedEverywhere(
        lab,
        names.map((name) => `Host: ${name}`),
        403,
      )
      return `${seen}; ${await refusedEverywhere(lab, ['Host: [::ffff:7f00:1]'], 403)}`
    },
  },
  {
    id: 'S-03',
    fault: 'a web page as Origin',
    expected: '403',
    per: 'once',
    run: (lab) =>
      refusedEverywhere(lab, ['Origin: https://evil.example', 'Origin: http://localhost.evil.example'], 403),
  },
  {
    id: 'S-04',
    fault: 'Origin null; a cross-site fetch',
    expected: '403',
    per: 'once',
    run: (lab) =>
      refusedEverywhere(lab, ['Origin: null', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: same-site'], 403),
  },
  {
    id: 'S-05',
    fault: 'a POST that a web page may send without asking',
    expected: '415',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        for (const [method, path] of ROUTES.filter(([method]) => method === 'POST')) {
          const answer = await request(router.url + path, {
            method,
            body: '{"model":"auto"}',
            headers: { 'content-type': type },
          })
          assert.equal(answer.status, 415, `${path} ${type}`)
        }
      }
      assert.equal(only.requests.length, 0)
      return '415'
    },
  },
  {
    id: 'S-06',
    fault: 'no, a wrong and the right credential, in each of four places, on every route',
    expected: 'only the right one passes, everywhere alike',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab, WITH_TOKEN)
      let cells = 0
      for (const [method, path] of ROUTES) {
        for (const [value, isRight] of [
          [undefined, false],
          ['wrong', false],
          [TOKEN, true],
        ] as const) {
          for (const place of ['bearer', 'x-api-key', 'x-goog-api-key', 'query'] as const) {
            const headers: Record<string, string> =
              value === undefined || place === 'query'
                ? {}
                : place === 'bearer'
                  ? { authorization: `Bearer ${value}` }
                  : { [place]: value }
            const mark = path.includes('?') ? '&' : '?'
            const query = value !== undefined && place === 'query' ? `${mark}key=${value}` : ''
            const answer = await request(router.url + path + query, {
              method,
              headers,
              ...(method === 'POST' && { body: '{' }),
            })
            if (isRight) assert.notEqual(answer.status, 401, `${path} ${place}`)
            else assert.equal(answer.status, 401, `${path} ${place}`)
            cells++
          }
        }
      }
      assert.equal(only.requests.length, 0)
      return `${cells} cells`
    },
  },
  {
    id: 'S-07',
    fault: 'a preflight from a web page',
    expected: '403 without any access-control header',
    per: 'once',
    run: async (lab) => {
      const { router } = await one(lab)
      for (const [, path] of ROUTES) {
        const answer = await sendRaw(
          router.url,
          `OPTIONS ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: https://evil.example\r\naccess-control-request-method: POST\r\n${LAST}\r\n`,
        )
        assert.equal(statusOf(answer), 403, path)
        assert.doesNotMatch(answer, /access-control-/i)
      }
      return '403'
    },
  },
  {
    id: 'S-08',
    fault: 'a wrong token and none',
    expected: 'the same bytes',
    per: 'client',
    run: async (lab, client) => {
      const { router } = await one(lab, WITH_TOKEN)
      const none = await lab.ask(router, client)
      const wrong = await lab.ask(router, client, { headers: { authorization: 'Bearer nonsense' } })
      const seen = expectError(none, 401)
      assert.equal(wrong.exchange.status, 401)
      assert.equal(wrong.exchange.body, none.exchange.body)
      return seen
    },
  },
  {
    id: 'S-09',
    fault: 'strange tokens, ten thousand of them',
    expected: '401 each; memory stays flat',
    per: 'once',
    slow: true,
    run: async (lab) => {
      const { router } = await one(lab, WITH_TOKEN)
      const tokens = [
        "' OR 1=1 --",
        '\u00ff\u00fe',
        'x'.repeat(10_000),
        '../../etc/passwd',
        '{"a":1}',
        `${TOKEN} `,
        TOKEN.toUpperCase(),
        TOKEN.slice(1),
      ]
      global.gc?.()
      const before = process.memoryUsage().heapUsed
      for (let n = 0; n < 10_000; n++) {
        const token = tokens[n % tokens.length] ?? ''
        const answer = await request(`${router.url}/v1/models`, { headers: { 'x-api-key': token } })
        // HTTP takes the blanks around a value away.
        assert.equal(answer.status, token.trim() === TOKEN ? 200 : 401, token.slice(0, 20))
      }
      router.events.splice(0)
      global.gc?.()
      const grown = (process.memoryUsage().heapUsed - before) / 1024 / 1024
      assert.ok(grown < 30, `${grown} MB`)
      return `10,000 answers, heap ${grown.toFixed(1)} MB more`
    },
  },
  {
    id: 'S-12',
    fault: 'a route that writes configuration, runs a command or reads a file',
    expected: 'there is none',
    per: 'once',
    run: async () => {
      const source = readFileSync(new URL('../../../src/server/routes.ts', import.meta.url), 'utf8')
      const types = [...new Set([...source.matchAll(/type: '([a-z_-]+)'/g)].map(([, type = '']) => type))].toSorted(
        (a, b) => a.localeCompare(b, 'en'),
      )
      assert.deepEqual(types, [
        'about',
        'chat',
        'count_tokens',
        'health',
        'model',
        'models',
        'ollama-ps',
        'ollama-pull',
        'ollama-show',
        'ollama-tags',
        'ollama-version',
        'pass',
      ])
      return `${types.length} kinds of route, ${ENDPOINTS.length} shown`
    },
  },
  {
    id: 'S-14',
    fault: 'a request target with a host; CONNECT',
    expected: 'refused, not proxied',
    per: 'once',
    run: async (lab) => {
      const { router } = await one(lab)
      const trap = await lab.healthy()
      const answer = await sendRaw(router.url, raw('POST', `${trap.url}/v1/chat/completions`, 'host: 127.0.0.1\r\n'))
      assert.ok([400, 404].includes(statusOf(answer)), answer.slice(0, 40))
      const tunnel = await sendRaw(router.url, `CONNECT 127.0.0.1:${trap.port} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
      assert.equal(statusOf(tunnel), 405)
      assert.equal(trap.requests.length, 0)
      return `${statusOf(answer)}, 405`
    },
  },
  {
    id: 'S-10',
    fault: 'an address that others can reach, without a token',
    expected: 'refused at the start',
    per: 'once',
    run: async () => {
      for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
        await assert.rejects(
          startRouter(`version: 1\nserve: { host: "${host}" }\nproviders:\n  a: { kind: demo }\n`),
          /SAGE/,
          host,
        )
      }
      return '3 addresses refused'
    },
  },
  {
    id: 'S-11',
    fault: 'the default address',
    expected: '127.0.0.1 alone',
    per: 'once',
    run: async (lab) => {
      const { router } = await one(lab)
      assert.equal(router.host, '127.0.0.1')
      const others = Object.values((await import('node:os')).networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ internal, family }) => !internal && family === 'IPv4')
      for (const { address } of others) await assert.rejects(reach(address, router.port))
      return `not on ${others.length} other addresses`
    },
  },
]

function reach(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      socket.destroy()
      resolve()
    })
    socket.on('error', reject)
  })
}
