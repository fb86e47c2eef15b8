import type { Topic } from './topic.ts'

export const headers: Topic = {
  name: 'headers',
  summary: 'HTTP headers that sage reads and writes',
  text: `Headers

Every answer says what was decided:

  x-sage-decision-id    id of the request, also in the log
  x-sage-policy         policy that decided; pin when the client named a model
  x-sage-rule           rule that decided; default when none matched
  x-sage-intent         what the prompt was recognised as
  x-sage-attempts       providers that were called
  x-sage-model          provider/model that answered, or began to (rescue)
  x-sage-provider       provider that answered
  x-sage-sticky         true: kept on the model that served the session
  x-sage-fallback-from  the pinned model that another one stands in for
  x-sage-simulated      true: a demo model answered
  x-sage-dropped        what the model's API could not carry

Of the request, sage reads:

  authorization, x-api-key    the token, when the profile asks for one; never
                              passed on to a provider
  user-agent                  rules may match it (when: client)
  any other                   rules may match it (when: header), except those
                              that carry credentials
  x-sage-tags                 words for rules to match (when: tags), with commas
  x-sage-policy               a policy that decides, within the constraints of
                              the one that the model name asks for
  x-sage-local: true          only models on this machine or its network
  x-sage-max-price            USD per million tokens: 5, or 1/5 for input and
                              output, or the name of a tier of the profile
  x-sage-require              capabilities, with commas: tools,vision
  x-sage-deny                 globs over provider/model, or tag:<glob>
  x-sage-max-attempts         calls to providers that the request may cost
  x-claude-code-session-id, session-id, session_id, x-session-id,
  x-session-affinity          the session, which stays on its model

The x-sage- headers narrow what the profile allows, and never widen it. The body
may say the same: {"sage": {"local": true, "max_price": 5, "tags": ["batch"]}};
that field is taken out before the body goes on. What cannot be understood is
refused with status 400.

anthropic-beta, anthropic-version and openai-beta are passed on to a provider
that speaks the client's own dialect. No other header of the client is.
`,
}
