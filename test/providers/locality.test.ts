import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isLocalModel, isLocalUrl } from '../../src/providers/locality.ts'

const LOCAL = [
  'http://localhost',
  'http://LOCALHOST:11434/v1',
  'http://localhost.:1234',
  'http://api.localhost',
  'http://127.0.0.1:11434',
  'http://127.255.0.3',
  'http://2130706433', // 127.0.0.1 as a number
  'http://0x7f.1',
  'http://0.0.0.0:11434',
  'http://[::1]:8080/v1',
  'http://[::]',
  'http://[::ffff:127.0.0.1]',
  'http://[::ffff:192.168.1.2]',
  'http://10.0.0.1',
  'https://10.255.255.255',
  'http://172.16.0.1',
  'http://172.31.255.1',
  'http://192.168.0.10:8000/v1',
  'http://100.64.0.1',
  'http://100.127.255.254',
  'http://[fd00::1]',
  'http://[fc12:3456::1]',
  'http://gpu-box:8000/v1',
  'http://nas.local:11434',
  'http://host.docker.internal:11434',
  'http://box.home.arpa',
  'http://user@gpu-box',
]

const REMOTE = [
  'https://api.openai.com/v1',
  'https://ollama.com',
  'http://8.8.8.8',
  'http://172.15.0.1',
  'http://172.32.0.1',
  'http://192.169.0.1',
  'http://100.63.0.1',
  'http://100.128.0.1',
  'http://11.0.0.1',
  'http://126.0.0.1',
  'http://169.254.169.254', // cloud metadata
  'http://[fe80::1]',
  'http://[2001:db8::1]',
  'http://[::ffff:8.8.8.8]',
  'http://[::2]',
  'http://[fbff::1]',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://localhost@example.com',
  'http://mylocal',
  'http://notlocal.com',
  'http://internal.example',
  'ftp://localhost',
  'localhost:11434',
  'not a url',
  '',
]

for (const url of LOCAL) {
  test(`local: ${url}`, () => assert.equal(isLocalUrl(url), true))
}

for (const url of REMOTE) {
  const bare = url === 'http://mylocal' // a host name without a dot is a neighbour, whatever it is called
  test(`${bare ? 'local' : 'not local'}: ${url || '(empty)'}`, () => assert.equal(isLocalUrl(url), bare))
}

test('an IPv4 address is judged alike as itself and mapped into IPv6', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(isLocalUrl(`http://[::ffff:${address}]`), isLocalUrl(`http://${address}`))
    }),
  )
})

test('neither port, path nor scheme changes the answer; a public suffix always makes it remote', () => {
  const host = fc.oneof(fc.constantFrom('localhost', '10.1.2.3', 'box', 'a.local', '8.8.4.4'), fc.ipV4(), fc.domain())
  fc.assert(
    fc.property(host, fc.integer({ min: 1, max: 65535 }), fc.constantFrom('', '/v1', '/a/b/'), (name, port, path) => {
      assert.equal(isLocalUrl(`https://${name}:${port}${path}`), isLocalUrl(`http://${name}`))
      assert.equal(isLocalUrl(`http://${name}.example.com`), false)
    }),
  )
})

test('any text gets an answer', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => assert.equal(typeof isLocalUrl(text), 'boolean')))
})

const CLOUD = ['gpt-oss:120b-cloud', 'kimi-k2.6:cloud', 'qwen3-coder:480b:cloud', 'Kimi-K2.6:CLOUD']
const ORDINARY = ['gpt-oss:20b', 'gpt-oss-cloud', 'cloud', 'cloudy:8b', 'x:cloudy', 'x:notcloud', 'cloud:8b']

test('a cloud model is never local, an ordinary one is as local as its provider', () => {
  for (const id of CLOUD) assert.equal(isLocalModel({ local: true }, id), false, id)
  for (const id of ORDINARY) assert.equal(isLocalModel({ local: true }, id), true, id)
  for (const id of [...CLOUD, ...ORDINARY]) assert.equal(isLocalModel({ local: false }, id), false, id)
})
