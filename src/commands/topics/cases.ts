import type { Topic } from './topic.ts'

export const cases: Topic = {
  name: 'cases',
  summary: 'requests to explain, and what is expected of them',
  text: `Cases

sage explain --cases FILE takes a file or a folder, several times if need be:

  .jsonl .ndjson   one case a line
  .json            a case, a list, or { "cases": [...] }
  .yaml .yml       the same in YAML
  .txt .md         a prompt

A case is the bare body of a request in any dialect that sage serves, or:

  - id: fix-test                   or name; without one it is derived
    prompt: fix the failing test   or messages (and tools), request (a body),
                                   or file (a body or a prompt, relative)
    model: sage/auto               as the client asks for it; auto unless given
    dialect: anthropic-messages    when its shape does not tell
    headers: { x-team: night }
    health: { providers: { openai: { restingUntil: 9, reason: quota } } }
    now: 0                         clock of that health, in ms
    wall: 2026-03-01T22:30         for rules with times of day; with an offset,
                                   such as Z, or in the profile's time_zone
    affinity: openai/gpt-5@code
    expect:
      intent: code                 a list means any of it
      policy: auto
      rule: code
      model: openai/*              first target; a glob without a slash is held
      provider: openai             against the model's id
      chain: [openai/*, ollama/*]  the first targets, in order
      not: [groq/*]                nowhere in the chain
      local: true                  the whole chain stays on this machine
      max_price: 5                 USD per million tokens, of the whole chain;
                                   or { input: 1, output: 5 }
      dropped: { groq/*: not_local }
      error: no_candidate          it is refused

Without an expectation a case is only shown. One that is empty, or has an empty
not, chain or dropped, holds of every decision: a warning names the case, as it
does for an id that another case has. Other members are notes.

Without --cases, --base and --coverage take sage.cases.yaml, sage.cases.jsonl
or the folder sage.cases beside sage.yaml. The schema is
schemas/cases.schema.json.

What must hold for every request is asserted without cases:

  --assert "private: local"           all that its rules can reach, fallbacks
                                      too; a glob over names of policies
  --assert "sage/*: not groq/*"       every policy; or "only ..."
  --assert "auto: only tag:approved"  or a model's id, a glob without a slash
  --assert "auto: max-price 5"        USD per million tokens
  --assert "pins: local"              requests that name their model, and the
                                      fallbacks of pins; "*" means these too

Mistakes are told all at once with file and line; the exit code is 2 then. It
is 1 when an expectation, an --assert or --fail-under does not hold, and with
--fail-on-change when --base shows a change.
`,
}
