// Logs for tests: random profiles with decisions under them, written and read back.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import fc from 'fast-check'
import { DecisionLog } from '../../src/commands/decision-log.ts'
import type { DecisionLogOptions, LoggedProfile } from '../../src/commands/decision-log.ts'
import { readDecisionLog } from '../../src/commands/read-decision-log.ts'
import type { LoggedDecision } from '../../src/commands/read-decision-log.ts'
import type { RequestEvent } from '../../src/gateway/types.ts'
import { decide } from '../../src/policy/decide.ts'
import type { DecisionInputs } from '../../src/policy/recheck.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { factsArbitrary, worldArbitrary } from '../policy/arbitraries.ts'

export const folder: string = mkdtempSync(join(tmpdir(), 'sage-log-'))
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
let files = 0

export function newPath(): string {
  return join(folder, `${files++}`, 'decisions.jsonl')
}

export function logged(text: string, redact: LoggedProfile['redact'] = (line) => line): LoggedProfile {
  const { profile, diagnostics } = parseProfile(text, 'sage.yaml')
  assert.ok(profile !== undefined, JSON.stringify(diagnostics))
  return { profile, text, redact }
}

export function openLog(
  path: string,
  given: string | LoggedProfile,
  more: Partial<DecisionLogOptions> = {},
): Promise<DecisionLog> {
  return DecisionLog.open({
    path,
    maxBytes: 1e9,
    keep: 2,
    prompts: false,
    version: '0.0.0',
    profile: typeof given === 'string' ? logged(given) : given,
    hashKey: randomBytes(32),
    wall: () => 1_750_000_000_000,
    mono: () => 0,
    warn: (message) => assert.fail(message),
    ...more,
  })
}

export async function readAll(path: string, warnings: string[] = []): Promise<LoggedDecision[]> {
  const all: LoggedDecision[] = []
  for await (const one of readDecisionLog(path, (message) => warnings.push(message))) all.push(one)
  return all
}

export function eventOf(id: string): RequestEvent {
  return {
    type: 'request',
    id,
    dialect: 'openai-chat',
    asked: '',
    stream: false,
    attempts: [
      { provider: 'openai', model: 'small', outcome: 'rate_limit', status: 429, message: 'you said pear', ms: 1 },
    ],
    status: 200,
    ending: 'complete',
    error: 'you said pear',
    ms: 12.345,
    dropped: [],
  }
}

// A profile as its author may have written it; JSON is YAML.
const glob = fc.constantFrom('*', 'ollama/*', 'openai/large', '*coder*', 'anthropic/*', '*/small')
const globs = fc.array(glob, { minLength: 1, maxLength: 2 })
const when = fc.record(
  {
    intent: fc.subarray(['code', 'simple', 'creative', 'translate', 'general'], { minLength: 1 }),
    tools: fc.boolean(),
    json: fc.boolean(),
    min_tokens: fc.constantFrom(1, 4000, 100_000),
    client: fc.constantFrom('codex*', 'curl*'),
    header: fc.constant({ 'X-Team': 'red*' }),
  },
  { requiredKeys: [] },
)
const rules = fc
  .array(fc.record({ when, prefer: globs, avoid: globs }, { requiredKeys: ['when', 'prefer'] }), { maxLength: 3 })
  .map((list) => list.map((rule, at) => ({ name: `rule ${at}`, ...rule })))
const policy = fc.record(
  {
    rules,
    ties: fc.constantFrom('order', 'spread'),
    max_attempts: fc.integer({ min: 1, max: 5 }),
    deny: globs,
    require: fc.record({ local: fc.boolean() }),
  },
  { requiredKeys: ['rules'] },
)
const facts = {
  small: null,
  large: { context: 131_072, price: { input: 1, output: 5 } },
  'qwen-coder': { context: 4096 },
}
const document = fc.record({
  version: fc.constant(1),
  providers: fc.constant({
    ollama: { kind: 'ollama', models: facts },
    openai: { kind: 'openai-compatible', base_url: 'http://127.0.0.1:9/v1', models: facts },
    anthropic: { kind: 'anthropic', key: 'env:K', models: facts },
  }),
  policies: fc.record({ auto: policy, local: policy, cheap: policy }, { requiredKeys: ['auto'] }),
})

/** A profile, and decisions under it. */
export interface Run {
  text: string
  inputs: DecisionInputs[]
}

export const run: fc.Arbitrary<Run> = document.chain((written) => {
  const text = JSON.stringify(written, null, 1)
  const { profile, diagnostics } = parseProfile(text, 'sage.yaml')
  assert.ok(profile !== undefined, JSON.stringify(diagnostics))
  const inputs = fc.record({ facts: factsArbitrary, world: worldArbitrary(profile) })
  return fc.record({
    text: fc.constant(text),
    inputs: fc
      .array(inputs, { minLength: 1, maxLength: 12 })
      .map((list) =>
        list.map((each): DecisionInputs => ({ profile, ...each, decision: decide(profile, each.facts, each.world) })),
      ),
  })
})
const [one] = fc.sample(run, { numRuns: 1, seed: 3 })
/** A profile with some decisions under it. */
export const sample: Run = one ?? assert.fail()
export const first: DecisionInputs = sample.inputs[0] ?? assert.fail()
