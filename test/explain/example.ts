import type { Explained } from '../../src/explain/explained.ts'
import type { Candidate, Facts } from '../../src/policy/types.ts'

const TURN =
  'Please look at the stack trace below, then fix the failing test in src/cart.ts and explain what was wrong.'

const FACTS: Facts = {
  dialect: 'anthropic-messages',
  client: 'agent/1.0',
  headers: {},
  model: 'sage/auto',
  stream: true,
  turn: TURN,
  previousTurn: '',
  firstTurn: TURN,
  system: '',
  inToolLoop: false,
  tools: 3,
  toolForced: false,
  toolsBytes: 900,
  vision: false,
  liveVision: false,
  documents: false,
  json: 'none',
  thinking: 'unset',
  inputTokens: 1234,
  maxOutputTokens: 0,
  session: '',
}

function denied(model: string): Candidate {
  return { provider: 'openai', model, via: 'sage/auto', kept: false, reason: 'denied', score: 0, terms: [] }
}

/** A decision with something of everything. */
export const decided: Explained = {
  id: '0123456789abcdef',
  facts: FACTS,
  decision: {
    policy: 'auto',
    rule: 'code',
    ruleSource: { file: 'sage.yaml', line: 31, column: 9 },
    intent: {
      label: 'code',
      confidence: 0.8333333333,
      evidence: [
        { label: 'code', cue: 'stack-trace', weight: 3, start: 19, end: 30 },
        { label: 'code', cue: 'fix-verb', weight: 1.5, start: 43, end: 46 },
        { label: 'simple', cue: 'short', weight: -0.5, start: 0, end: 6 },
        { label: 'tools', cue: 'offered-tools', weight: 1, start: 0, end: 0 },
      ],
    },
    pinned: [],
    sticky: true,
    maxAttempts: 3,
    chain: [
      { provider: 'anthropic', model: 'claude-sonnet-4-5' },
      { provider: 'local', model: 'qwen3-coder:30b' },
    ],
    candidates: [
      {
        provider: 'anthropic',
        model: 'claude-sonnet-4-5',
        kept: true,
        score: 0.1 + 0.2,
        terms: [
          { term: 'order', value: 0, weight: 10, points: 0 },
          { term: 'price', value: 0.3, weight: 1, points: 0.1 + 0.2 },
        ],
      },
      {
        provider: 'local',
        model: 'qwen3-coder:30b',
        kept: true,
        score: -9,
        terms: [
          { term: 'order', value: -1, weight: 10, points: -10 },
          { term: 'locality', value: 1, weight: 1, points: 1 },
        ],
        detail: 'context window unknown',
      },
      {
        provider: 'local',
        model: 'tiny:1b',
        kept: false,
        reason: 'no_tools',
        detail: 'the request offers 3 tools, and this model is known not to call any of them',
        score: 0,
        terms: [],
      },
      ...Array.from({ length: 7 }, (_, at) => denied(`gpt-${at}`)),
    ],
    notes: ['sticky: anthropic/claude-sonnet-4-5 keeps the session'],
  },
}

/** A decision without a target. */
export const refused: Explained = {
  id: 'fedcba9876543210',
  facts: { ...FACTS, model: 'sage/cheep', dialect: 'openai-chat', stream: false, tools: 0, client: '' },
  decision: {
    policy: '',
    rule: '',
    intent: { label: 'chat', confidence: 0, evidence: [] },
    pinned: [],
    sticky: false,
    maxAttempts: 0,
    chain: [],
    candidates: [],
    notes: [],
    error: { code: 'unknown_model', message: 'no policy is called cheep', near: ['sage/cheap'] },
  },
}
