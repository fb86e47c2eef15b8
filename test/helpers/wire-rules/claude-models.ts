// What single generations of Claude refuse.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { wordOf, type Violations } from './violations.ts'

interface Claude {
  family: string
  /** 3.5, 4.5, 5 … */
  version: number
}

/** Reads `claude-opus-4-8`, `claude-haiku-4-5-20251001`, `claude-3-7-sonnet-latest`; undefined for other models. */
function readModel(model: string): Claude | undefined {
  const [, family = '', major = '', minor = '0'] = /claude-([a-z]+)-(\d+)(?:[-.](\d{1,2})(?!\d))?/.exec(model) ?? []
  if (family !== '') return { family, version: Number(`${major}.${minor}`) }
  const [, old = '', oldMinor = '0', oldFamily = ''] = /claude-(\d)(?:[-.](\d))?-([a-z]+)/.exec(model) ?? []
  return oldFamily === '' ? undefined : { family: oldFamily, version: Number(`${old}.${oldMinor}`) }
}

/**
 * Thinking, effort, sampling and forced tools by generation. Sources: platform.claude.com/docs/en/build-with-claude/
 * thinking-troubleshooting and …/en/api/errors, with the wording of the refusals.
 */
export function checkClaude(body: Json, found: Violations): void {
  const claude = readModel(textAt(body, 'model'))
  if (claude === undefined) return
  const { family, version } = claude
  const thinking = at(body, 'thinking', 'type')
  const effort = textAt(body, 'output_config', 'effort')
  const isFifth = family === 'fable' || family === 'mythos'
  if (version <= 4.5) {
    found.need(thinking !== 'adaptive', 'thinking.type', 'adaptive thinking is not supported on this model')
    const takesEffort = family === 'opus' && version === 4.5
    found.need(effort === '' || takesEffort, 'output_config.effort', 'this model does not support the effort parameter')
  }
  if (version >= 4.7) {
    found.need(thinking !== 'enabled', 'thinking.type', '"thinking.type.enabled" is not supported for this model')
    for (const [name, usual] of [
      ['temperature', 1],
      ['top_p', 1],
      ['top_k', undefined],
    ] as const) {
      found.need((body[name] ?? usual) === usual, name, `\`${name}\` is deprecated for this model`)
    }
    const last = list(body, 'messages').at(-1)
    found.need(last?.['role'] !== 'assistant', 'messages', 'this model does not support assistant message prefill')
  }
  const alwaysThinks = isFifth || (version >= 5.5 && (family === 'opus' || family === 'sonnet'))
  if (thinking === 'disabled') {
    found.need(!alwaysThinks, 'thinking.type', '"thinking.type.disabled" is not supported for this model')
    const isHigh = effort === 'xhigh' || effort === 'max'
    found.need(version < 5 || !isHigh, 'thinking.type', `thinking cannot be disabled at effort ${effort}`)
  }
  const refusesForce = (isFifth && version >= 5.1) || version >= 5.5
  const choice = wordOf(at(body, 'tool_choice', 'type'), 'auto')
  const isForced = choice === 'any' || choice === 'tool'
  found.need(!refusesForce || !isForced, 'tool_choice', 'type "tool" and "any" are not supported for this model')
}
