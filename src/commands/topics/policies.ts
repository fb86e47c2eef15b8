import type { Topic } from './topic.ts'

export const policies: Topic = {
  name: 'policies',
  summary: 'how a policy chooses: rules, limits, score, sessions',
  text: `Policies

The first rule whose condition holds decides; without one it is "default".

  rules:
    - name: side calls                 titles, topic checks, compaction …
      when: { errand: true }
      prefer: ["tag:cheap", ollama/*]
    - name: nights
      when: { time: 22:00-06:00, tags: batch }
      only: [ollama/*]
    - name: hard questions
      when: { intent: reasoning, min_confidence: 0.6 }
      prefer: [anthropic/claude-opus-*]
      thinking: high
    - name: anything else
      prefer: [openai/*]
      max_output: 8000

What keeps a model out, always: require (local, capabilities, min_context,
max_price), allow, deny and only. What puts the others in order: prefer and
avoid, and the score; sage explain shows every term of it.

What may stand in for the first choice, whatever fails:

  fallback: { never: remote, never_exceed: cheap, max_attempts: 2 }

The first choice is what would be asked first if every target were well; nothing
remote stands in for a local one, and nothing that costs more than the tier.
Tiers are prices by name, models have tags:

  tiers: { cheap: { input: 0.5, output: 2 } }
  providers:
    ollama: { kind: ollama, models: { qwen3: { tags: [cheap] } } }

What a request may cost in calls and in time:

  auto: { max_attempts: 3, retry_wait_ms: 2000, deadline_ms: 60000 }

A target that was well until now gets one more call before it is left: after a
429 that asks for a wait of no more than retry_wait_ms (without such a wait only
where nobody else is left to ask), a single 500 or a connection that broke. An
endpoint that cannot be reached is not asked again in the same request, and one
that says nothing in time only where there is no other. No attempt begins after
deadline_ms, or after the client's own timeout.

A provider gets so many calls at a time as its max_concurrency says (64; no
limit for a local one), and fewer for a while after a 429, 503 or 529. At its
limit the next target is asked; when there is none, a request waits up to 10 s
and then gets 503 with retry-after. GET /healthz shows the calls under way.

An answer that breaks off after its first words ends with an error. Under
rescue: prose another model may write the rest of a text: sage help rescue.

thinking and max_output lower what the client asked. A request may narrow its
decision further: sage help headers.

A session stays on its model inside a tool loop, and for a new question unless
another rule is certain (affinity: { min_confidence: 0.6 }) and gains more
points than the prompt cache is worth (weights: { cache: 15 }). Side calls
neither use nor move it.
`,
}
