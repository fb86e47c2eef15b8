import type { HealthSnapshot, TargetHealth } from '../health/types.ts'
import type { Decision, Facts } from '../policy/types.ts'
import type { Policy, Profile, Weights } from '../profile/types.ts'
import type { Question, State } from './state.ts'

/** One thing that might be different. With a range it is a number, and `apply` takes its value. */
export interface Perturbation {
  kind: 'health' | 'fact' | 'intent' | 'confidence' | 'words' | 'rule' | 'weight' | 'tokens' | 'latency'
  range?: { from: number; to: number; isWhole: boolean }
  apply(value: number): { state: State; question: Question }
  describe(value: number): string
  distance(value: number): number
}

/** Words of the evidence that are left out one at a time. */
const MOST_WORDS = 8
/** Latencies up to which one is looked for, in ms. */
const SLOW_MS = 60_000
/** Weights are tried up to this many times what they are, or up to the number itself when they are less than 1. */
const HEAVIEST = 20
/** A model that holds a million tokens is the largest there is; input is tried up to twice that. */
const MOST_TOKENS = 2_000_000

/** Everything that is tried, in a fixed order; what is cheap to try and to do comes first. */
export function perturbations(state: State, question: Question, decision: Decision): Perturbation[] {
  const policy = state.profile.policies.find(({ name }) => name === decision.policy)
  // What the request is recognised as depends on its words and on what it comes with: nothing else need be read again.
  const recognised = withFacts(question, { intent: decision.intent })
  return [
    ...onHealth(state, recognised, decision),
    ...onFacts(state, question, policy),
    ...onIntent(state, recognised, decision, policy),
    ...onWords(state, question, decision),
    ...onRule(state, recognised, decision, policy),
    ...onWeights(state, recognised, policy),
    ...onTokens(state, recognised),
    ...onLatency(state, recognised, decision, policy),
  ]
}

function onHealth(state: State, question: Question, { chain }: Decision): Perturbation[] {
  const [first] = chain
  if (first === undefined) return []
  const target = `${first.provider}/${first.model}`
  const open: TargetHealth = { state: 'open', failures: 3, retryAt: Infinity }
  const down = withTarget(question, target, open)
  const resting: Question = {
    ...question,
    health: { ...healthOf(question), providers: { ...healthOf(question).providers, [first.provider]: RESTING } },
  }
  return [
    fixed('health', `${target} fails (its breaker is open)`, 1, { state, question: down }),
    fixed('health', `provider ${first.provider} is out of service`, 1.5, { state, question: resting }),
  ]
}

const RESTING = { restingUntil: Infinity, reason: 'rate_limit' }

const TOGGLES: readonly [name: string, isOn: (facts: Facts) => boolean, set: (on: boolean) => Partial<Facts>][] = [
  ['tools', ({ tools }) => tools > 0, (on) => ({ tools: on ? 1 : 0 })],
  ['an image', ({ vision }) => vision, (on) => ({ vision: on, ...(on ? {} : { liveVision: false }) })],
  ['a document', ({ documents }) => documents, (on) => ({ documents: on })],
  ['a demand for JSON', ({ json }) => json !== 'none', (on) => ({ json: on ? 'object' : 'none' })],
  ['a wish for thinking', ({ thinking }) => thinking === 'on', (on) => ({ thinking: on ? 'on' : 'unset' })],
  ['streaming', ({ stream }) => stream, (on) => ({ stream: on })],
]

function onFacts(state: State, question: Question, policy: Policy | undefined): Perturbation[] {
  if (policy === undefined && question.facts.model === '') return []
  return TOGGLES.map(([name, isOn, set]) => {
    const on = isOn(question.facts)
    return fixed('fact', `the request ${on ? 'comes without' : 'comes with'} ${name}`, 1, {
      state,
      question: withFacts(question, set(!on)),
    })
  })
}

/** Labels that the rules of the policy ask for, and the confidence where one asks for that. */
function onIntent(state: State, question: Question, { intent }: Decision, policy?: Policy): Perturbation[] {
  const rules = policy?.rules ?? []
  const labels = [...new Set(rules.flatMap(({ when }) => when.intent ?? []))].filter((label) => label !== intent.label)
  const others = labels.map((label) =>
    fixed('intent', `it is recognised as ${label} instead of ${intent.label}`, 1, {
      state,
      question: withFacts(question, { intent: { ...intent, label } }),
    }),
  )
  if (rules.every(({ when }) => when.min_confidence === undefined)) return others
  const towards = (to: number): Perturbation => ({
    kind: 'confidence',
    range: { from: intent.confidence, to, isWhole: false },
    apply: (confidence) => ({ state, question: withFacts(question, { intent: { ...intent, confidence } }) }),
    describe: (value) => `confidence in ${intent.label}: ${intent.confidence.toFixed(2)} → ${number(value)}`,
    distance: (value) => Math.abs(value - intent.confidence),
  })
  return [...others, towards(1), towards(0)]
}

