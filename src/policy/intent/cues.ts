// Cues: words and phrases of up to four words that speak for a label. Data, to be reviewed as data.
// Weights: 5 names the task outright, 3 is strong, 2 is usual, 1 is a hint. Matched on whole words, in any case.
import type { IntentLabel } from './labels.ts'

export interface CueRow {
  label: IntentLabel
  weight: number
  /** Separated by commas. */
  phrases: string
}

const LANGUAGES = `french spanish german italian portuguese chinese mandarin japanese korean russian arabic hindi dutch
  polish turkish swedish vietnamese ukrainian czech english`.split(/\s+/)

export const CUES: readonly CueRow[] = [
  {
    label: 'translate',
    weight: 5,
    phrases: `translate, translation of, translated into, how do you say, how do i say, how would you say,
      how to say, how would i say, the word for`,
  },
  { label: 'translate', weight: 3, phrases: 'translation' },
  {
    label: 'translate',
    weight: 3,
    phrases: LANGUAGES.flatMap((name) => [
      `in ${name}`,
      `into ${name}`,
      `to ${name}`,
      `${name} for`,
      `${name} version of`,
    ]).join(','),
  },
  {
    label: 'summarize_extract',
    weight: 5,
    phrases: `summarize, summarise, summarize the following, summarise the following, tl dr, tldr, sum up,
      sum the following, proofread, paraphrase, rephrase`,
  },
  {
    label: 'summarize_extract',
    weight: 3,
    phrases: `summary, extract, rewrite, reword, shorten, condense, key points, main points, action items, bullet points,
      classify, categorize, sentiment of, given text, given sentence, given paragraph, given article, following text,
      following article, following paragraph, following passage, following sentence, following email, following review,
      following document, this article, this paragraph, this passage, this email, meeting transcript, according to the,
      based on the passage, based on the text, fix the grammar, correct the grammar, grammatical errors, grammar mistakes,
      from the text, from this text, in the text, answer the question, named entities, following bio, following context,
      following passages, given email, given review, article in brief, can be gathered, can be extracted, spam or not`,
  },
  {
    label: 'summarize_extract',
    weight: 1,
    phrases: `article, paragraph, passage, transcript, sentence, context, keywords, identify, review, polish`,
  },
  {
    label: 'code',
    weight: 5,
    phrases: `write a function, python function, unit test, unit tests, stack trace, pull request, merge conflict,
      write a script, regular expression, source code, sql query, shell script, bash script, write code`,
  },
  {
    label: 'code',
    weight: 3,
    phrases: `code, debug, debugging, refactor, codebase, regex, bug, bugs, javascript, typescript, python, c++, c#, rust,
      golang, kotlin, sql, mysql, postgres, html, css, react, vue, django, flask, bash, dockerfile, docker, makefile,
      webpack, npm, pip, git, commit, repo, repository, compiler, segfault, traceback, endpoint, middleware, linter,
      json schema, yaml, terraform, pandas, numpy, the build, build fails, compile, compiles, leetcode, subprocess,
      ci pipeline, api endpoint, data structure, linked list, binary tree, hash map`,
  },
  {
    label: 'code',
    weight: 2,
    phrases: `implement, function, functions, method, class, variable, array, arrays, string, strings, tuple, list comprehension,
      loop, exception, program, programming, script, query, database, server, backend, frontend, api, library, package,
      kubernetes, nginx, linux, deploy, deployment, tests, test, lint, import, algorithm, the app, config, configure,
      rename, the module, branch, cli, callback, async, runtime error, error handling, integer, integers, substring,
      dictionary, fix the, add a, crash, crashes, failing, null, parser, schema, migration, migrations, the pipeline`,
  },
  {
    label: 'reasoning',
    weight: 5,
    phrases: `prove, prove that, proof of, solve for, solve the equation, find the probability, find the value of,
      logic puzzle, riddle`,
  },
  {
    label: 'reasoning',
    weight: 3,
    phrases: `solve, calculate, compute, equation, equations, probability, integral, derivative, theorem, polynomial, sqrt,
      step by step, puzzle, perimeter, triangle, remainder, divisible, prime number, logically,
      logical, deduce, least common multiple, positive integer, positive integers, real numbers, what is the value,
  in total, how long will, if it takes, what percentage, percent of, clues`,
  },
  {
    label: 'reasoning',
    weight: 1,
    phrases: `how many, how much, how far, how old, percent, average, per hour, per day, twice, half, times as many, times as much, sum of, total, left, more than,
      fewer, each, altogether, ratio, degrees, radius, circle, area, volume, velocity, inequality`,
  },
  {
    label: 'creative',
    weight: 5,
    phrases: `poem, haiku, limerick, sonnet, short story, song lyrics, lyrics, fairy tale, screenplay, role play, roleplay,
      tell me a joke, write a story, write a song, cover letter, stand up comedy`,
  },
  {
    label: 'creative',
    weight: 3,
    phrases: `story, stories, joke, jokes, fiction, novel, rhyme, slogan, tagline, blog post, tweet, imagine, brainstorm,
      pretend, character, dialogue, monologue, speech, catchy, witty, humorous, funny, parody, satire, fantasy, sci fi,
      opening scene, write an email, write a letter, draft an email, write an essay, write a review, write a scene,
      compose, advertisement, ad copy, product description, headline, toast, invitation, travel blog,
      linkedin post, instagram, creative, thank you note, villain, hero, narrator, take on the role,
      take the role, play the role, act as, pretend you, if you were a`,
  },
  {
    label: 'creative',
    weight: 1,
    phrases: `write, draft, persona, describe, style of, vivid, email, letter, essay, song, you are a, name for, names for`,
  },
  { label: 'general', weight: 3, phrases: 'should i, should we, should you, pros and cons, is it worth' },
  {
    label: 'general',
    weight: 2,
    phrases: `explain, compare, comparison, advice, recommend, recommendations, suggest, suggestions, tips,
      advantages, disadvantages, difference between, differences between, how can i,
      how can we, how do i, how do you, how does, how should, what are the, what are some, why do, why does, why is, why are,
      what would, what if, discuss, describe, opinion, plan for, best way, benefits, impact of, implications, ideas,
      overview, trade offs, tradeoffs, worth it, tell me about, do you think, ways to, list of, analyze, evaluate,
      role of, effects of, causes of, main causes, meaning of, importance of, strategies, what should, how to, give me a`,
  },
  {
    label: 'simple',
    weight: 3,
    phrases: `hi, hello, hey, thanks, thank you, good morning, good evening, good night, bye, goodbye, how are you, what's up,
      who are you, what are you, what time is it, what is the capital, capital of, current price, what day is it,
      flip a coin, roll a die, nice to meet you, who is, who was, who wrote, who won, who invented, who plays, who played,
      who sings, who sang, when was, when did, when is, when does, where is, where was, where does, where did,
      in which year, what year, how tall, how many cups, how many ounces, which country, which city, what color, what is your,
      are you a`,
  },
  {
    label: 'simple',
    weight: 2,
    phrases: 'how many, how much, how far, how old, how long, how do you spell, how big, how high',
  },
  {
    label: 'simple',
    weight: 1,
    phrases: `what is, what's, which, who, when, where, spell, define, latest, current, name the`,
  },
  {
    label: 'tools',
    weight: 4,
    phrases: `turn on, turn off, remind me, set a timer, set an alarm, set a reminder, send a text, text, call, play, book a,
      schedule, order a, order me, reserve, weather, forecast, temperature, traffic, uber, calendar, my account, balance,
      transfer, flight, flights, nearby, near me, restaurant, restaurants, my order, add to my, shopping list, to do list,
      find me, look up, search for, fetch, get the, retrieve, show me the, get details, what's the weather, check the, post,
      stock price, volume, lights, cancel, refund, hotel, tickets, movies, lawyer, recipe, directions, appointment`,
  },
]
