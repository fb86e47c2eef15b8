import type { Topic } from './topic.ts'

export const decisionLog: Topic = {
  name: 'decision-log',
  summary: 'a record of every decision, to be decided again',
  text: `Decision log

  sage serve --log decisions.jsonl

appends every decision to a file, or in the profile:

  serve:
    decision_log:
      path: decisions.jsonl      relative to the profile
      max_mb: 32                 then a new file is begun
      keep: 3                    older files: decisions.jsonl.1 and on
      prompts: false             true, or --record-prompts: the prompts too

Each line holds what the request was decided on: its features, the health of
the targets, the clock, the seed and the session's target; then the decision,
the calls to providers, the outcome, token counts and times. The profile and
the catalogue are written once a file, without keys.

Not in it, unless prompts are asked for: any text of the conversation. Texts
stand as hashes under a key that is never written, and the intent as what was
recognised and where. Headers are those that rules of the profile look at.

  sage explain --log decisions.jsonl

decides each request again, as the world was then, and compares: exit code 1
and the first difference when a decision is not the logged one.

Each file can be read by itself, the older ones too (--log decisions.jsonl.1).
A line that a crash cut is left out with a warning, and so are the decisions
whose profile or catalogue stood in it.

  --id ID              one decision in full; ids are in x-sage-decision-id
  --against new.yaml   what another profile would change for these requests

A disk that is slow or full holds up no request: then decisions are lost, a
warning says so, and the log goes on once there is room again. The file is for
its owner only (mode 600).
`,
}
