// Prompts written for this test, as agents and people send them, through a dialect's own reading of the body.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openaiChatClient } from '../../../src/dialects/openai-chat/index.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { createFacts } from '../../../src/policy/facts.ts'
import { classifyIntent } from '../../../src/policy/intent/classify.ts'

type Message = { role: string; content: unknown }

const AGENT = 'You are a coding agent in a terminal. You edit files and run commands in the repository of the user.'
const REMINDER =
  '<system-reminder>\nThe user opened README.md. Translate nothing, summarize nothing.\n</system-reminder>'
const TOOL = { type: 'function', function: { name: 'run', parameters: { type: 'object' } } }

function labelOf(messages: Message[], tools: number): string {
  const body = { model: 'auto', messages, ...(tools === 0 ? {} : { tools: Array.from({ length: tools }, () => TOOL) }) }
  const facts = openaiChatClient.readFacts(new JsonOutline(Buffer.from(JSON.stringify(body))))
  return classifyIntent(createFacts(facts, { dialect: 'openai-chat', headers: {} })).label
}

const user = (content: unknown): Message => ({ role: 'user', content })
const system = (content: string): Message => ({ role: 'system', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })

const PLAIN: Readonly<Record<string, readonly string[]>> = {
  code: [
    'Write a Go function that merges two sorted slices',
    'why does this SQL query return duplicate rows?',
    'Add a unit test for the date parser',
    'Refactor src/cart.ts so that totals are computed once',
    'Explain this regex: ^(?:[a-z]+-)*[a-z]+$',
    'Escribe una función en Python que cuente palabras',
    'Warum wirft dieses Programm eine NullPointerException?',
    'Исправь ошибку в этом скрипте на Python',
    '用 Python 写一个函数，检查字符串是否是回文',
    'このSQLクエリを最適化してください',
  ],
  reasoning: [
    'Solve for x: 4x + 7 = 31',
    'A tank fills in 6 hours with one pipe and in 4 with another. How long with both?',
    'Prove that the sum of two even integers is even',
    'What is the probability of rolling at least one six in four throws?',
    'Berechne die Ableitung von x^3 + 2x',
    'Calcule la probabilité de tirer deux rois',
    'Реши уравнение 2x - 5 = 9',
    '证明根号三是无理数',
  ],
  creative: [
    'Write a limerick about a stubborn goat',
    'Tell me a bedtime story about a snail who wants to fly',
    'Come up with a catchy slogan for a bicycle repair shop',
    'Pretend you are a pirate and complain about the weather',
    'Escribe un poema sobre la lluvia',
    'Écris une chanson sur un phare',
    'Schreib eine kurze Geschichte über einen müden Drachen',
    'Придумай сказку про ёжика',
    '写一首关于秋天的诗',
    '바다에 대한 시를 써 줘',
  ],
  summarize_extract: [
    'Summarize the following email in two sentences: Dear all, the office will close early on Friday.',
    'Proofread this: Their going to the the meeting tomorow.',
    'Extract all dates from this text: we met on 3 May and again on 9 June.',
    'Résume ce texte en une phrase : Le musée ouvrira ses portes en mars.',
    'Fasse den folgenden Text zusammen: Die Brücke wird im Herbst saniert.',
    '请总结下面的会议记录：我们决定推迟发布。',
  ],
  translate: [
    'Translate into Spanish: the shop opens at nine',
    'How do you say "see you tomorrow" in Italian?',
    'Traduis en anglais : il fait froid ce matin',
    'Übersetze ins Französische: Ich habe Hunger',
    'Переведи на английский: у меня болит голова',
    '把下面的句子翻译成日语：我明天去东京',
    '次の文を英語に翻訳してください：駅はどこですか',
  ],
  general: [
    'What are the pros and cons of working from home?',
    'How should I prepare for a job interview?',
    'Explain how vaccines work',
    'Why do leaves change colour in autumn?',
    'Explícame cómo funciona la inflación',
    'Warum ist der Himmel blau?',
    'Quels sont les avantages du vélo en ville ?',
    '为什么海水是咸的？',
  ],
  simple: [
    'hello',
    'thank you so much!',
    'who wrote Middlemarch?',
    'what is the capital of Peru',
    'Guten Morgen',
    'merci',
    'спасибо',
    'こんにちは',
  ],
}

describe('plain prompts', () => {
  for (const [label, turns] of Object.entries(PLAIN)) {
    for (const turn of turns) it(`${label}: ${turn}`, () => assert.equal(labelOf([user(turn)], 0), label))
  }
})

describe('prompts in a coding agent', () => {
  for (const [label, turns] of Object.entries(PLAIN)) {
    const [turn = ''] = turns
    it(`${label}: ${turn}`, () => {
      const parts = [REMINDER, turn].map((text) => ({ type: 'text', text }))
      assert.equal(labelOf([system(AGENT), user(parts)], 9), label)
    })
  }
})

describe('what a harness asks', () => {
  const cases: [label: string, messages: Message[]][] = [
    [
      'simple',
      [system('Generate a short title for the task below. Reply with the title only.'), user('fix the parser')],
    ],
    ['simple', [system('Analyze if this message indicates a new conversation topic.'), user('write a poem')]],
    ['simple', [user('Write a title for this conversation:\n\nfix the parser')]],
    ['summarize_extract', [user('Create a detailed summary of the conversation so far.')]],
  ]
  for (const [label, messages] of cases) {
    it(`${label}: ${JSON.stringify(messages[0]?.content)}`, () => assert.equal(labelOf(messages, 0), label))
  }
})

describe('requests to an assistant with functions', () => {
  for (const turn of [
    'turn off the lights in the hall',
    'book a table for four tonight',
    'remind me to call Ana at six',
  ]) {
    it(`tools: ${turn}`, () => assert.equal(labelOf([system('You are a home assistant.'), user(turn)], 4), 'tools'))
  }
})

describe('terse turns', () => {
  const cases: [label: string, before: string, turn: string][] = [
    ['code', 'Write a Go function that merges two sorted slices', 'now without generics'],
    ['code', 'Refactor src/cart.ts so that totals are computed once', 'yes'],
    ['creative', 'Write a limerick about a stubborn goat', 'make it funnier'],
    ['translate', 'Translate into Spanish: the shop opens at nine', 'more formal'],
    ['reasoning', 'Solve for x: 4x + 7 = 31', 'are you sure about that?'],
    ['summarize_extract', 'Summarize the following text: the dam was built in 1931', 'shorter'],
    ['creative', 'Escribe un poema sobre la lluvia', 'más corto'],
    ['simple', 'Write a Go function that merges two sorted slices', 'thanks!'],
    ['translate', 'Explain how vaccines work', 'translate that to German'],
  ]
  for (const [label, before, turn] of cases) {
    it(`${label}: ${before} / ${turn}`, () => {
      assert.equal(labelOf([user(before), assistant('Here it is.'), user(turn)], 0), label)
    })
  }
})
