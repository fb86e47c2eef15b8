import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FaultError } from '../../src/doctor/effects.ts'
import type { Connection, Effects } from '../../src/doctor/effects.ts'
import { openWorld, runAll, troubles } from './world.ts'
import type { WorldOptions } from './world.ts'

const MODELS = { status: 200, headers: {}, body: '{"data":[{"id":"small"}]}' }

/** A clock that moves on by so much whenever the step's turn has come. */
function slowWorld(slow: Partial<Record<'dns' | 'tcp' | 'tls' | 'http', number>>): WorldOptions {
  let clock = 0
  const pass = async <T>(step: keyof typeof slow, value: T): Promise<T> => {
    clock += slow[step] ?? 1
    return value
  }
  const connection: Connection = {
    secure: () => pass('tls', undefined),
    send: () => pass('http', MODELS),
    close: () => undefined,
  }
  const effects: Partial<Effects> = { mono: () => clock }
  return {
    profile:
      'version: 1\nproviders: { main: { kind: openai-compatible, base_url: "https://a.example", models: [small] } }\n',
    effects,
    network: { lookup: () => pass('dns', ['192.0.2.1']), connect: () => pass('tcp', connection) },
  }
}

describe('the steps to a provider', () => {
  for (const step of ['dns', 'tcp', 'tls', 'http'] as const) {
    it(`are timed apart: ${step} is slow`, async (t) => {
      const findings = await runAll(await openWorld(t, slowWorld({ [step]: 4000 })), ['dns', 'tcp', 'tls', 'http'])
      assert.deepEqual(troubles(findings), [`${step} ${step}-slow info`])
      const slow = findings.find(({ level }) => level !== 'ok')
      assert.equal(slow?.message, `main: the ${step} step took 4000 ms`)
      const times = findings.filter(({ level }) => level === 'ok').map(({ message }) => message.replace(/.*: /, ''))
      assert.deepEqual(
        times,
        ['dns', 'tcp', 'tls', 'http'].map((each) => `main ${each === step ? 4000 : 1} ms`),
      )
    })
  }

  it('try every address, and tell those that are dead', async (t) => {
    const given = slowWorld({})
    const { lookup, connect } = given.network ?? {}
    assert.ok(lookup && connect)
    const network: WorldOptions['network'] = {
      lookup: async () => ['::1', '127.0.0.1'],
      connect: (address, ...rest) =>
        address === '::1' ? Promise.reject(new FaultError('ECONNREFUSED')) : connect(address, ...rest),
    }
    const findings = await runAll(await openWorld(t, { ...given, network }), ['dns', 'tcp', 'tls', 'http'])
    assert.deepEqual(troubles(findings), ['tcp tcp-dead-address info'])
  })

  it('end when the check is over its limit', async (t) => {
    const never: WorldOptions['network'] = { lookup: () => new Promise(() => undefined) }
    const world = await openWorld(t, {
      ...slowWorld({}),
      network: never,
      effects: { after: () => AbortSignal.timeout(20) },
    })
    assert.deepEqual(troubles(await runAll(world, ['dns'])), ['dns check-late warning'])
  })
})
