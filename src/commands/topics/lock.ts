import type { Topic } from './topic.ts'

export const lock: Topic = {
  name: 'lock',
  summary: 'the file that keeps what the providers said of their models',
  text: `The lock file

sage discover asks the providers of a profile for their models and writes what
they say into a file beside the profile: sage.lock.yaml for sage.yaml. Keep it
under version control: the file is sorted, and a fact is a line, so a review
shows what has changed at the providers.

  qwen3:8b:
    since: 2026-09-01
    local: { value: true, from: base_url, date: 2026-09-01 }
    context: { value: 40960, from: /api/tags, date: 2026-09-01 }

  from    who said so: a path of the provider's API, the model's name, or the
          profile itself (profile, base_url)
  date    the day on which the fact was first seen like this (UTC); a fact that
          stays keeps its date, so a second run writes nothing
  since   the day on which the model was first seen

A fact that no line names is unknown, which is not the same as no. Models that
a provider lists are all there; those that do not chat are not routed to.

What counts: the profile, then the lock, then the built-in table. With a lock
sage explain calls nobody. Without an entry in it only Ollama servers are
asked, when sage starts. A provider that did not answer keeps its entries. An
entry counts for the kind and the address that it was made for.

While sage serve runs it asks again those providers whose models it knows by
asking: local ones every minute, others every hour, Ollama servers that are
new to it right after the start. What it hears changes what it serves, never
the file. serve: { refresh: false } in the profile turns that off.

In CI:
  sage discover --check    exit code 1 when the lock is out of date
`,
}
