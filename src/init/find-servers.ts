import { parseProfile } from '../profile/parse.ts'
import type { Capability } from '../profile/types.ts'
import { askProviders, providersToAsk } from '../providers/discovery/ask-providers.ts'
import type { FoundModel, FoundProvider } from '../providers/generate-profile.ts'
import { PRESETS } from '../providers/presets.ts'
import { resolveProviders } from '../providers/resolve.ts'
import { createHttpTransport } from '../providers/transport/http.ts'
import type { ReportedModel } from '../catalog/lock/types.ts'

/** Base URLs of servers to look for, by the name of their preset. */
export type ServerUrls = Readonly<Record<string, string>>

/** Servers of models that people run themselves, at their usual addresses. Ollama is looked for apart. */
export const USUAL_SERVERS: ServerUrls = Object.fromEntries(
  (['lmstudio', 'llamacpp', 'vllm'] as const).map((name) => [name, PRESETS[name].baseUrl]),
)

/** Asks the servers for their models, all at once. Those that do not answer within `deadlineMs` are not there. */
export async function findServers(urls: ServerUrls, deadlineMs: number): Promise<FoundProvider[]> {
  if (Object.keys(urls).length === 0) return []
  const providers = Object.fromEntries(
    Object.entries(urls).map(([preset, url]) => [preset, { kind: 'openai-compatible', preset, base_url: url }]),
  )
  const { profile } = parseProfile(JSON.stringify({ version: 1, providers }), '(servers)')
  if (profile === undefined) throw new TypeError('the addresses of servers are not sound')
  const transport = createHttpTransport()
  try {
    const asked = providersToAsk(
      profile,
      resolveProviders(profile, () => undefined),
    )
    const answers = await askProviders(asked, { send: transport.send, deadlineMs })
    return answers.flatMap(({ report }) =>
      report === undefined ? [] : [toFound(report.provider, urls, report.models)],
    )
  } finally {
    await transport.close()
  }
}

function toFound(name: string, urls: ServerUrls, models: readonly ReportedModel[]): FoundProvider {
  const preset = PRESETS[name as keyof typeof PRESETS]
  const settings = ['kind: openai-compatible', `preset: ${name}`]
  if (urls[name] !== preset.baseUrl) settings.push(`base_url: ${JSON.stringify(urls[name])}`)
  return { name, title: preset.title, settings, local: true, models: models.filter(isForChat).map(toModel) }
}

function isForChat({ chat }: ReportedModel): boolean {
  return chat?.value !== false
}

/** A server that tells only of some abilities leaves the others open, and a list in a profile would deny them. */
function toModel({ id, context, capabilities }: ReportedModel): Omit<FoundModel, 'remote'> {
  const able = Object.entries(capabilities?.value ?? {}).flatMap(([name, has]) =>
    has === true ? [name as Capability] : [],
  )
  const isTold = capabilities?.value.tools !== undefined
  return {
    id,
    ...(context !== undefined && { context: context.value }),
    ...(isTold && { capabilities: [...new Set<Capability>([...able, 'json'])] }),
  }
}
