import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { Secret } from '../../src/secrets/secret.ts'
import { guard } from '../../src/server/guard.ts'
import type { GuardOptions } from '../../src/server/guard.ts'

function incoming(headers: Record<string, string>, url: string): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  request.url = url
  for (const [name, value] of Object.entries(headers)) {
    request.rawHeaders.push(name, value)
    request.headers[name.toLowerCase()] = value
  }
  return request
}

const LOOPBACK: GuardOptions = { host: '127.0.0.1', token: undefined }
const TOKEN = new Secret('tok-1234567890', 'env:SAGE_TOKEN')

/** As Node gives a header: each byte a letter. */
const LETTERS = 'tökën-1234567890'

const CASES: { name: string; headers: Record<string, string>; url?: string; options?: GuardOptions; code?: string }[] =
  [
    { name: 'the address', headers: { Host: '127.0.0.1:8790' } },
    { name: 'its name', headers: { Host: 'localhost:8790' } },
    { name: 'its name with a dot at the end', headers: { Host: 'localhost.:8790' }, code: 'forbidden_host' },
    { name: 'IPv6', headers: { Host: '[::1]:8790' } },
    { name: 'a foreign name', headers: { Host: 'evil.example' }, code: 'forbidden_host' },
    { name: 'a port that is none', headers: { Host: 'localhost:123456' }, code: 'bad_host' },
    { name: 'no host', headers: {}, code: 'bad_host' },
    {
      name: 'the address it listens on',
      headers: { Host: '192.168.1.5:8790', 'X-Api-Key': 'tok-1234567890' },
      options: { host: '192.168.1.5', token: TOKEN },
    },
    {
      name: 'the IPv6 address it listens on',
      headers: { Host: '[fd00::5]:8790', 'X-Api-Key': 'tok-1234567890' },
      options: { host: 'fd00::5', token: TOKEN },
    },
    ...['[fe80::1]:8790', '[fe80::1%lo]:8790', '[fe80::1%25lo]:8790'].map((host) => ({
      name: `a link-local address, told as ${host}`,
      headers: { Host: host, 'X-Api-Key': 'tok-1234567890' },
      options: { host: 'fe80::1%lo', token: TOKEN },
    })),
    {
      name: 'another address than it listens on',
      headers: { Host: '192.168.1.6:8790', 'X-Api-Key': 'tok-1234567890' },
      options: { host: '192.168.1.5', token: TOKEN },
      code: 'forbidden_host',
    },
    {
      name: 'any name on all interfaces, with the token',
      headers: { Host: 'box.lan', 'X-Api-Key': 'tok-1234567890' },
      options: { host: '::', token: TOKEN },
    },
    {
      name: 'any name on all interfaces, when no token is asked for',
      headers: { Host: 'box.lan' },
      options: { host: '0.0.0.0', token: undefined },
      code: 'forbidden_host',
    },
    { name: 'a local page', headers: { Host: 'localhost', Origin: 'http://localhost:5173' } },
    {
      name: 'a foreign page',
      headers: { Host: 'localhost', Origin: 'https://evil.example' },
      code: 'forbidden_origin',
    },
    { name: 'an opaque page', headers: { Host: 'localhost', Origin: 'null' }, code: 'forbidden_origin' },
    { name: 'an origin of nothing', headers: { Host: 'localhost', Origin: '' }, code: 'forbidden_origin' },
    {
      name: 'a local origin from across sites',
      headers: { Host: 'localhost', Origin: 'http://localhost', 'Sec-Fetch-Site': 'cross-site' },
      code: 'forbidden_origin',
    },
    {
      name: 'the host is looked at before the token',
      headers: { Host: 'evil.example' },
      options: { host: '127.0.0.1', token: TOKEN },
      code: 'forbidden_host',
    },
    ...[
      { Authorization: 'Bearer tok-1234567890' },
      { Authorization: 'BEARER   tok-1234567890' },
      { 'X-Api-Key': 'tok-1234567890' },
      { 'X-Goog-Api-Key': 'tok-1234567890' },
      { Authorization: 'Bearer wrong', 'X-Api-Key': 'tok-1234567890' },
    ].map((headers, i) => ({
      name: `token, place ${i + 1}`,
      headers: { Host: 'localhost', ...headers } as Record<string, string>,
      options: { host: '127.0.0.1', token: TOKEN },
    })),
    ...[LETTERS, Buffer.from(LETTERS).toString('latin1')].map((sent, i) => ({
      name: `a token with letters of another alphabet, ${i === 0 ? 'in Latin-1' : 'in UTF-8'}`,
      headers: { Host: 'localhost', Authorization: `Bearer ${sent}` },
      options: { host: '127.0.0.1', token: new Secret(LETTERS, 'env:SAGE_TOKEN') },
    })),
    {
      name: 'token in the query',
      headers: { Host: 'localhost' },
      url: '/v1/models?alt=sse&key=tok-1234567890',
      options: { host: '127.0.0.1', token: TOKEN },
    },
    ...[
      {},
      { Authorization: 'tok-1234567890' },
      { Authorization: 'Basic tok-1234567890' },
      { Authorization: 'Bearer' },
      { Authorization: 'Bearer tok-123456789' },
      { 'X-Api-Key': '' },
      { Cookie: 'key=tok-1234567890' },
    ].map((headers, i) => ({
      name: `no token, way ${i + 1}`,
      headers: { Host: 'localhost', ...headers } as Record<string, string>,
      options: { host: '127.0.0.1', token: TOKEN },
      code: 'unauthorized',
    })),
  ]
for (const { name, headers, url = '/', options = LOOPBACK, code } of CASES) {
  test(`guard: ${name}`, () => {
    assert.equal(guard(incoming(headers, url), options)?.code, code)
  })
}

test('guard: two Host headers', () => {
  const request = incoming({ Host: 'localhost' }, '/')
  request.rawHeaders.push('HOST', 'localhost')
  assert.equal(guard(request, LOOPBACK)?.code, 'bad_host')
})

test('guard: a refusal does not repeat a long host', () => {
  const refusal = guard(incoming({ Host: 'x'.repeat(5000) }, '/'), LOOPBACK)
  assert.ok((refusal?.message.length ?? 0) < 200)
})
