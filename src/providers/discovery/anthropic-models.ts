import type { Capability } from '../../profile/types.ts'
import { readRecord, readRecords, readText, readTokens, said } from './read.ts'
import { AskError } from './types.ts'
import type { AskJson, ListedModel } from './types.ts'

/** Pages asked at most: 1000 models each, so more means that the server goes round in circles. */
const MAX_PAGES = 20

/** Anthropic's names for what we know as capabilities. */
const CAPABILITIES: readonly [theirs: string, ours: Capability][] = [
  ['image_input', 'vision'],
  ['pdf_input', 'documents'],
  ['thinking', 'thinking'],
]

/**
 * Lists Anthropic's models, page by page; retired ones are left out.
 * Source: https://platform.claude.com/docs/en/api/models/list (`after_id`, `has_more`, `last_id`, `capabilities`).
 */
export async function listAnthropicModels(ask: AskJson, basePath: string): Promise<ListedModel[]> {
  const path = `${basePath}/v1/models`
  const models: ListedModel[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const cursor = after === undefined ? '' : `&after_id=${encodeURIComponent(after)}`
    const body = readRecord(await ask('GET', `${path}?limit=1000${cursor}`))
    if (!Array.isArray(body['data'])) throw new AskError('bad_answer', `the answer to ${path} is no list of models`)
    models.push(...readRecords(body['data']).flatMap((entry) => readEntry(entry, path) ?? []))
    const last = readText(body['last_id'])
    if (body['has_more'] !== true || last === undefined || last === after) return models
    after = last
  }
  throw new AskError('bad_answer', `${path} has no last page`)
}

function readEntry(entry: Record<string, unknown>, from: string): ListedModel | undefined {
  const id = readText(entry['id'])
  if (id === undefined || entry['lifecycle'] === 'retired') return undefined
  return {
    id,
    ...said('capabilities', readCapabilities(readRecord(entry['capabilities'])), from),
    ...said('context', readTokens(entry['max_input_tokens']), from),
    ...said('output', readTokens(entry['max_tokens']), from),
  }
}

function readCapabilities(given: Record<string, unknown>): Partial<Record<Capability, boolean>> | undefined {
  const found = CAPABILITIES.flatMap(([theirs, ours]) => {
    const { supported } = readRecord(given[theirs])
    return typeof supported === 'boolean' ? [[ours, supported] as const] : []
  })
  // Older models answer in JSON without `structured_outputs` too, so only a yes says something.
  const json = readRecord(given['structured_outputs'])['supported'] === true ? [['json', true] as const] : []
  return found.length + json.length === 0 ? undefined : Object.fromEntries([...found, ...json])
}
