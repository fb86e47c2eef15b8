// C: bodies that are no requests, or want to break the reader.
import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import type { GridClient } from '../../helpers/grid-types.ts'
import { sendRaw, statusOf } from '../../helpers/raw-http.ts'
import { startRouter } from '../../helpers/router.ts'
import type { Lab } from '../lab.ts'
import { ASK, expectError, expectText } from '../lab.ts'
import { describe } from '../oracle.ts'
import type { LabCase } from '../types.ts'

/** Texts that are no JSON. */
const BROKEN = [
  '',
  ' ',
  '{',
  '}',
  '[',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":01}',
  '{"a":.5}',
  '{"a":+1}',
  '{"a":1.}',
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":undefined}',
  '{"a":"\\x"}',
  '{"a":"\\u12"}',
  '{"a":"\n"}',
  '{"a":tru}',
  '{"a":nul}',
  '{"a" 1}',
  '{"a":1 "b":2}',
  '{"a":1}}',
  '{"a":1}x',
  '\u0000',
  '\uFEFF',
  '{"a":"',
  '{"messages":[}',
  'null x',
  '{"a":[1,]}',
  '{"a":{]}',
  '// x\n{}',
  '/* */ {}',
  '{"a":0x10}',
  '{"a":1e}',
  '{"model":"auto","messages":[{"role":"user"',
  '\ud800',
]

const NO_OBJECTS = ['[]', 'null', '1', '"x"', 'true', '[{"model":"auto"}]']

async function one(lab: Lab): Promise<{ router: Awaited<ReturnType<Lab['router']>>; hits(): number }> {
  const only = await lab.healthy()
  const router = await lab.router([{ name: 'a', url: only.url }])
  return { router, hits: () => only.requests.length }
}

/** Where a dialect has its messages. */
function listField(client: GridClient): string {
  return client.dialect === 'gemini' ? 'contents' : client.dialect === 'responses' ? 'input' : 'messages'
}

/** Wrong values there. Some dialects may leave it out, or have a text or a single object instead. */
function wrongLists(client: GridClient): unknown[] {
  const values: unknown[] = [5, true, [null], [1], [[]]]
  if (client.dialect !== 'responses') values.push('text')
  if (client.dialect !== 'gemini') values.push({})
  if (client.dialect === 'chat' || client.dialect === 'messages') values.push(null)
  return values
}

