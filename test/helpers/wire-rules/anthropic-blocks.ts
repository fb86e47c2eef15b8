// The content blocks of Anthropic Messages. Each has its members: "Extra inputs are not permitted".
import { at, textAt } from '../grid-json.ts'
import { arrayAt, asObject, isBase64, type Violations } from './violations.ts'

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  text: ['type', 'text', 'cache_control', 'citations'],
  image: ['type', 'source', 'cache_control'],
  document: ['type', 'source', 'title', 'context', 'citations', 'cache_control'],
  tool_use: ['type', 'id', 'name', 'input', 'cache_control', 'caller'],
  tool_result: ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'],
  // These two cannot be marked for the cache.
  thinking: ['type', 'thinking', 'signature'],
  redacted_thinking: ['type', 'data'],
}
/** Blocks of the model; the others are the user's, but for text. */
const ASSISTANT: readonly string[] = ['tool_use', 'thinking', 'redacted_thinking']
const USER: readonly string[] = ['image', 'document', 'tool_result']
const IMAGES: readonly string[] = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']

/** A block of a turn. Blocks of types that are not listed, such as those of server tools, pass. */
export function checkBlock(block: unknown, role: string, path: string, found: Violations): void {
  const type = textAt(block, 'type')
  if (!found.need(type !== '', `${path}.type`, 'field required')) return
  if (MEMBERS[type] !== undefined) found.known(block, path, MEMBERS[type])
  found.need(!(role === 'user' ? ASSISTANT : USER).includes(type), path, `${type} blocks are not for ${role} turns`)
  const mark = at(block, 'cache_control')
  if (mark !== undefined && mark !== null) {
    found.need(at(mark, 'type') === 'ephemeral', `${path}.cache_control`, 'must be ephemeral')
  }
  CHECKS[type]?.(block, path, found)
}

type Check = (block: unknown, path: string, found: Violations) => void

const CHECKS: Readonly<Record<string, Check>> = {
  text: checkText,
  image: (block, path, found) => checkSource(at(block, 'source'), IMAGES, `${path}.source`, found),
  document: (block, path, found) => checkSource(at(block, 'source'), ['application/pdf'], `${path}.source`, found),
  tool_use: (block, path, found) => {
    found.need(/^[a-zA-Z0-9_-]+$/.test(textAt(block, 'id')), `${path}.id`, 'does not match ^[a-zA-Z0-9_-]+$')
    found.need(/^[a-zA-Z0-9_-]{1,200}$/.test(textAt(block, 'name')), `${path}.name`, 'does not match the pattern')
    found.need(asObject(at(block, 'input')) !== undefined, `${path}.input`, 'input should be a valid dictionary')
  },
  tool_result: (block, path, found) => {
    found.need(
      /^[a-zA-Z0-9_-]+$/.test(textAt(block, 'tool_use_id')),
      `${path}.tool_use_id`,
      'does not match the pattern',
    )
    const content = at(block, 'content')
    if (content === undefined || typeof content === 'string') return
    arrayAt(content)?.forEach((inner, n) => checkBlock(inner, 'user', `${path}.content[${n}]`, found))
  },
  // "Invalid `signature` in `thinking` block"
  thinking: (block, path, found) => {
    found.need(textAt(block, 'signature') !== '', `${path}.signature`, 'field required')
    found.need(typeof at(block, 'thinking') === 'string', `${path}.thinking`, 'field required')
  },
  redacted_thinking: (block, path, found) => {
    found.need(textAt(block, 'data') !== '', `${path}.data`, 'field required')
  },
}

/** "text content blocks must be non-empty", "… must contain non-whitespace text". */
export function checkText(block: unknown, path: string, found: Violations): void {
  found.need(
    textAt(block, 'text').trim() !== '',
    `${path}.text`,
    'text content blocks must contain non-whitespace text',
  )
}

function checkSource(source: unknown, types: readonly string[], path: string, found: Violations): void {
  switch (at(source, 'type')) {
    case 'base64': {
      const type = textAt(source, 'media_type')
      found.need(types.includes(type), `${path}.media_type`, `should be ${types.join(' or ')}, not ${type}`)
      found.need(isBase64(at(source, 'data')), `${path}.data`, 'invalid base64 data')
      return
    }
    case 'url':
      found.need(/^https?:\/\//.test(textAt(source, 'url')), `${path}.url`, 'is no URL')
      return
    case 'text':
    case 'content':
    case 'file':
      return
    default:
      found.add(`${path}.type`, 'unknown source')
  }
}
