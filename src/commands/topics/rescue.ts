import type { Topic } from './topic.ts'

export const rescue: Topic = {
  name: 'rescue',
  summary: 'a text that breaks off, gone on with by another model',
  text: `Rescue

An answer that breaks off after its first words ends with an error in the stream
and a torn connection. A policy may ask for more; it is off by default:

  policies:
    auto: { rescue: prose }

Then the next target of the chain that is known to go on with a begun answer is
asked to, and writes the rest into the same stream: the client sees one complete
answer. That is one more attempt, within max_attempts, deadline_ms, the retry
budget, the breakers and every hard constraint; the text counts as input. If it
breaks off too, the next one is asked; when nobody is left, the client gets the
error.

Only plain text of a stream is gone on with. Never: a tool call that was begun,
reasoning that is open or signed, an answer in JSON, a call that is demanded,
several answers at a time, an answer that the client itself has begun.

Known to go on:

  anthropic              Claude up to 4.5; newer ones refuse it
  mistral, groq,         models that do not reason
  llamacpp, vllm
  ollama                 llama3.1 to llama3.3, qwen2.5, gemma3, not in the cloud

Of others the profile may say so, and how they are to be told:

  providers:
    house:
      kind: openai-compatible
      base_url: https://llm.example.com/v1
      quirks: { prefill: prefix }      or continue_final_message, or neither
      models: { m: { continues_prefill: true } }

While such a target stands behind the one that is asked, a stream is read and
written anew even where client and provider speak the same dialect: what only
that dialect knows stays out of it. Where that would lose more than trifles
(server tools, stored answers, documents, logprobs) the bytes go through as they
are, and nobody goes on with them.

The headers name the target that began. The log says rescued by, the attempt has
rescue: true there and in the decision log. Tokens: the input counts once, the
output is that of both parts as far as the providers told it.

  echo '{"model": "auto", "stream": true, "messages": [{"role": "user",
  "content": "hello"}]}' | sage explain --simulate "openai=cut" -

tells who would go on.
`,
}