export const CLIENT_BODY_CASES: readonly LabCase[] = [
  {
    id: 'C-01',
    fault: `${BROKEN.length} bodies that are no JSON`,
    expected: '400 in the client’s dialect; no provider is asked; no stack trace',
    per: 'client',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      for (const body of BROKEN) {
        const outcome = await lab.ask(router, client, { body: Buffer.from(body) })
        expectError(outcome, 400)
        assert.doesNotMatch(outcome.exchange.body, /\bat .*:\d+:\d+/)
      }
      assert.equal(hits(), 0)
      return `${BROKEN.length} × B 400`
    },
  },
  {
    id: 'C-02',
    fault: 'JSON that is no object',
    expected: '400',
    per: 'client',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      for (const body of NO_OBJECTS) expectError(await lab.ask(router, client, { body }), 400)
      assert.equal(hits(), 0)
      return `${NO_OBJECTS.length} × B 400`
    },
  },
  {
    id: 'C-03',
    fault: 'messages of a wrong type; a million of them',
    expected: '400, and never a crash',
    per: 'client',
    run: async (lab, client) => {
      const { router } = await one(lab)
      for (const value of wrongLists(client)) {
        const body = { ...client.body(ASK), [listField(client)]: value }
        const outcome = await lab.ask(router, client, { body })
        assert.equal(outcome.end, 'B', `${JSON.stringify(value)}: ${describe(outcome)}`)
        assert.equal(outcome.exchange.status, 400)
      }
      const many = `{"model":"auto","${listField(client)}":[${'{},'.repeat(999_999)}{}]}`
      expectError(await lab.ask(router, client, { body: many }), 400)
      return `${wrongLists(client).length} × B 400`
    },
  },
  {
    id: 'C-04',
    fault: 'a model that nobody has; an alias of itself',
    expected: '404 with near matches; the cycle is refused with the profile',
    per: 'client',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      const path = client.path.replace('/auto:', `/${encodeURIComponent('a/mm')}:`)
      const outcome = await lab.ask(router, client, { path, body: { ...client.body(ASK), model: 'a/mm' } })
      const seen = expectError(outcome, 404)
      assert.match(outcome.end === 'B' ? outcome.message : '', /a\/m\b/)
      assert.equal(hits(), 0)
      await assert.rejects(
        startRouter('version: 1\nproviders:\n  a: { kind: demo }\naliases: { x: y, y: x }\n'),
        /SAGE/,
      )
      return seen
    },
  },
  {
    id: 'C-05',
    fault: '100 MB, with a length and in chunks',
    expected: '413, before it is held',
    per: 'once',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      const outcome = await lab.ask(router, client, { body: Buffer.alloc(100 * 1024 * 1024, 'x') })
      const seen = expectError(outcome, 413)
      assert.equal(hits(), 0)
      const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`
      const answer = await sendRaw(
        router.url,
        `POST ${client.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunk.repeat(40)}0\r\n\r\n`,
      )
      assert.equal(statusOf(answer), 413)
      return seen
    },
  },
  {
    id: 'C-06',
    fault: 'Expect: 100-continue with a body that is too large',
    expected: '413 without a 100',
    per: 'once',
    run: async (lab, client) => {
      const { router } = await one(lab)
      const answer = await sendRaw(
        router.url,
        `POST ${client.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: 200000000\r\nconnection: close\r\n\r\n`,
      )
      assert.equal(statusOf(answer), 413)
      return '413'
    },
  },
  {
    id: 'C-12',
    fault: '__proto__ and constructor in body, headers and query',
    expected: 'data like any other',
    per: 'client',
    run: async (lab, client) => {
      const { router } = await one(lab)
      const text = JSON.stringify(client.body(ASK)).replace(
        /^\{/,
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
      )
      const path = `${client.path}${client.path.includes('?') ? '&' : '?'}__proto__[polluted]=1`
      const outcome = await lab.ask(router, client, { path, body: text, headers: { __proto__x: '1' } })
      const seen = expectText(outcome)
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
      return seen
    },
  },
  {
    id: 'C-13',
    fault: 'JSON 50,000 levels deep',
    expected: '400, no stack overflow',
    per: 'client',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      const deep = '['.repeat(50_000) + ']'.repeat(50_000)
      const text = JSON.stringify(client.body(ASK)).replace(/^\{/, `{"extra":${deep},`)
      const seen = expectError(await lab.ask(router, client, { body: text }), 400)
      assert.equal(hits(), 0)
      return seen
    },
  },
  {
    id: 'C-14',
    fault: 'numbers, escapes and keys that a parser would change',
    expected: 'same dialect: the provider gets the same bytes, but for the model name',
    per: 'client',
    applies: ({ dialect }) => dialect === 'chat',
    run: async (lab, client) => {
      const only = await lab.healthy()
      const router = await lab.router([{ name: 'a', url: only.url }])
      const odd =
        '{ "x":1,"x":2, "big":9007199254740993,"f":1.0 ,"e":1E400,"lone":"\\ud800","nul":"\\u0000","esc":"\\u0061\\/",\n"u":"é" ,'
      const text = JSON.stringify(client.body(ASK)).replace(/^\{/, odd)
      const seen = expectText(await lab.ask(router, client, { body: text }))
      const expected = text.replace('"model":"auto"', '"model":"m"')
      assert.equal(only.requests[0]?.body.toString('utf8'), expected)
      return seen
    },
  },
  {
    id: 'C-16',
    fault: 'small bodies that might cost much',
    expected: 'none costs more than a hundred times a plain one',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const { router } = await one(lab)
      const cost = async (body: unknown): Promise<number> => {
        await lab.ask(router, client, { body })
        const before = process.cpuUsage()
        for (let n = 0; n < 20; n++) await lab.ask(router, client, { body })
        const { user, system } = process.cpuUsage(before)
        return (user + system) / 20
      }
      for (let n = 0; n < 50; n++) await cost(client.body(ASK))
      const plain = await cost(client.body(ASK))
      const worst: [number, string] = [0, '']
      const hard = [
        'a'.repeat(900),
        ' '.repeat(900),
        '('.repeat(900),
        '<system-reminder>'.repeat(50),
        '```'.repeat(300),
        '\n'.repeat(900),
        '-'.repeat(900),
        '1,'.repeat(450),
        '漢'.repeat(300),
        '?'.repeat(900),
        '{"a":'.repeat(180),
        'aA'.repeat(450),
        '\\'.repeat(450),
      ]
      for (const text of hard) {
        const spent = await cost(client.body({ text }))
        if (spent > worst[0]) [worst[0], worst[1]] = [spent, text.slice(0, 10)]
      }
      const nested = `{"model":"auto","messages":[{"role":"user","content":"x"}],"extra":${'['.repeat(200)}${']'.repeat(200)}}`
      worst[0] = Math.max(worst[0], await cost(nested))
      assert.ok(worst[0] < plain * 100, `${worst[1]}: ${worst[0]} µs against ${plain} µs`)
      return `worst ${(worst[0] / plain).toFixed(1)} × a plain request`
    },
  },
  {
    id: 'C-22',
    fault: 'a compressed body',
    expected: '415',
    per: 'client',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      const body = gzipSync(JSON.stringify(client.body(ASK)))
      const seen = expectError(await lab.ask(router, client, { body, headers: { 'content-encoding': 'gzip' } }), 415)
      assert.equal(hits(), 0)
      return seen
    },
  },
  {
    id: 'C-23',
    fault: 'a content type that is not JSON, or none',
    expected: '415: a web page could send it without asking',
    per: 'client',
    run: async (lab, client) => {
      const { router, hits } = await one(lab)
      const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']
      for (const type of types) {
        expectError(await lab.ask(router, client, { headers: { 'content-type': type } }), 415)
      }
      assert.equal(hits(), 0)
      return `${types.length} × B 415`
    },
  },
]
