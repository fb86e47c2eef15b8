import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parseProfile } from '../../src/profile/parse.ts'
import type { Profile } from '../../src/profile/types.ts'
import { matchFile } from '../helpers/match-file.ts'

const VALID = join(import.meta.dirname, '..', 'fixtures', 'profiles', 'valid')

function read(text: string): Profile {
  const { profile, diagnostics } = parseProfile(text, 'sage.yaml')
  assert.deepEqual(diagnostics, [])
  assert.ok(profile)
  return profile
}

function codes(text: string): string[] {
  return parseProfile(text, 'sage.yaml').diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`)
}

describe('parseProfile', () => {
  it('reads a profile that uses everything', () => {
    const text = readFileSync(join(VALID, 'full.yaml'), 'utf8')
    matchFile(join(VALID, 'full.json'), `${JSON.stringify(read(text), null, 2)}\n`)
  })

  it('fills in the defaults of the smallest profile', () => {
    const profile = read(readFileSync(join(VALID, 'minimal.yaml'), 'utf8'))
    assert.deepEqual(profile.serve, {
      host: '127.0.0.1',
      port: 8790,
      max_body_bytes: 33_554_432,
      refresh: true,
      reload: true,
      drain_ms: 30_000,
      state: true,
    })
    assert.deepEqual(profile.aliases, [])
    assert.deepEqual(profile.pins, [])
    const [auto] = profile.policies
    assert.equal(profile.policies.length, 1)
    assert.equal(auto?.name, 'auto')
    assert.equal(auto?.ties, 'order')
    assert.equal(auto?.max_attempts, 3)
    // The cache counts for the session's own model only.
    const { order, avoid, cache: _cache, ...others } = auto?.weights ?? { order: 0, avoid: 0 }
    const sum = Object.values(others).reduce((total, weight) => total + weight, 0)
    assert.ok(order > sum, 'one place in the order outweighs all other terms together')
    assert.ok(avoid > order + sum)
  })

  it('adds the policy auto to those of the profile', () => {
    const profile = read('version: 1\nproviders: { a: { kind: demo } }\npolicies: { fast: {} }')
    assert.deepEqual(
      profile.policies.map(({ name }) => name),
      ['fast', 'auto'],
    )
  })

  it('keeps the order of the source, for names that are numbers too', () => {
    const profile = read(`version: 1
providers:
  b: { kind: ollama, models: { z: , "10": , "9": , a: } }
  "7": { kind: ollama, models: [z, a, z] }
  a: { kind: demo }
policies: { z: {}, "3": {}, auto: {} }
aliases: { z*: sage/z, "5": sage/auto, a: sage/z }
`)
    assert.deepEqual(
      profile.providers.map(({ name }) => name),
      ['b', '7', 'a'],
    )
    assert.deepEqual(
      profile.providers[0]?.models.map(({ id }) => id),
      ['z', '10', '9', 'a'],
    )
    assert.deepEqual(
      profile.providers[1]?.models.map(({ id }) => id),
      ['z', 'a'],
    )
    assert.deepEqual(
      profile.policies.map(({ name }) => name),
      ['z', '3', 'auto'],
    )
    assert.deepEqual(
      profile.aliases.map(({ match }) => match),
      ['z*', '5', 'a'],
    )
  })

  it('keeps keys as they are written', () => {
    const profile = read('version: 1\nproviders: { a: { kind: ollama, models: { 4.10: , true: , 0x10: , null: } } }')
    assert.deepEqual(
      profile.providers[0]?.models.map(({ id }) => id),
      ['4.10', 'true', '0x10', 'null'],
    )
  })

  it('resolves YAML aliases, and finds places through them', () => {
    const text =
      'version: 1\nx-facts: &facts { context: 5, capabilities: [tools] }\nproviders:\n  a: { kind: ollama, models: { m: *facts, n: *facts } }\n'
    const [provider] = read(text).providers
    assert.deepEqual(
      provider?.models.map(({ id, context }) => [id, context]),
      [
        ['m', 5],
        ['n', 5],
      ],
    )
    assert.deepEqual(codes(text.replace('context: 5', 'context: 0')), ['2:28 SAGE1014'])
  })

  it('makes lists of single values and lower case of header names', () => {
    const profile = read(
      'version: 1\nproviders: { a: { kind: anthropic, key: env:A } }\npolicies: { auto: { rules: [{ name: r, when: { intent: code, client: c*, header: { X-A: b } } }] } }',
    )
    assert.deepEqual(profile.providers[0]?.keys, ['env:A'])
    assert.deepEqual(profile.policies[0]?.rules[0]?.when, { intent: ['code'], client: ['c*'], header: { 'x-a': 'b' } })
  })

  it('follows aliases of aliases to their end', () => {
    const profile = read(
      'version: 1\nproviders: { a: { kind: ollama, models: [m] } }\naliases: { one: two, two: three, three: a/m }',
    )
    assert.deepEqual(
      profile.aliases.map(({ to }) => to),
      ['a/m', 'a/m', 'a/m'],
    )
  })

  it('says where rules stand', () => {
    const text =
      'version: 1\nproviders: { a: { kind: demo } }\npolicies:\n  auto:\n    rules:\n      - when: { tools: true }\n        name: r\n'
    const [policy] = read(text).policies
    assert.deepEqual(policy?.source, { file: 'sage.yaml', line: 4, column: 3 })
    assert.deepEqual(policy?.rules[0]?.source, { file: 'sage.yaml', line: 7, column: 9 })
  })

  it('takes every loopback address without a token, and any address with one', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '::1', '0:0:0:0:0:0:0:1']) {
      assert.deepEqual(codes(`version: 1\nserve: { host: '${host}' }\nproviders: { a: { kind: demo } }`), [], host)
    }
    for (const host of [
      '0.0.0.0',
      '::',
      '192.168.1.4',
      'example.com',
      '128.0.0.1',
      'localhost.example',
      '::11',
      '1::1',
    ]) {
      const text = `version: 1\nserve: { host: '${host}' }\nproviders: { a: { kind: demo } }`
      assert.deepEqual(codes(text), ['2:16 SAGE1032'], host)
      assert.deepEqual(codes(text.replace(' }\n', ', token: env:T }\n')), [], host)
    }
  })

  it('takes private addresses and paths as base URLs', () => {
    for (const url of ['http://10.0.0.1:8000', 'http://[fd00::1]/v1/', 'https://a.example/x/y', 'http://nas.local']) {
      assert.deepEqual(codes(`version: 1\nproviders: { a: { kind: ollama, base_url: '${url}' } }`), [], url)
    }
    for (const url of [
      'http://169.254.1.1.',
      'http://0xa9fea9fe',
      'http://[FEBF::1]',
      'http://metadata.goog./',
      'ws://a',
      '//a',
    ]) {
      assert.deepEqual(
        codes(`version: 1\nproviders: { a: { kind: ollama, base_url: '${url}' } }`),
        ['2:43 SAGE1030'],
        url,
      )
    }
  })

  it('is not fooled by names from Object.prototype', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const text = `version: 1\nproviders: { a: { kind: ollama, models: { ${name}: { context: 7 } } } }`
      assert.deepEqual(read(text).providers[0]?.models, [{ id: name, context: 7 }])
      assert.deepEqual(codes(`version: 1\n${name}: {}\nproviders: { a: { kind: demo } }`), ['2:1 SAGE1011'])
      assert.deepEqual(codes(`version: 1\nproviders: { a: { kind: demo } }\naliases: { x: sage/${name} }`), [
        '3:15 SAGE1022',
      ])
    }
  })
})
