// Cues: words and phrases of up to four words that speak for a label. Data, to be reviewed as data.
// Weights: 5 names the task outright, 3 is strong, 2 is usual, 1 is a hint; the model learns what they are worth.
// Matched on whole words in any case and with or without accents; a word with `*` at its end stands for all that begin so.
import type { IntentLabel } from './labels.ts'

export interface CueRow {
  label: IntentLabel
  weight: number
  /** Separated by commas. */
  phrases: string
}

const LANGUAGES =
  `french spanish german italian portuguese chinese mandarin cantonese japanese korean russian arabic hindi
  dutch polish turkish swedish norwegian danish finnish vietnamese thai indonesian ukrainian czech greek hebrew hungarian
  romanian bulgarian persian farsi urdu bengali tamil latin swahili english`.split(/\s+/)

export const CUES: readonly CueRow[] = [
  {
    label: 'translate',
    weight: 5,
    phrases: `translate, translation of, translated into, translating, how do you say, how do i say, how would you say,
      how to say, how would i say, how can i say, how might i say, the word for, render into, translate into`,
  },
  {
    label: 'translate',
    weight: 3,
    phrases: 'translation, translations, translator, localize, localise, interpret into',
  },
  {
    label: 'translate',
    weight: 3,
    phrases: LANGUAGES.flatMap((name) => [
      `in ${name}`,
      `into ${name}`,
      `to ${name}`,
      `from ${name}`,
      `${name} for`,
      `${name} version of`,
      `${name} word for`,
    ]).join(', '),
  },
  {
    label: 'summarize_extract',
    weight: 5,
    phrases: `summarize, summarise, summarizing, tl dr, tldr, sum up, sum this up, proofread, paraphrase, rephrase,
      give me the gist, extract all, extract the, key takeaways, meeting minutes`,
  },
  {
    label: 'summarize_extract',
    weight: 3,
    phrases: `summary, extract, rewrite, reword, shorten, condense, simplify this, key points, main points, main idea,
      action items, bullet points, classify, categorize, sentiment, given text, given sentence, given paragraph,
      given article, following text, following article, following paragraph, following passage, following sentence,
      following email, following review, following document, text below, passage below, article below, email below,
      this article, this paragraph, this passage, this email, this document, this report, meeting transcript,
      according to the, based on the passage, based on the text, fix the grammar, correct the grammar,
      grammatical errors, grammar mistakes, spelling mistakes, from the text, from this text, in the text,
      from the passage, in the passage, named entities, named entity, turn this into, convert this into, make this shorter,
      make it shorter, make this sound, improve the wording, more formal, more concise, as a table, into a table`,
  },
  {
    label: 'summarize_extract',
    weight: 1,
    phrases: `article, paragraph, passage, transcript, sentence, sentences, context, keywords, identify, review, polish,
      correct, grammar, text, document, notes, headline, label, tone, edit, meeting, discuss, discussed, email, below`,
  },
  {
    label: 'code',
    weight: 5,
    phrases: `write a function, python function, python program, unit test, unit tests, stack trace, pull request,
      merge conflict, write a script, write a program, regular expression, source code, sql query, shell script,
      bash script, write code, code review, type error, syntax error, code snippet, write a query`,
  },
  {
    label: 'code',
    weight: 3,
    phrases: `code, coding, debug, debugging, refactor, codebase, regex, bug, bugs, javascript, typescript, python, c++, c#,
      java, rust, golang, kotlin, swift, ruby, php, perl, haskell, scala, sql, mysql, postgres, postgresql, sqlite, mongodb,
      redis, html, css, react, vue, angular, django, flask, fastapi, rails, spring boot, node js, express, bash, zsh,
      powershell, dockerfile, docker, makefile, cmake, webpack, vite, npm, pip, git, commit, rebase, repo, repository,
      compiler, segfault, traceback, endpoint, endpoints, middleware, linter, json schema, yaml, terraform, ansible,
      pandas, numpy, pytorch, tensorflow, the build, build fails, compile, compiles, leetcode, subprocess, ci pipeline,
      api endpoint, data structure, linked list, binary tree, binary search, hash map, stdin, stdout, graphql, grpc,
      websocket, oauth, unittest, pytest, jest, mutex, deadlock, race condition, memory leak, null pointer, kubectl, cron`,
  },
  {
    label: 'code',
    weight: 2,
    phrases: `implement, implementation, function, functions, method, class, variable, array, arrays, string, strings, tuple,
      tuples, loop, exception, program, programming, programmer, script, query, database, server, backend, frontend, api,
      library, package, kubernetes, nginx, linux, deploy, deployment, tests, test, lint, import, algorithm, the app, config,
      configure, rename, the module, branch, cli, callback, async, runtime error, error handling, integer, integers,
      substring, dictionary, fix the, add a, crash, crashes, failing, fails, null, parser, schema, migration, migrations,
      the pipeline, logging, flag, helper, readme, changelog, the file, this file, software, website, log file, hook`,
  },
  {
    label: 'reasoning',
    weight: 5,
    phrases: `prove, prove that, proof of, solve for, solve the equation, find the probability, find the value of,
      logic puzzle, riddle, evaluate the, simplify the expression, what is the probability, find all`,
  },
  {
    label: 'reasoning',
    weight: 3,
    phrases: `solve, calculate, compute, equation, equations, probability, integral, derivative, theorem, polynomial, sqrt,
      step by step, puzzle, perimeter, triangle, rectangle, remainder, divisible, prime number, logically, logical, deduce,
      least common multiple, greatest common divisor, positive integer, positive integers, real numbers, in total,
      what is the value, how long will, if it takes, what percentage, percent of, clues, matrix, determinant, eigenvalue*,
      differentiate, integrate, permutation*, combinatorics, expected value, geometric, arithmetic, syllogism, contradiction,
      valid argument, odd one out, next number, sequence, at least one, cubic, quadratic, logarithm, hypotenuse`,
  },
  {
    label: 'reasoning',
    weight: 1,
    phrases: `how many, how much, how far, how old, percent, average, per hour, per day, per week, twice, half, third,
      times as many, times as much, sum of, total, left, more than, less than, fewer, each, altogether, ratio, degrees,
      radius, circle, area, volume, velocity, inequality, suppose, given that, let, exactly, minutes, hours, miles, speed,
      cost, costs, dollars, older, younger, taller, dice, coin, cards, marbles, apples, conclude, true or false`,
  },
  {
    label: 'creative',
    weight: 5,
    phrases: `poem, poems, haiku, limerick, sonnet, short story, song lyrics, lyrics, fairy tale, screenplay, role play,
      roleplay, tell me a joke, write a story, write a song, cover letter, stand up comedy, bedtime story, pick up line,
      write a poem, free verse, fan fiction, flash fiction`,
  },
  {
    label: 'creative',
    weight: 3,
    phrases: `story, stories, joke, jokes, fiction, novel, rhyme, rhymes, slogan, tagline, blog post, tweet, imagine,
      brainstorm, pretend, character, dialogue, monologue, speech, catchy, witty, humorous, funny, parody, satire, fantasy,
      sci fi, opening scene, opening line, opening paragraph, write an email, write a letter, draft an email, draft a letter,
      write an essay, write a review, write a scene, compose, advertisement, ad copy, product description, toast,
      invitation, travel blog, linkedin post, instagram, caption, creative, thank you note, villain, hero, narrator,
      take on the role, take the role, play the role, act as, act like, pretend you, if you were a, in the style of,
      press release, motivational, rap, ballad, pun, puns, greeting card, love letter, marketing, eulogy, wedding speech`,
  },
  {
    label: 'creative',
    weight: 1,
    phrases: `write, draft, persona, describe, style of, vivid, email, letter, essay, song, you are a, name for, names for,
      come up with, invent, post, catchphrase, engaging, playful, announcement, design a, create a, welcome`,
  },
  {
    label: 'general',
    weight: 3,
    phrases: 'should i, should we, should you, pros and cons, is it worth, what do you think',
  },
  {
    label: 'general',
    weight: 2,
    phrases: `explain, compare, comparison, advice, recommend, recommendations, suggest, suggestions, tips, advantages,
      disadvantages, difference between, differences between, how can i, how can we, how do i, how do you, how do we,
      how does, how do, how should, how did, what are the, what are some, why do, why does, why did, why is, why are,
      why would, what would, what if, discuss, opinion, plan for, best way, benefits, impact of, implications, ideas,
      overview, trade offs, tradeoffs, worth it, tell me about, do you think, ways to, list of, analyze, analyse, evaluate,
      role of, effects of, causes of, main causes, meaning of, importance of, strategies, what should, how to, give me a,
      can you explain, could you explain, help me understand, walk me through, history of, reason for, reasons for,
      is it safe, is it ok, can you recommend, i want to learn, i am trying to, i need help, what happens`,
  },
  {
    label: 'simple',
    weight: 4,
    phrases: `hi, hello, hey, thanks, thank you, thx, good morning, good evening, good night, good afternoon, bye, goodbye,
      how are you, what's up, who are you, what are you, what time is it, nice to meet you, cool, great, never mind, see you,
      are you there, ping, what is your name, what's your name, lol, perfect, awesome, welcome back, i see, nice,
      what is the capital, capital of`,
  },
  {
    label: 'simple',
    weight: 3,
    phrases: `ok, okay, yes, no, sure, yep, nope, got it, sounds good, what day is it, who is, who was, who wrote, who won, who invented, who played,
      who plays, who sings, who sang, who discovered, who painted, who directed, who founded, when was, when did, when is,
      when does, when do, where is, where was, where does, where did, where do, in which year, in what year, what year,
      which year, how tall, how many cups, how many ounces, which country, what country, which city, which planet,
      what color, what colour, what is your, are you a, boiling point of, chemical symbol, stand for, the name of, is the,
      who`,
  },
  {
    label: 'simple',
    weight: 2,
    phrases: `how many, how much, how far, how old, how long, how do you spell, how big, how high, which, when, where,
      synonym for, opposite of, plural of, define, spell, what's the, what does, mean`,
  },
  {
    label: 'simple',
    weight: 1,
    phrases: `what is, what's, what, is, latest, current, name the, name, in which, first, largest, highest, born, played, won`,
  },
  {
    label: 'tools',
    weight: 4,
    phrases: `turn on, turn off, remind me, set a timer, set an alarm, set a reminder, send a text, text, call, play, book a,
      book me, schedule, order a, order me, order some, reserve, weather, forecast, temperature, traffic, uber, taxi,
      calendar, my account, balance, transfer, flight, flights, nearby, near me, restaurant, restaurants, my order,
      add to my, shopping list, to do list, find me, look up, search for, fetch, get the, retrieve, show me the, get details,
      what's the weather, check the, check my, my bill, pay my, post, stock price, volume, lights, cancel, refund, hotel,
      hotels, tickets, movies, directions, appointment, playlist, alarm, timer, reminder, reminders, send an email to,
      update the, delete the, create a new, list all, list my, find a, find the, get me, give me the details, my calendar`,
  },
]
