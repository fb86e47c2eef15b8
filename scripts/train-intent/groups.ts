/**
 * Sources that share prompts, templates or authors: the first pattern that fits names the group. What a harness was
 * wrapped around and what a follow-up was written for stay with the prompts they were made from.
 */
const GROUPS: readonly (readonly [group: string, pattern: RegExp])[] = [
  ['LLMRouter', /LLMRouter|llmrouter-/],
  // the multilingual questions are those of the Vicuna bench in nine languages
  ['Vicuna', /LLMZoo|vicuna_bench/],
  ['MT-bench', /mt_bench/],
  ['T0', /t0_train_50k/],
  ['Self-Instruct seeds', /seed_tasks/],
  ['Self-Instruct users', /user_oriented/],
  ['CLINC', /oos-eval|clinc-/],
  ['NTREX', /NTREX|ntrex-/],
  ['OASST', /Open-Assistant|oasst/],
  ['BFCL', /berkeley-function-call/],
  ['QMSum', /QMSum|qmsum-/],
  ['SWE-agent', /SWE-agent:|SWE-agent trajectory/],
  ['hand-written', /hand-written for this set|hw-/],
]

/** Group of a source: a fold of the cross-validation holds whole groups. An unknown source is a group of its own. */
export function groupOf(source: string): string {
  return GROUPS.find(([, pattern]) => pattern.test(source))?.[0] ?? source
}
