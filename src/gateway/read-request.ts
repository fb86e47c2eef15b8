import type { ChatRequest } from '../chat/request.ts'
import { BadRequest } from '../dialects/types.ts'
import type { ClientDialect, FactReader } from '../dialects/types.ts'
import { JsonOutline, JsonSyntaxError } from '../lib/json-outline.ts'
import { createFacts } from '../policy/facts.ts'
import type { Facts } from '../policy/types.ts'
import type { Incoming } from './types.ts'

/**
 * A client's request: its bytes, its facts, and its canonical form decoded at most once, when a translation needs it. Only
 * what asks providers looks at more than the dialect.
 */
export interface RequestBody {
  dialect: ClientDialect
  outline: JsonOutline
  headers: Readonly<Record<string, string>>
  facts: Facts
  /** Throws `BadRequest`. */
  canonical(): ChatRequest
  /** Lets go of the bytes and of what was read of them: no other target will be asked. */
  forget(): void
  /** The canonical form says more than the bytes: they are never passed on. */
  isRewritten?: true
}

/** Reads a request without parsing all of it. Throws `JsonSyntaxError` or `BadRequest`. */
export function readRequest(incoming: Incoming, outline: JsonOutline = new JsonOutline(incoming.body)): RequestBody {
  const { dialect, headers, hints, release } = incoming
  const facts = readFacts(incoming, outline)
  let decoded: ChatRequest | undefined
  const request: RequestBody = {
    dialect,
    outline,
    headers,
    facts,
    canonical: () => (decoded ??= dialect.decodeRequest(parseBody(request.outline), hints)),
    forget: () => {
      decoded = undefined
      request.outline = NOTHING
      release?.()
    },
  }
  return request
}

const NOTHING = new JsonOutline(Buffer.from('{}'))

/** The facts of a request, for which its dialect's codecs are not needed. Throws as `readRequest` does. */
export function readFacts(
  { dialect, headers, hints }: Pick<Incoming, 'headers' | 'hints'> & { dialect: FactReader },
  outline: JsonOutline,
): Facts {
  const own = { sage: outline.value('sage'), metadata: outline.value('metadata') }
  return createFacts(dialect.readFacts(outline, hints), { dialect: dialect.id, headers, ...own })
}

function parseBody(outline: JsonOutline): Record<string, unknown> {
  try {
    return JSON.parse(outline.bytes.toString('utf8')) as Record<string, unknown>
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : 'invalid JSON')
  }
}

/** True for the errors that mean: the client sent something that is not a request. */
export function isClientMistake(error: unknown): error is JsonSyntaxError | BadRequest {
  return error instanceof JsonSyntaxError || error instanceof BadRequest
}
