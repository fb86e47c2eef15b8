import type { Tier } from '../../catalog/data/defaults.ts'
import type { ModelDraft } from './candidates.ts'

/** One policy of the new profile. Comments go above the line they explain. */
export interface PolicyDraft {
  name: string
  description: string
  /** Lines between description and rules, without indentation. */
  settings: string[]
  rules: RuleDraft[]
}

export interface RuleDraft {
  name: string
  comment: string
  /** Value of `when`, in YAML; '' when the rule always applies. */
  when: string
  prefer: string[]
}

/** Longest list worth reading; models that stand in none of them are tried afterwards. */
const LIST_LIMIT = 6

/** What a rule for them is about. */
const HARD = 'Proofs, plans, comparisons, root causes.'

/** Policies over the models, each with candidates. `local-only` is there when a model is local. */
export function draftPolicies(models: readonly ModelDraft[]): PolicyDraft[] {
  const local = models.filter((model) => model.local)
  const best = order(models, ['best', 'good', 'fast'], (model) => model.thinking)
  const fast = order(models, ['fast', 'good', 'best'])
  const everyday = order(models, ['good', 'best', 'fast'])
  const code = order(models, ['best', 'good', 'fast'], (model) => model.coder)
  const writing = order(models, ['best', 'good', 'fast'], (model) => !model.coder)
  const cheap = order(models, ['fast', 'good', 'best'], (model) => model.local)
  const localFirst = [...order(local, ['good', 'fast', 'best']), ...everyday.filter((model) => !model.local)]

  const pictures = (from: readonly ModelDraft[]): RuleDraft[] => {
    const able = from.filter((model) => model.vision)
    const comment = 'Somewhere in the conversation is an image: only models that can see are candidates anyway.'
    return able.length === 0 ? [] : [rule('pictures', comment, '{ vision: true }', able)]
  }
  const otherwise = (from: readonly ModelDraft[]): RuleDraft =>
    rule('anything else', 'Without `when` a rule always applies, so it comes last.', '', from)

  const errands = rule(
    'side calls',
    'Titles, topic checks, summaries and the like, which agents ask for in between.',
    '{ errand: true }',
    cheap,
  )
  return [
    {
      name: 'auto',
      description: 'The right model for each kind of work',
      settings: [],
      rules: [
        errands,
        ...pictures(everyday),
        rule('code', 'Programming, and turns that call for tools.', '{ intent: [code, tools] }', code),
        rule('hard questions', HARD, '{ intent: reasoning }', best),
        rule('writing', 'Stories, letters, texts with a voice.', '{ intent: creative }', writing),
        rule(
          'quick work',
          'Small talk, translations, summaries.',
          `{ intent: [simple, translate, summarize_extract] }`,
          fast,
        ),
        otherwise(everyday),
      ],
    },
    {
      name: 'fast',
      description: 'The quickest answer',
      settings: [
        '# With this weight a measured delay can overturn the order below, one place at a time.',
        'weights: { latency: 12 }',
      ],
      rules: [...pictures(fast), otherwise(fast)],
    },
    {
      name: 'balanced',
      description: 'Good answers at a fair price',
      settings: [
        '# With this weight a low price can overturn the order below, one place at a time.',
        'weights: { price: 12 }',
      ],
      rules: [
        errands,
        ...pictures(everyday),
        rule('hard questions', HARD, '{ intent: reasoning, min_confidence: 0.6 }', best),
        otherwise(everyday),
      ],
    },
    {
      name: 'best',
      description: 'The best answer',
      settings: [],
      rules: [errands, ...pictures(best), otherwise(best)],
    },
    {
      name: 'coding',
      description: 'For coding agents',
      settings: [],
      rules: [errands, ...pictures(best), otherwise(code)],
    },
    {
      name: 'local-first',
      description: 'Models of your own first, others when they cannot',
      settings: [
        '# More points than any place in a list: local models always come first.',
        'weights: { locality: 1000 }',
      ],
      rules: [...pictures(localFirst), otherwise(localFirst)],
    },
    ...(local.length === 0 ? [] : [draftLocalOnly(local, pictures, otherwise)]),
  ]
}

function draftLocalOnly(
  local: readonly ModelDraft[],
  pictures: (from: readonly ModelDraft[]) => RuleDraft[],
  otherwise: (from: readonly ModelDraft[]) => RuleDraft,
): PolicyDraft {
  const code = order(local, ['good', 'best', 'fast'], (model) => model.coder)
  const rules = [
    ...pictures(local),
    rule('code', 'Programming, and turns that call for tools.', '{ intent: [code, tools] }', code),
    otherwise(order(local, ['good', 'fast', 'best'])),
  ]
  return {
    name: 'local-only',
    description: 'Prompts never leave this machine and its network',
    settings: [
      '# A requirement, not a preference: when no local model can answer, the request fails and says why.',
      'require: { local: true }',
    ],
    rules,
  }
}

function rule(name: string, comment: string, when: string, models: readonly ModelDraft[]): RuleDraft {
  return { name, comment, when, prefer: models.slice(0, LIST_LIMIT).map((model) => model.target) }
}

/** By tier in the given order; within a tier those `first` holds for go first; otherwise as in the profile. */
function order(
  models: readonly ModelDraft[],
  tiers: readonly Tier[],
  first: (model: ModelDraft) => boolean = () => false,
): ModelDraft[] {
  const rank = (model: ModelDraft): number => tiers.indexOf(model.tier) * 2 + (first(model) ? 0 : 1)
  return models.toSorted((a, b) => rank(a) - rank(b))
}
