// S: what must not get out, or be let through.
import assert from 'node:assert/strict'
import { request } from '../../helpers/http.ts'
import { chatError, chatStream } from '../../helpers/openai-chat-replies.ts'
import { sendRaw } from '../../helpers/raw-http.ts'
import { ASK, byMode, expectError, expectText, fine } from '../lab.ts'
import type { LabCase } from '../types.ts'

import { one, raw, ROUTES, TOKEN, WITH_TOKEN } from './security-routes.ts'

export const SECURITY_LEAK_CASES: readonly LabCase[] = [
  {
    id: 'S-13',
    fault: 'a base URL in body, headers and query',
    expected: 'not looked at: the provider of the profile is asked',
    per: 'client',
    run: async (lab, client) => {
      const { router, only } = await one(lab)
      const trap = await lab.healthy()
      const body = { ...client.body(ASK), api_base: trap.url, base_url: trap.url, custom_host: trap.url }
      const headers = { 'x-portkey-custom-host': trap.url, 'x-base-url': trap.url, 'api-base': trap.url }
      const mark = client.path.includes('?') ? '&' : '?'
      const seen = expectText(
        await lab.ask(router, client, {
          body,
          headers,
          path: `${client.path}${mark}base_url=${encodeURIComponent(trap.url)}`,
        }),
      )
      assert.equal(only.requests.length, 1)
      assert.equal(trap.requests.length, 0)
      return seen
    },
  },
  {
    id: 'S-17',
    fault: 'a provider that says the key: in an error, in a stream, in a header',
    expected: 'taken out of errors and logs; headers do not come through',
    per: 'client',
    run: async (lab, client) => {
      const key = 'upstream-key'
      const error = {
        status: 500,
        json: chatError(500, 'server_error', `Bearer ${key} was refused`),
        headers: { 'x-echo': key },
      }
      const streamed = {
        chunks: [
          ...chatStream({ model: 'm', text: 'abc' }).slice(0, 2),
          `data: {"error":{"message":"bad ${key}"}}\n\n`,
        ],
      }
      for (const reply of [error, byMode(error, streamed)]) {
        const router = await lab.router([{ name: 'a', url: (await lab.upstream(reply)).url }])
        const { exchange } = await lab.ask(router, client)
        assert.ok(!exchange.body.includes(key), exchange.body)
        assert.ok(!JSON.stringify(exchange.headers).includes(key))
        assert.ok(!JSON.stringify(router.events).includes(key))
      }
      return 'not seen'
    },
  },
  {
    id: 'S-20',
    fault: 'every route that can be read',
    expected: 'no key in it',
    per: 'once',
    run: async (lab) => {
      const { router } = await one(lab, WITH_TOKEN)
      const reads = ROUTES.filter(([method]) => method === 'GET')
      for (const [method, path] of reads) {
        const { text, status } = await request(router.url + path, { method, headers: { 'x-api-key': TOKEN } })
        assert.equal(status, 200, path)
        for (const secret of ['upstream-key', TOKEN]) assert.ok(!text.includes(secret), path)
      }
      return `${reads.length} routes`
    },
  },
  {
    id: 'S-21',
    fault: 'a redirect, with the key in the request',
    expected: 'not followed; the other host sees nothing',
    per: 'client',
    run: async (lab, client) => {
      const trap = await lab.healthy()
      const only = await lab.upstream({
        status: 307,
        text: '',
        headers: { location: `${trap.url}/v1/chat/completions` },
      })
      const router = await lab.router([{ name: 'a', url: only.url }])
      const seen = expectError(await lab.ask(router, client), 502)
      assert.equal(trap.requests.length, 0)
      return seen
    },
  },
  {
    id: 'S-23',
    fault: 'model names with line breaks, NUL, paths, 10 KB, other scripts',
    expected: '404 or 400; never in a header or path as they are',
    per: 'client',
    applies: ({ dialect }) => dialect !== 'gemini',
    run: async (lab, client) => {
      const { router, only } = await one(lab)
      const names = [
        'a/m\r\nx-evil: 1',
        'a/m\u0000',
        '../../etc/passwd',
        'a/../m',
        'x'.repeat(10_240),
        'a/\u202em',
        'а/m',
        'a/m?x=1',
        'a/m#',
      ]
      for (const model of names) {
        const outcome = await lab.ask(router, client, { body: { ...client.body(ASK), model } })
        assert.equal(outcome.end, 'B', model)
        assert.ok([400, 404].includes(outcome.exchange.status))
        assert.equal(outcome.exchange.headers['x-evil'], undefined)
      }
      assert.equal(only.requests.length, 0)
      return `${names.length} × B`
    },
  },
  {
    id: 'S-24',
    fault: 'headers that a provider would set for us',
    expected: 'dropped',
    per: 'client',
    run: async (lab, client) => {
      const evil = {
        'set-cookie': 'a=b',
        'access-control-allow-origin': '*',
        link: '<x>; rel=preload',
        'x-sage-model': 'evil',
        'content-security-policy': 'x',
        'strict-transport-security': 'max-age=1',
      }
      const only = await lab.upstream((received) => ({ ...fine(received), headers: evil }))
      const router = await lab.router([{ name: 'a', url: only.url }])
      const outcome = await lab.ask(router, client)
      const seen = expectText(outcome)
      for (const name of Object.keys(evil)) {
        if (name !== 'x-sage-model') assert.equal(outcome.exchange.headers[name], undefined, name)
      }
      assert.equal(outcome.exchange.headers['x-sage-model'], 'a/m')
      return seen
    },
  },
  {
    id: 'S-26',
    fault: 'the same header twice, in other cases',
    expected: 'the provider gets one value',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      const body = JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'hi' }] })
      await sendRaw(
        router.url,
        raw(
          'POST',
          '/v1/chat/completions',
          'host: 127.0.0.1\r\nContent-Type: application/json\r\nX-Api-Key: a\r\nx-api-key: b\r\nAuthorization: x\r\nauthorization: y\r\n',
          body,
        ),
      )
      const [received] = only.requests
      assert.equal(received?.headers['authorization'], 'Bearer upstream-key')
      assert.equal(received?.headers['content-length'], String(received?.body.length))
      return 'one value'
    },
  },
  {
    id: 'S-27',
    fault: 'the client’s own credentials',
    expected: 'never reach the provider',
    per: 'client',
    run: async (lab, client) => {
      const { router, only } = await one(lab)
      const own = { authorization: 'Bearer mine', 'x-api-key': 'mine', 'x-goog-api-key': 'mine', cookie: 'mine=1' }
      const seen = expectText(await lab.ask(router, client, { headers: own }))
      assert.ok(!JSON.stringify(only.requests[0]?.headers).includes('mine'))
      assert.equal(only.requests[0]?.headers['authorization'], 'Bearer upstream-key')
      return seen
    },
  },
]
