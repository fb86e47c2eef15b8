// What is published, and what comes with it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { npm } from '../scripts/npm.ts'
import { packageRoot } from './helpers/sources.ts'

interface Locked {
  dev?: boolean
  integrity?: string
  resolved?: string
  optionalDependencies?: Record<string, string>
  hasInstallScript?: boolean
}

const lock = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')

const PUBLISHED = /^(?:bin|dist|schemas|profiles|templates)\/|^(?:README\.md|LICENSE|CHANGELOG\.md|package\.json)$/

describe('package', () => {
  it('has no runtime dependency with an install script', () => {
    assert.ok(locked.length > 0)
    const scripted = locked.filter(([, entry]) => entry.hasInstallScript === true && entry.dev !== true)
    assert.deepEqual(scripted, [])
  })

  it('locks the contents of every package, whatever registry serves it', () => {
    const bad = locked.filter(([, { integrity, resolved }]) => integrity === undefined || resolved !== undefined)
    assert.deepEqual(
      bad.map(([path]) => path),
      [],
    )
  })

  it('locks the binaries of every system, so that npm ci works on all of them', () => {
    const paths = locked.map(([path]) => path)
    const optional = locked.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}))
    assert.ok(optional.length > 0)
    assert.deepEqual(
      optional.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`))),
      [],
    )
  })

  it('publishes the program and its data only', async () => {
    const [pack] = JSON.parse(await npm(['pack', '--dry-run', '--json', '--ignore-scripts'], packageRoot)) as [
      { files: { path: string; mode: number }[] },
    ]
    const paths = pack.files.map(({ path }) => path)
    assert.deepEqual(
      paths.filter((path) => !PUBLISHED.test(path) || path.endsWith('.map')),
      [],
    )
    for (const path of ['bin/sage.js', 'LICENSE', 'package.json', 'README.md']) assert.ok(paths.includes(path), path)
    for (const folder of ['schemas/', 'profiles/'])
      assert.ok(
        paths.some((path) => path.startsWith(folder)),
        folder,
      )
  })
})
