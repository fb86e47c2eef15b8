import { readRecord, readRecords, readText, readTexts, readTokens, said } from './read.ts'
import { AskError } from './types.ts'
import type { AskJson, ListedModel } from './types.ts'

/** Pages asked at most: 1000 models each, so more means that the server goes round in circles. */
const MAX_PAGES = 20

/**
 * Lists Gemini's models, page by page.
 * Source: https://ai.google.dev/api/models#method:-models.list (`pageSize` up to 1000, `pageToken`, `nextPageToken`).
 */
export async function listGeminiModels(ask: AskJson, basePath: string): Promise<ListedModel[]> {
  const path = `${basePath}/v1beta/models`
  const models: ListedModel[] = []
  let token: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const cursor = token === undefined ? '' : `&pageToken=${encodeURIComponent(token)}`
    const body = readRecord(await ask('GET', `${path}?pageSize=1000${cursor}`))
    if (page === 0 && !Array.isArray(body['models'])) {
      throw new AskError('bad_answer', `the answer to ${path} is no list of models`)
    }
    models.push(...readRecords(body['models']).flatMap((entry) => readEntry(entry, path) ?? []))
    const next = readText(body['nextPageToken'])
    if (next === undefined || next === token) return models
    token = next
  }
  throw new AskError('bad_answer', `${path} has no last page`)
}

function readEntry(entry: Record<string, unknown>, from: string): ListedModel | undefined {
  const id = readText(entry['name'])?.replace(/^models\//, '')
  if (id === undefined) return undefined
  const methods = readTexts(entry['supportedGenerationMethods'])
  const { thinking } = entry
  return {
    id,
    // A yes says little: models that draw or speak are called by generateContent too.
    ...said('chat', methods?.includes('generateContent') === false ? false : undefined, from),
    ...said('capabilities', typeof thinking === 'boolean' ? { thinking } : undefined, from),
    ...said('context', readTokens(entry['inputTokenLimit']), from),
    ...said('output', readTokens(entry['outputTokenLimit']), from),
  }
}
