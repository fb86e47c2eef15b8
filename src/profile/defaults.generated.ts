// Generated from schemas/profile.schema.json by `npm run generate`. Do not edit.

export const SERVE_DEFAULTS = {
  host: '127.0.0.1',
  port: 8790,
  max_body_mb: 32,
  refresh: true,
  reload: true,
  drain_ms: 30000,
  state: true,
} as const

export const DECISIONLOG_DEFAULTS = {
  prompts: false,
  max_mb: 32,
  keep: 3,
} as const

export const POLICY_DEFAULTS = {
  ties: 'order',
  tie_margin: 0.25,
  max_attempts: 3,
  retry_wait_ms: 2000,
  rescue: 'off',
} as const

export const WEIGHTS_DEFAULTS = {
  order: 10,
  avoid: 100,
  health: 3,
  latency: 1,
  price: 1,
  locality: 1,
  context: 0,
  capability: 1,
  cache: 15,
} as const

export const AFFINITY_DEFAULTS = {
  min_confidence: 0.6,
} as const
