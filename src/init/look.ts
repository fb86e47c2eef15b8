// What is there to make a profile of: keys, servers, clients, settings of other programs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundModel, FoundProvider } from '../providers/generate-profile.ts'
import { KINDS } from '../providers/kinds.ts'
import { probeOllama } from '../providers/ollama/probe.ts'
import { PRESETS } from '../providers/presets.ts'
import { findClients } from './find-clients.ts'
import type { FoundClient, Machine } from './find-clients.ts'
import { findServers } from './find-servers.ts'
import type { ServerUrls } from './find-servers.ts'
import type { Template } from './template.ts'

export interface Surroundings {
  /** Names of variables that hold a key. */
  keys: string[]
  ollama: { baseUrl: string; models: FoundModel[] | undefined }
  servers: FoundProvider[]
  clients: FoundClient[]
  /** Settings of programs that have providers, by path. */
  configs: string[]
}

export interface LookOptions extends Machine {
  cwd: string
  templates: readonly Template[]
  /** Variables that may hold a key. */
  variables: readonly string[]
  ollamaUrl: string
  servers: ServerUrls
  /** Longest time for each server, in ms. */
  deadlineMs: number
}

/** Looks everywhere at once. */
export async function lookAround(options: LookOptions): Promise<Surroundings> {
  const { env, home, cwd, ollamaUrl, deadlineMs } = options
  const [models, servers] = await Promise.all([
    probeOllama(ollamaUrl, deadlineMs),
    findServers(options.servers, deadlineMs),
  ])
  const configs = [
    join(home, '.openclaw', 'openclaw.json'),
    join(home, '.claude-code-router', 'config.json'),
    join(cwd, 'litellm_config.yaml'),
    join(cwd, 'litellm-config.yaml'),
  ]
  return {
    keys: options.variables.filter((name) => (env[name] ?? '').trim() !== ''),
    ollama: { baseUrl: ollamaUrl, models },
    servers,
    clients: findClients(options.templates, options),
    configs: configs.filter((path) => existsSync(path)),
  }
}

/** Hosted providers that a profile can have, and the variable that usually holds the key of each. */
export const HOSTED: ReadonlyMap<string, string> = new Map(
  [...Object.entries(PRESETS), ...Object.entries(KINDS)].flatMap(([name, { keyVariable }]) =>
    keyVariable === undefined || name === 'ollama' ? [] : [[name, keyVariable] as const],
  ),
)
