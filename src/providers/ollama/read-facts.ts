// What Ollama's documents say of a model, in Ollama's own words.
// Source: ollama/ollama, api/types.go (ListResponse, ShowResponse) and types/model/capability.go.
import { isRecord } from '../../lib/is-record.ts'

export interface Facts {
  /** Ollama's names; a list that is there is complete. */
  capabilities?: string[]
  capabilitiesFrom?: string
  /** Context window, in tokens. */
  context?: number
  contextFrom?: string
  /** Where the server says that it hands prompts on; absent when it does not. */
  remoteFrom?: string
}

/** The models of GET /api/tags. Throws when the answer is no list. */
export function readTags(body: unknown): { id: string; facts: Facts }[] {
  if (!isRecord(body) || !('models' in body)) throw new Error('the answer of /api/tags is not a list of models')
  const models = Array.isArray(body['models']) ? body['models'] : []
  return models.filter(isRecord).flatMap((entry) => {
    const id = entry['name'] ?? entry['model']
    const details = isRecord(entry['details']) ? entry['details'] : {}
    return isName(id) ? [{ id, facts: readFacts(entry, details['context_length'], '/api/tags') }] : []
  })
}

/** Names of the models that GET /api/ps says are in memory. */
export function readLoaded(body: unknown): Set<string> {
  const models = isRecord(body) && Array.isArray(body['models']) ? body['models'].filter(isRecord) : []
  return new Set(models.map((entry) => entry['name'] ?? entry['model']).filter(isName))
}

/** The answer of POST /api/show. */
export function readShow(body: unknown): Facts {
  const shown = isRecord(body) ? body : {}
  const info = isRecord(shown['model_info']) ? shown['model_info'] : {}
  const architecture = String(info['general.architecture'])
  const facts = readFacts(shown, info[`${architecture}.context_length`], '/api/show')
  const limit =
    typeof shown['parameters'] === 'string' ? /^num_ctx\s+(\d+)\s*$/m.exec(shown['parameters'])?.[1] : undefined
  if (limit !== undefined) {
    facts.context = Math.min(facts.context ?? Number(limit), Number(limit))
    facts.contextFrom = '/api/show'
  }
  // Servers that do not list capabilities yet: a pooling type is what makes a model an embedding model.
  if (facts.capabilities === undefined && `${architecture}.pooling_type` in info) {
    facts.capabilities = ['embedding']
    facts.capabilitiesFrom = '/api/show'
  }
  return facts
}

function readFacts(document: Record<string, unknown>, context: unknown, from: string): Facts {
  const { capabilities, remote_host: host, remote_model: model } = document
  const named = Array.isArray(capabilities) ? capabilities.filter(isName) : []
  return {
    ...(named.length > 0 && { capabilities: named, capabilitiesFrom: from }),
    ...(typeof context === 'number' && context > 0 && { context, contextFrom: from }),
    ...((isName(host) || isName(model)) && { remoteFrom: from }),
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
