import type { Decision } from '../policy/types.ts'
import type { AttemptRecord } from './types.ts'

/** What the headers of an answer tell, besides the decision. */
export interface AnswerFacts {
  id: string
  /** `provider/model` that answered; absent on an error. */
  target?: { provider: string; model: string }
  attempts: number
  /** The pinned target was replaced, as the profile's `pins` allow. */
  isFallback: boolean
  isSimulated: boolean
  dropped: readonly string[]
}

/** The `x-sage-*` headers of one answer, always ASCII. Names are part of the stable interface. */
export function sageHeaders(decision: Decision | undefined, facts: AnswerFacts): Record<string, string> {
  const headers: Record<string, string> = { 'x-sage-decision-id': facts.id }
  if (decision !== undefined) {
    headers['x-sage-policy'] = ascii(decision.policy === '' ? 'none' : decision.policy)
    headers['x-sage-intent'] = ascii(decision.intent.label)
    headers['x-sage-rule'] = ascii(decision.rule === '' ? 'none' : decision.rule)
  }
  headers['x-sage-attempts'] = String(facts.attempts)
  if (facts.target !== undefined) {
    headers['x-sage-model'] = ascii(`${facts.target.provider}/${facts.target.model}`)
    headers['x-sage-provider'] = ascii(facts.target.provider)
  }
  if (decision?.sticky === true) headers['x-sage-sticky'] = 'true'
  if (facts.isFallback && decision?.pin !== undefined) headers['x-sage-fallback-from'] = ascii(decision.pin)
  if (facts.isSimulated) headers['x-sage-simulated'] = 'true'
  if (facts.dropped.length > 0) headers['x-sage-dropped'] = ascii(facts.dropped.join(', ')).slice(0, 1000)
  return headers
}

/** Header values carry printable ASCII only; the rest is percent-encoded as UTF-8 (RFC 3986). */
export function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]+/gu, percentEncode)
}

function percentEncode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** `openai/gpt-5.5: rate_limit (429), anthropic/…: ok`: how it went, for messages and logs. */
export function describeAttempts(attempts: readonly AttemptRecord[]): string {
  return attempts
    .map(({ provider, model, outcome, status, message }) => {
      const why = status > 0 ? `${outcome} (${status})` : outcome
      return `${provider}/${model}: ${why}${message === undefined || message === '' ? '' : ` ${message.slice(0, 300)}`}`
    })
    .join('; ')
}
