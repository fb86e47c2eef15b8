import type { Topic } from './topic.ts'

export const models: Topic = {
  name: 'models',
  summary: 'model names that a client may ask for',
  text: `Model names

What a client sends as its model is looked up in this order:

  auto, sage/auto      the policy called auto, which every profile has; an empty
                       name means it too
  fast, sage/fast      the policy called fast
  (an alias)           what the profile's aliases say the name means; names that
                       begin with sage/ are never looked up there
  openai/gpt-5         one model of one provider: a pin, used or refused,
                       never replaced unless the profile names a fallback
  gpt-5                that model at any provider of the profile that has it

Upper and lower case matter only when two names differ in nothing else.
A name that means nothing is refused, with names that are close to it.

Try one without sending anything:
  sage explain --model sage/fast "hello"
The running server lists its names at /v1/models.
`,
}
