import { readRecord, readRecords } from './read.ts'
import { readOpenAiEntry } from './openai-entry.ts'
import { AskError } from './types.ts'
import type { AskJson, ListedModel } from './types.ts'

/** A list, and the entries as they came for those who know more of the server. */
export interface OpenAiList {
  models: ListedModel[]
  entries: readonly Readonly<Record<string, unknown>>[]
}

/**
 * Lists the models of an OpenAI-style server: `<base>/models`, and when that does not exist the same with or without
 * `/v1`. No name is filtered. Source: https://platform.openai.com/docs/api-reference/models/list
 */
export async function listOpenAiModels(ask: AskJson, basePath: string): Promise<OpenAiList> {
  const [first, second] = [`${basePath}/models`, `${otherBase(basePath)}/models`]
  try {
    return readList(await ask('GET', first), first)
  } catch (error) {
    if (!(error instanceof AskError) || !isElsewhere(error)) throw error
    try {
      return readList(await ask('GET', second), second)
    } catch {
      throw error
    }
  }
}

function otherBase(basePath: string): string {
  return basePath.endsWith('/v1') ? basePath.slice(0, -'/v1'.length) : `${basePath}/v1`
}

/** A path that is not there: 404, 405, or the page that some servers show for anything. */
function isElsewhere({ kind, status }: AskError): boolean {
  return status === 404 || status === 405 || kind === 'bad_answer'
}

/** `{data: [...]}` as OpenAI has it; a bare list at some; `{models: [...]}` at others. */
function readList(body: unknown, from: string): OpenAiList {
  const { data, models } = readRecord(body)
  const list = [data, models, body].find((value) => Array.isArray(value))
  if (list === undefined) throw new AskError('bad_answer', `the answer to ${from} is no list of models`)
  const entries = readRecords(list)
  return { entries, models: entries.flatMap((entry) => readOpenAiEntry(entry, from) ?? []) }
}
