import type { Topic } from './topic.ts'

export const intents: Topic = {
  name: 'intents',
  summary: 'what a prompt is recognised as, and how to add intents of your own',
  text: `Intents

What the last human turn asks for. Rules go by it: "when: { intent: code }".

  vision             the turn carries an image
  translate          say it in another language
  summarize_extract  work on supplied text: summarise, extract, rewrite
  code               write, fix, explain or configure software
  reasoning          mathematics, logic, several steps to a checkable answer
  creative           fiction, verse, role-play, letters, slogans
  tools              act through the functions that the request offers
  simple             greetings, thanks, one-fact questions, titles for a harness
  general            everything else

What decides, the first that applies:
  1. An image in the turn.
  2. What a harness asks on its own behalf: titles, topics, summaries.
  3. The intents of the profile.
  4. A small trained model over the words, the cues of many languages, and
     shapes such as code or formulas. Nothing is sent anywhere for it.
Blocks that a harness puts into the turn are left out. A terse turn that names
no task, such as "fix it", goes on with the turn before. Neither the system
prompt nor the length of a short turn speaks for an intent.

The confidence is calibrated: of requests recognised with confidence 0.7, about
seven in ten are right. Below 0.3 the answer is general (low confidence); the
profile may set another bound. "sage explain" shows what spoke for the intent
and for the one behind it, with the place in the prompt.

Intents of your own:

  intents:
    deploy:
      description: Rolling out and rolling back.
      words: [roll out, canary, kubern*]
      patterns: ['(?i)ship .* to (staging|prod)']
      examples: [put the new version on the staging servers]
    code:
      words: [flux capacitor]
  min_intent_confidence: 0.4

Words are whole words in any case, with or without accents; a star stands for
endings; in scripts without blanks they are found anywhere. Patterns are in the
syntax of RE2. An example counts when the cosine of its n-grams with those of
the turn is 0.5 or more. A word or a pattern beats an example, the better
example the worse; of equals the first in the profile wins. An entry with the
name of a built-in intent adds to it.
`,
}
