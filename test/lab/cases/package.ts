// S: what is installed along with sage, and what is published.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { npm } from '../../../scripts/npm.ts'
import { packageRoot } from '../../helpers/sources.ts'
import { folder } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

interface Locked {
  dev?: boolean
  integrity?: string
  resolved?: string
  version?: string
  link?: boolean
  hasInstallScript?: boolean
}

interface Manifest {
  scripts: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

const read = (name: string): string => readFileSync(join(packageRoot, name), 'utf8')

function lockedPackages(): [path: string, entry: Locked][] {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
  return Object.entries(packages).filter(([path]) => path !== '')
}

/** The program, its data and the files that npm always takes. */
const PUBLISHED =
  /^(?:bin\/sage\.js|dist\/[\w.-]+\.(?:js|LICENSE)|schemas\/[\w.-]+\.json|profiles\/[\w./-]+\.(?:ya?ml|md)|templates\/[\w./-]+|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/
const NEVER =
  /\.map$|\.test\.|(?:^|\/)(?:test|src|scripts|node_modules|\.git|\.ci)\/|(?:^|\/)\.env|\.(?:pem|key|crt|lock)$/

export const PACKAGE_CASES: readonly LabCase[] = [
  {
    id: 'S-33',
    fault: 'programs that a package runs while it is installed',
    expected: 'no runtime dependency has one, nor sage itself; the gate installs without them',
    per: 'once',
    run: async () => {
      const packages = lockedPackages()
      const runtime = packages.filter(([, { dev }]) => dev !== true)
      assert.deepEqual(
        runtime.filter(([, { hasInstallScript }]) => hasInstallScript === true),
        [],
      )
      const { scripts } = JSON.parse(read('package.json')) as Manifest
      const lifecycle = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare']
      assert.deepEqual(
        Object.keys(scripts).filter((name) => lifecycle.includes(name)),
        [],
      )
      const installs = read('.ci/run')
        .split('\n')
        .filter((line) => /\bnpm (?:ci|install)\b/.test(line))
      assert.ok(installs.length > 0)
      assert.deepEqual(
        installs.filter((line) => !line.includes('--ignore-scripts')),
        [],
      )
      return `0 of ${runtime.length} runtime packages, ${packages.length} in all`
    },
  },
  {
    id: 'S-34',
    fault: 'packages from git, a URL or a folder, or without a hash',
    expected: 'none: a version of the registry and an SHA-512 for each',
    per: 'once',
    run: async () => {
      const packages = lockedPackages()
      const bad = packages.filter(([, { integrity = '', version = '', resolved, link }]) => {
        // Without `resolved` the one registry that npm is set to serves them all.
        return (
          !integrity.startsWith('sha512-') || !/^\d+\.\d+\.\d+/.test(version) || resolved !== undefined || link === true
        )
      })
      assert.deepEqual(bad, [])
      const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest
      const wanted = Object.entries({ ...dependencies, ...devDependencies })
      assert.deepEqual(
        wanted.filter(([, range]) => !/^[~^]?\d+\.\d+\.\d+$/.test(range)),
        [],
      )
      return `${packages.length} packages, ${wanted.length} asked for`
    },
  },
  {
    id: 'S-35',
    fault: 'the packed tarball in an empty folder, its dependencies resolved anew',
    expected: 'commands run, and a stream of each dialect comes through',
    per: 'once',
    slow: 'minute',
    run: async (lab) => {
      const target = folder(lab)
      const [pack] = JSON.parse(
        await npm(['pack', '--json', '--silent', '--pack-destination', target], packageRoot),
      ) as [{ filename: string; size: number }]
      const args = ['--import', 'tsx', 'scripts/smoke-package.ts', join(target, pack.filename)]
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: packageRoot })
      assert.match(stdout, /^package works on Node /m)
      return `${Math.round(pack.size / 1024)} KB; ${stdout.trim()}`
    },
  },
  {
    id: 'S-36',
    fault: 'tests, sources, maps, keys or settings in the tarball',
    expected: 'the program and its data only',
    per: 'once',
    run: async () => {
      const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
      const [pack] = JSON.parse(await npm(args, packageRoot)) as [{ files: { path: string }[] }]
      const paths = pack.files.map(({ path }) => path)
      assert.deepEqual(
        paths.filter((path) => !PUBLISHED.test(path) || NEVER.test(path)),
        [],
      )
      for (const path of ['bin/sage.js', 'schemas/profile.schema.json', 'LICENSE'])
        assert.ok(paths.includes(path), path)
      return `${paths.length} files`
    },
  },
]
