// A world for doctor: real files in a temporary folder, real programs, real HTTP on loopback; each part can be replaced.
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { examineProfile } from '../../src/commands/doctor-profile.ts'
import type { CheckId } from '../../src/doctor/check-ids.ts'
import { CHECKS } from '../../src/doctor/checks/index.ts'
import { createWorld } from '../../src/doctor/create-world.ts'
import type { Effects, Network } from '../../src/doctor/effects.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { runChecks } from '../../src/doctor/run-checks.ts'
import { createEffects } from '../../src/doctor/system/create-effects.ts'
import type { World } from '../../src/doctor/world.ts'
import { parseDotenv } from '../../src/secrets/dotenv.ts'
import { fakeContext } from '../helpers/context.ts'
import { refusedUrl, startUpstream } from '../helpers/upstream.ts'
import type { Handler, Received, Reply } from '../helpers/upstream.ts'

/** A key that no check minds. */
export const KEY = 'k-0123456789abcdefghij'

/** Somewhere nobody listens. */
export const NOWHERE: string = await refusedUrl()

export interface WorldOptions {
  /** Text of sage.yaml; the healthy one by default. null: there is none. */
  profile?: string | null
  /** `--profile`. */
  flag?: string
  /** Added to the environment; undefined takes away. */
  env?: Record<string, string | undefined>
  /** Files below the current directory (`../` leaves it), with their texts. */
  files?: Record<string, string>
  /** Files below the home directory. */
  home?: Record<string, string>
  /** Permission bits of files below the current directory. */
  modes?: Record<string, number>
  /** Answers of the provider; a healthy list of models by default. */
  provider?: Handler
  platform?: string
  nodeVersion?: string
  offline?: boolean
  timeoutMs?: number
  effects?: Partial<Omit<Effects, 'network'>>
  network?: Partial<Network>
  /** Certificate to trust, in PEM. */
  authority?: string
}

export interface TestWorld extends World {
  /** Base URL of the provider, without `/v1`. */
  url: string
  requests: readonly Received[]
}

/** A profile that uses the provider at this address, which needs the key. */
export function healthyProfile(url: string): string {
  return `version: 1
serve: { port: 45678 }
providers:
  main:
    kind: openai-compatible
    base_url: "${url}/v1"
    key: env:MAIN_KEY
    local: false
    models:
      small: { context: 100000 }
      large: { context: 200000 }
policies:
  auto:
    rules:
      - name: code
        when: { intent: code }
        prefer: [main/large, "main/*"]
`
}

/** A provider that lists two models to those who have the key. */
export function healthyProvider(request: Received): Reply {
  if (request.headers['authorization'] !== `Bearer ${KEY}`) {
    return { status: 401, json: { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } } }
  }
  return { json: { object: 'list', data: [{ id: 'small' }, { id: 'large' }] } }
}

/** Sets the world up; it is gone at the end of the test. `profile` may have `{url}` in it, the provider's address. */
export async function openWorld(t: TestContext, options: WorldOptions = {}): Promise<TestWorld> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sage-doctor-')))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const { url, requests, close } = await startUpstream(options.provider ?? healthyProvider)
  t.after(() => close())
  const [cwd, home] = [join(root, 'work'), join(root, 'home')]
  for (const folder of [cwd, home]) mkdirSync(folder)
  const profile = options.profile === undefined ? healthyProfile(url) : options.profile?.replaceAll('{url}', url)
  if (profile !== undefined) writeFile(join(cwd, 'sage.yaml'), profile)
  for (const [name, text] of Object.entries(options.files ?? {}))
    writeFile(join(cwd, name), text.replaceAll('{url}', url))
  for (const [name, text] of Object.entries(options.home ?? {})) writeFile(join(home, name), text)
  for (const [name, mode] of Object.entries(options.modes ?? {})) chmodSync(join(cwd, name), mode)
  const processEnv = { OLLAMA_HOST: NOWHERE, MAIN_KEY: KEY, PATH: process.env['PATH'], ...options.env }
  const dotenv = parseDotenv(options.files?.['.env'] ?? '')
  const env = { ...dotenv, ...withoutAbsent(processEnv) }
  const context = { ...fakeContext([], { cwd, home, env }), platform: options.platform ?? process.platform }
  const offline = options.offline === true
  // A busy machine must not make a step look slow.
  const real = createEffects({ env: process.env, now: () => Date.now(), mono: () => 0 }, options.authority)
  // No test depends on who else uses a port of this machine.
  const network = { ...real.network, tryListen: async () => undefined, ...options.network }
  const world = createWorld({
    effects: { ...real, ...options.effects, network },
    env,
    processEnv: withoutAbsent(processEnv),
    dotenv,
    cwd,
    home,
    platform: context.platform,
    nodeVersion: options.nodeVersion ?? '26.0.0',
    version: '0.0.0',
    profile: await examineProfile(context, options.flag, offline),
    offline,
    timeoutMs: options.timeoutMs ?? 15_000,
  })
  return { ...world, url, requests }
}

/** Runs all checks but the one that sends prompts, or only those named. */
export function runAll(world: World, only?: readonly CheckId[]): Promise<Finding[]> {
  const checks = CHECKS.filter(({ id, needs }) => (only === undefined ? needs !== 'live' : only.includes(id))).filter(
    ({ needs }) => needs === undefined || !world.offline,
  )
  return runChecks(checks, world, { deadlineMs: 20_000 })
}

/** `check code level` of everything that is not well, the way of it in the order of the report. */
export function troubles(findings: readonly Finding[]): string[] {
  return findings.filter(({ level }) => level !== 'ok').map(({ check, code, level }) => `${check} ${code} ${level}`)
}

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode: 0o600 })
}

function withoutAbsent(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
