import type { Quirks } from '../dialects/quirks.ts'

interface Row {
  /** Host names of the provider that refuses, ends of them. */
  hosts: readonly string[]
  /** Names of its models, in lower case. */
  model: RegExp
  quirks: Quirks
}

const PENALTIES = ['presence_penalty', 'frequency_penalty']

/** What single models of a provider refuse with status 400, where the others take it. All rows that fit count. */
const ROWS: readonly Row[] = [
  // Reasoning models refuse penalties and stop sequences (https://docs.x.ai/docs/guides/reasoning).
  {
    hosts: ['x.ai'],
    model: /^grok-(?!.*non-reasoning)(?:3-mini|[4-9]|code)/,
    quirks: { drop_parameters: [...PENALTIES, 'stop'] },
  },
  // Few of them have an effort to choose ("does not support parameter reasoningEffort"; same page).
  {
    hosts: ['x.ai'],
    model: /^grok-(?:2|3(?!-mini)|4(?!\.(?:20-multi-agent|[3-9](?!\d)))|code)/,
    quirks: { reasoning_effort: false },
  },
  // "invalid temperature: only 1 is allowed for this model", top_p 0.95, no penalties
  // (https://platform.moonshot.ai/docs/guide/kimi-k2-5-quickstart).
  {
    hosts: ['moonshot.ai', 'moonshot.cn', 'kimi.com'],
    model: /^(?:kimi-)?(?:k2\.[5-9]|k[3-9]|for-coding)/,
    quirks: { drop_parameters: ['temperature', 'top_p', 'n', ...PENALTIES] },
  },
]

/**
 * A provider's quirks with those of one of its models. What the profile says of a flag stands; refused parameters add up.
 * `origin` is the provider's, e.g. `https://api.x.ai`.
 */
export function withModelQuirks(quirks: Quirks, origin: string, model: string): Quirks {
  const host = new URL(origin).hostname
  const name = model.toLowerCase().split('/').at(-1) ?? ''
  const rows = ROWS.filter(
    (row) => row.model.test(name) && row.hosts.some((end) => host === end || host.endsWith(`.${end}`)),
  )
  if (rows.length === 0) return quirks
  const dropped = [quirks, ...rows.map((row) => row.quirks)].flatMap((each) => each.drop_parameters ?? [])
  const flags: Quirks = Object.assign({}, ...rows.map((row) => row.quirks))
  return { ...flags, ...quirks, drop_parameters: [...new Set(dropped)] }
}