function onWords(state: State, question: Question, { intent }: Decision): Perturbation[] {
  const { facts } = question
  const spans = intent.evidence.filter(({ start, end }) => end > start && end - start < facts.turn.length)
  return spans.slice(0, MOST_WORDS).map(({ start, end }) => {
    const turn = facts.turn.slice(0, start) + facts.turn.slice(end)
    const { intent: _, ...rest } = facts
    const words = JSON.stringify(facts.turn.slice(start, end))
    return fixed('words', `the prompt has no ${words}`, 0.5, {
      state,
      question: { ...question, facts: { ...rest, turn } },
    })
  })
}

function onRule(state: State, question: Question, { rule }: Decision, policy?: Policy): Perturbation[] {
  if (policy === undefined || !policy.rules.some(({ name }) => name === rule)) return []
  const rules = policy.rules.filter(({ name }) => name !== rule)
  return [
    fixed('rule', `rule ${rule} of policy ${policy.name} is taken out`, 2, {
      state: withPolicy(state, { ...policy, rules }),
      question,
    }),
  ]
}

function onWeights(state: State, question: Question, policy: Policy | undefined): Perturbation[] {
  if (policy === undefined) return []
  return (Object.keys(policy.weights) as (keyof Weights)[]).flatMap((term) => {
    const weight = policy.weights[term]
    const towards = (to: number): Perturbation => ({
      kind: 'weight',
      range: { from: weight, to, isWhole: false },
      apply: (value) => ({
        state: withPolicy(state, { ...policy, weights: { ...policy.weights, [term]: value } }),
        question,
      }),
      describe: (value) => `weight ${term} of policy ${policy.name}: ${number(weight)} → ${number(value)}`,
      distance: (value) => Math.abs(value - weight) / Math.max(weight, 1),
    })
    return [towards(0), towards(Math.max(weight, 1) * HEAVIEST)]
  })
}

function onTokens(state: State, question: Question): Perturbation[] {
  const { inputTokens } = question.facts
  return [0, MOST_TOKENS].map((to) => ({
    kind: 'tokens',
    range: { from: inputTokens, to, isWhole: true },
    apply: (value) => ({ state, question: withFacts(question, { inputTokens: value }) }),
    describe: (value) => `input tokens: ${inputTokens} → ${value}`,
    distance: (value) => Math.abs(Math.log((value + 1000) / (inputTokens + 1000))),
  }))
}

function onLatency(state: State, question: Question, { chain }: Decision, policy?: Policy): Perturbation[] {
  const [first] = chain
  if (first === undefined || policy === undefined || policy.weights.latency === 0) return []
  const target = `${first.provider}/${first.model}`
  const known = question.health?.targets[target] ?? state.health.targets[target]
  return [
    {
      kind: 'latency',
      range: { from: known?.latencyMs ?? 0, to: SLOW_MS, isWhole: true },
      apply: (latencyMs) => ({
        state,
        question: withTarget(question, target, { ...(known ?? { state: 'closed', failures: 0 }), latencyMs }),
      }),
      describe: (value) => `${target} takes ${value} ms to the first text`,
      distance: (value) => Math.abs(Math.log((value + 1000) / ((known?.latencyMs ?? 0) + 1000))),
    },
  ]
}

function fixed(
  kind: Perturbation['kind'],
  text: string,
  distance: number,
  perturbed: { state: State; question: Question },
): Perturbation {
  return { kind, apply: () => perturbed, describe: () => text, distance: () => distance }
}

function withFacts(question: Question, facts: Partial<Facts>): Question {
  return { ...question, facts: { ...question.facts, ...facts } }
}

function withPolicy(state: State, changed: Policy): State {
  const policies = state.profile.policies.map((policy) => (policy.name === changed.name ? changed : policy))
  const profile: Profile = { ...state.profile, policies }
  return { ...state, profile }
}

function withTarget(question: Question, target: string, health: TargetHealth): Question {
  const known = healthOf(question)
  return { ...question, health: { ...known, targets: { ...known.targets, [target]: health } } }
}

function healthOf({ health }: Question): HealthSnapshot {
  return health ?? { targets: {}, providers: {} }
}

function number(value: number): string {
  return String(Number(value.toPrecision(4)))
}
