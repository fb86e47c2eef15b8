// One client against sage: a scripted provider, a `sage serve` of its own, the client's template in an empty home.
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ClientResult } from '../../scripts/integrations/readme.ts'
import { renderSetup, renderText, valuesFor } from '../../src/init/render.ts'
import type { Rendered, Values } from '../../src/init/render.ts'
import type { Setup, Template, TemplateDialect } from '../../src/init/template.ts'
import { providerYaml } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import { startSage } from '../helpers/sage.ts'
import type { Serving } from '../helpers/sage.ts'
import { startUpstream } from '../helpers/upstream.ts'
import type { Upstream } from '../helpers/upstream.ts'
import { PROMPT, TASK } from './client.ts'
import type { Client } from './client.ts'
import { isDialectServed } from './dialect-served.ts'
import { binOf, CACHE, findNode, installClient, splitPackage } from './install.ts'
import { judge } from './judge.ts'
import { runProcess } from './run-process.ts'
import type { ProcessResult } from './run-process.ts'
import { scriptedProvider } from './scripted-provider.ts'

/** A client that runs longer than this hangs. In ms. */
const TIMEOUT = 150_000
/** What the client has to send as its key. */
const TOKEN = 'client-key-0123456789'

/** Installs and runs one client. Every failure is in the result; what was said is in .cache/clients/logs. */
export async function runClient(client: Client, templates: readonly Template[], kind: FakeKind): Promise<ClientResult> {
  const installed = await installClient(client)
  const node = await findNode(client.node ?? 20)
  const tools = { templates, kind, logs: join(CACHE, 'clients', 'logs', client.name) }
  if ('folder' in installed && 'path' in node) return runInstalled(client, { ...tools, ...installed, node })
  const reason = 'reason' in installed ? installed.reason : 'reason' in node ? node.reason : ''
  const { dialect } = setupOf(client, templates)
  return { ...factsOf(client, dialect, kind), node: process.versions.node, seconds: 0, result: 'not installed', reason }
}

export interface Tools {
  templates: readonly Template[]
  kind: FakeKind
  /** Where its packages are. */
  folder: string
  node: { path: string; version: string }
  /** Folder for what the client, sage and the provider said. */
  logs: string
}

/** Runs a client that is installed. */
export async function runInstalled(client: Client, tools: Tools): Promise<ClientResult> {
  const { templates, kind, folder, node, logs } = tools
  const setup = setupOf(client, templates)
  const dialect = client.dialect ?? setup.dialect
  const facts = { ...factsOf(client, dialect, kind), node: node.version }
  const place = createPlace()
  const upstream = await startUpstream(scriptedProvider(kind, place.note, place.notePath))
  let sage: Serving | undefined
  try {
    const profile = join(place.root, 'sage.yaml')
    writeFileSync(profile, profileText(kind, upstream.url))
    const args = ['serve', '--profile', profile, '--port', '0', '--json']
    sage = await startSage(args, { env: { TEST_KEY: 'upstream-key', SAGE_TOKEN: TOKEN } })
    if (!(await isDialectServed(sage.url, dialect, TOKEN)))
      return { ...facts, seconds: 0, result: 'dialect not served yet' }
    const values = valuesFor(sage.url, { model: 'sage/auto', api_key: TOKEN, context: 200_000 })
    const from = performance.now()
    const ran = await start(client, renderSetup(setup, values), { ...place, values, node: node.path, folder })
    const seconds = (performance.now() - from) / 1000
    keepLogs(logs, ran, sage, upstream)
    const seen = { ran, log: sage.output.stdout, upstream, note: place.note, dialect, answers: client.answers ?? 1 }
    return { ...facts, seconds, ...judge(seen) }
  } finally {
    await sage?.stop()
    await upstream.close()
    rmSync(place.root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A profile with the scripted provider. It demands a token, so a client that does not send its key gets nowhere. */
function profileText(kind: FakeKind, url: string): string {
  return `version: 1\nserve: { token: env:SAGE_TOKEN }\nproviders:\n${providerYaml('fake', kind, url)}`
}

function factsOf(
  client: Client,
  dialect: TemplateDialect,
  upstream: FakeKind,
): Pick<ClientResult, 'client' | 'template' | 'version' | 'dialect' | 'upstream'> {
  return { client: client.name, template: client.template, version: versionOf(client), dialect, upstream }
}

interface Place {
  root: string
  home: string
  project: string
  /** What the file says; random, so that nobody can guess it. */
  note: string
  notePath: string
}

function createPlace(): Place {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'sage-client-')))
  const home = join(root, 'home')
  const project = join(root, 'project')
  for (const folder of [home, project, join(root, 'tmp')]) mkdirSync(folder)
  const note = `proof-${randomBytes(8).toString('hex')}`
  const notePath = join(project, 'note.txt')
  writeFileSync(notePath, `${note}\n`)
  return { root, home, project, note, notePath }
}

