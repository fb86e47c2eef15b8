import { join } from 'node:path'
import { isLoopbackHost } from '../../lib/loopback.ts'
import type { Serve } from '../../profile/types.ts'
import type { Check } from '../check.ts'
import { readBaseUrls } from '../client-config.ts'
import { CLIENTS } from '../data/clients.ts'
import type { ClientSpec } from '../data/clients.ts'
import { info, ok, warning } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { reachableHost } from '../reachable-host.ts'
import { setVariable } from '../shell.ts'
import type { World } from '../world.ts'

/** A base URL that a client has, and where. */
interface Setting {
  /** Variable, or path of the file. */
  place: string
  isVariable: boolean
  url: string
}

export const clients: Check = {
  id: 'clients',
  title: 'clients that do not go through sage',
  run: async (world) => {
    const serve = world.profile.profile?.serve
    if (serve === undefined) return []
    const found = await Promise.all(CLIENTS.map((client) => judge(world, client, serve)))
    return found.flat()
  },
}

async function judge(world: World, client: ClientSpec, serve: Serve): Promise<Observation[]> {
  const { settings, installed, broken } = await readSettings(world, client)
  const [first] = settings
  const wanted = rightUrl(client, serve)
  if (first === undefined) {
    const unreadable = broken.map((path) => {
      const means = `where ${client.title} sends its requests is not known`
      return warning('client-unreadable', `${path} cannot be understood`, { means, fix: 'correct its syntax' })
    })
    if (!installed || unreadable.length > 0) return unreadable
    const means = 'its requests go to its own provider, past sage and its policy'
    const fix = `set its base URL to ${wanted} (docs/integrations/${client.id}.md)`
    return [info('client-past-sage', `${client.title} is here and not set up for sage`, { means, fix })]
  }
  const [right, wrong] = [
    settings.filter(({ url }) => leadsTo(url, serve)),
    settings.filter(({ url }) => !leadsTo(url, serve)),
  ]
  const doubled = client.endsInV1 ? [] : right.filter(({ url }) => hasV1(url))
  // A file may name several servers to choose from: one that is sage is enough. A variable leaves no choice.
  const isChoice = right.length > 0 && wrong.every(({ isVariable }) => !isVariable)
  const found = [
    ...doubled.map((setting) => wrongPath(world, client, setting, wanted)),
    ...(isChoice ? [] : wrong.map((setting) => elsewhere(world, client, setting, wanted))),
  ]
  return found.length > 0 ? found : [ok('client-ok', `${client.title} goes through sage (${first.place})`)]
}

async function readSettings(
  { processEnv, home, cwd, effects }: World,
  { variables, files }: ClientSpec,
): Promise<{ settings: Setting[]; installed: boolean; broken: string[] }> {
  const settings: Setting[] = variables.flatMap((name) => {
    const url = (processEnv[name] ?? '').trim()
    return url === '' ? [] : [{ place: name, isVariable: true, url }]
  })
  const broken: string[] = []
  let installed = false
  for (const file of files) {
    const path = join(file.project === true ? cwd : home, ...file.path.split('/'))
    const text = await effects.files.read(path)
    if (text === undefined) continue
    // A project's settings may be those of other people.
    installed ||= file.project !== true
    const urls = readBaseUrls(text, file)
    if (urls === undefined) broken.push(path)
    settings.push(...(urls ?? []).map((url) => ({ place: path, isVariable: false, url })))
  }
  return { settings, installed, broken }
}

function rightUrl({ endsInV1 }: ClientSpec, { host, port }: Serve): string {
  return `http://${reachableHost(host)}:${port}${endsInV1 ? '/v1' : ''}`
}

function leadsTo(url: string, { host, port }: Serve): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, port: given, protocol } = new URL(url)
  const isSame = hostname === host || hostname === reachableHost(host) || isLoopbackHost(hostname)
  return protocol === 'http:' && isSame && Number(given === '' ? 80 : given) === port
}

function hasV1(url: string): boolean {
  return /\/v1(?:beta)?\/?$/.test(url)
}

function wrongPath(world: World, client: ClientSpec, setting: Setting, right: string): Observation {
  const means = 'it adds /v1 itself, so every request asks for /v1/v1/… and gets status 404'
  const message = `${client.title}: ${setting.place} ends in /v1, and must not`
  return warning('client-wrong-path', message, { means, fix: howToSet(world, setting, right) })
}

/** Another port of this machine was probably meant to be sage; another host may be what its user wants. */
function elsewhere(world: World, client: ClientSpec, setting: Setting, right: string): Observation {
  const { place, url } = setting
  const fix = howToSet(world, setting, right)
  if (!URL.canParse(url)) {
    const means = `${client.title} cannot call anything there`
    return warning('client-no-url', `${client.title}: ${place} is no URL`, { means, fix })
  }
  const { host, hostname } = new URL(url)
  const message = `${client.title}: ${place} points to ${host}, not to sage`
  if (!isLoopbackHost(hostname)) {
    return info('client-elsewhere', message, { means: 'its requests go there, past sage and its policy', fix })
  }
  const means = 'sage does not listen there; its requests fail, or go to another program'
  return warning('client-wrong-port', message, { means, fix })
}

function howToSet({ platform }: World, { place, isVariable }: Setting, right: string): string {
  return isVariable ? setVariable(place, right, platform) : `write ${right} into ${place}`
}
