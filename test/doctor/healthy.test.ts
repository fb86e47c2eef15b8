import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CHECK_IDS } from '../../src/doctor/check-ids.ts'
import { CHECKS } from '../../src/doctor/checks/index.ts'
import { NODE_FLOORS, NODE_OPEN_FLOOR } from '../../src/doctor/data/node-releases.ts'
import { packageRoot } from '../helpers/sources.ts'
import { KEY, openWorld, runAll, troubles } from './world.ts'

describe('doctor in a healthy world', () => {
  it('has a check for every name, in the same order', () => {
    assert.deepEqual(
      CHECKS.map(({ id }) => id),
      [...CHECK_IDS],
    )
  })

  it('has the same floors for Node as the package', () => {
    const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
      engines: { node: string }
    }
    const [oldest, ...others] = Object.entries(NODE_FLOORS).map(([major, minor]) => `${major}.${minor}.0`)
    assert.equal(engines.node, `^${oldest} || ${others.map((floor) => `>=${floor}`).join(' || ')}`)
    assert.equal(NODE_OPEN_FLOOR, 23)
  })

  it('finds nothing wrong', async (t) => {
    const world = await openWorld(t)
    const findings = await runAll(world)
    assert.deepEqual(troubles(findings), ['lock lock-none info'])
    assert.deepEqual(
      findings.filter(({ check }) => check === 'auth').map(({ message }) => message),
      ['main accepts the key of env:MAIN_KEY'],
    )
  })

  it('probes each provider once, however many checks look at it', async (t) => {
    const world = await openWorld(t)
    await runAll(world)
    const asked = world.requests.map(({ method, path, headers }) => [method, path, headers['authorization']])
    assert.deepEqual(
      asked.sort((a, b) => String(a[2]).localeCompare(String(b[2]))),
      [
        ['GET', '/v1/models', `Bearer ${KEY}`],
        ['GET', '/v1/models', undefined],
      ],
    )
  })

  it('sends nothing at all when offline', async (t) => {
    const world = await openWorld(t, { offline: true })
    const findings = await runAll(world)
    assert.deepEqual(troubles(findings), ['lock lock-none info'])
    assert.equal(world.requests.length, 0)
  })

  it('never shows a key', async (t) => {
    const world = await openWorld(t, { provider: () => ({ status: 401, text: `wrong key ${KEY}` }) })
    const text = JSON.stringify(await runAll(world))
    assert.ok(text.includes('auth-refused'))
    assert.ok(!text.includes(KEY))
  })
})
