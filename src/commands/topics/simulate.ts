import type { Topic } from './topic.ts'

export const simulate: Topic = {
  name: 'simulate',
  summary: 'what would come of it if providers failed',
  text: `Simulate

  sage explain --simulate "anthropic=429,ollama=down" "hello"

decides, then walks the chain as the server would if these providers behaved
so, with the same verdicts, timers, waits and number of attempts. Nothing is
sent.
What is named is a provider, provider/model, a model or a glob (openai/*); the
closest name holds. All others answer. The outcomes:

  400 401 402 403 404 408 413 422 429 500 502 503 504 529
                    an error with this status, as the provider's API has it
  down              no connection; does not count as an attempt
  reset             the connection breaks before an answer; worth one more call
  slow, timeout     nothing before the timer ends: first_content_ms for a
                    stream, response_ms for a whole answer
  empty             an answer without content
  error-in-stream   an error before the first content
  cut               the answer has begun and breaks off: nobody can stand in,
                    but for rescue: prose
  context           the request is too long for the model
  content-filter    refused on account of its content
  ok                an answer

The times are the timers of the profile, the delays that --health has
measured, 1 s for a first content that was not, and 100 ms for an error.
A prompt on the command line is a request without streaming; give a body with
"stream": true to see the timers of a stream.

  sage explain --cases sage.cases.yaml --simulate "anthropic=529"

is a drill: who answers each of the cases then, after how many calls, and
which are not answered. Each is asked as if it were the first.

The exit code is 1 when nobody would answer, or not all of the cases.
`,
}