interface Start extends Place {
  values: Values
  node: string
  folder: string
}

async function start(client: Client, rendered: Rendered, at: Start): Promise<ProcessResult> {
  for (const { path, content } of rendered.files) {
    writeDeep(path.startsWith('~/') ? join(at.home, path.slice(2)) : join(at.project, path), content)
  }
  for (const [path, content] of Object.entries(client.files ?? {})) writeDeep(join(at.home, path), content)
  const env = { ...baseEnv(at), ...client.env, ...rendered.env, SAGE_MODEL: at.values.model }
  const [command, ...args] = commandOf(client, at)
  return runProcess(command, args, { cwd: at.project, env, timeout: TIMEOUT })
}

function commandOf(client: Client, { folder, node, home, values }: Start): [string, ...string[]] {
  if ('script' in client.start) {
    // beside the packages, or its imports would not find them
    const script = join(folder, client.start.script)
    writeFileSync(script, readFileSync(join(import.meta.dirname, 'sdk', client.start.script)))
    return [node, script, TASK]
  }
  const args = client.start.args.map((arg) => {
    return arg === PROMPT ? TASK : renderText(arg.replace('{{home}}', home), values)
  })
  const bin = binOf(folder, splitPackage(client.packages[0]).name, client.start.bin)
  return isScript(bin) ? [node, bin, ...args] : [bin, ...args]
}

/** A script for Node, not a native program. */
function isScript(path: string): boolean {
  return /\.[cm]?js$/.test(path) || /^#!.*\bnode\b/.test(readFileSync(path).toString('latin1', 0, 80))
}

/** Nothing of the user's: no keys, no settings, no proxy. */
function baseEnv({ root, home, node }: Start): Record<string, string> {
  const inherited = ['PATH', 'SystemRoot', 'ComSpec', 'PATHEXT'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const { PATH: path = '', ...rest } = Object.fromEntries(inherited)
  const temporary = join(root, 'tmp')
  return {
    ...rest,
    PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${path}`,
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    TMPDIR: temporary,
    TEMP: temporary,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    NO_COLOR: '1',
    DO_NOT_TRACK: '1',
  }
}

function setupOf(client: Client, templates: readonly Template[]): Setup {
  const template = templates.find(({ name }) => name === client.template)
  if (template?.role !== 'client') throw new Error(`${client.name}: no template ${client.template}`)
  if (client.variant === undefined) return template
  const variant = template.variants.find(({ name }) => name === client.variant)
  if (variant === undefined) throw new Error(`${client.name}: no variant ${client.variant} of ${client.template}`)
  return variant
}

/** A program's version alone; of an SDK also its name. */
function versionOf({ packages: [first], start: how }: Client): string {
  const { name, version } = splitPackage(first)
  return 'script' in how ? `${name} ${version}` : version
}

function writeDeep(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

function keepLogs(folder: string, ran: ProcessResult, sage: Serving, upstream: Upstream): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'stdout.txt'), ran.stdout)
  writeFileSync(join(folder, 'stderr.txt'), ran.stderr)
  writeFileSync(join(folder, 'sage.jsonl'), sage.output.stdout)
  writeFileSync(join(folder, 'sage-stderr.txt'), sage.output.stderr)
  const requests = upstream.requests.map(({ method, path, json }) => ({ method, path, body: json }))
  writeFileSync(join(folder, 'upstream.json'), JSON.stringify(requests, null, 1))
}
