import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { classifyIntent } from '../../../src/policy/intent/classify.ts'
import { INTENT_LABELS } from '../../../src/policy/intent/labels.ts'
import type { Facts } from '../../../src/policy/types.ts'
import { factsArbitrary } from '../arbitraries.ts'
import { facts } from '../helpers.ts'

const AGENT = 'You are a coding agent. You can read a document, summarize it, translate and debug code.'
const LOG = 'INFO starting the function class test\n'.repeat(100)

const cases: { turn: string; label: string; more?: Partial<Facts> }[] = [
  // Words are whole words.
  { turn: 'I know that', label: 'general' },
  { turn: 'please decode this base64', label: 'general' },
  { turn: 'what is the latest version?', label: 'simple' },
  { turn: 'the elite team met in Gemini city', label: 'general' },
  // One of each class.
  { turn: 'hi', label: 'simple' },
  { turn: 'thanks!', label: 'simple' },
  { turn: 'current price of bitcoin', label: 'simple' },
  { turn: 'write a poem about the sea', label: 'creative' },
  { turn: 'Tell me a joke about compilers', label: 'creative' },
  { turn: 'debug why my docker build fails', label: 'code' },
  { turn: 'rename the variable in src/app.ts', label: 'code' },
  { turn: 'Why?\n```\nlet x\n```', label: 'code' },
  { turn: 'TypeError: x is not iterable', label: 'code' },
  { turn: 'Traceback (most recent call last):\n  File "a", line 3', label: 'code' },
  { turn: 'how do I cast in C++', label: 'code' },
  { turn: 'should we migrate to kubernetes?', label: 'general' },
  { turn: 'explain the difference between a virus and a bacterium', label: 'general' },
  { turn: 'prove that sqrt 2 is irrational', label: 'reasoning' },
  { turn: 'A has 3 apples, B has 5 more, C has 2. How many apples in total?', label: 'reasoning' },
  { turn: 'Simplify $\\frac{x^2}{x}$', label: 'reasoning' },
  { turn: 'summarize the following text: the code and its function were in the class', label: 'summarize_extract' },
  { turn: 'translate this to French: how do I debug this function', label: 'translate' },
  { turn: 'How do you say "thank you" in Japanese?', label: 'translate' },
  // What the task is stands at the ends of a long turn.
  { turn: `Summarize this log\n${LOG}`, label: 'summarize_extract' },
  { turn: `${LOG}\nTranslate the above into German`, label: 'translate' },
  // A greeting does not make a task simple, and a long question is not a simple one.
  { turn: 'hello, please write a short story about a lighthouse keeper', label: 'creative' },
  // Offered functions count only when the words ask for one, and words only when functions are offered.
  { turn: 'turn on the lights in the kitchen', label: 'tools', more: { tools: 5 } },
  { turn: 'turn on the lights in the kitchen', label: 'general' },
  { turn: 'fix the bug in main.py', label: 'code', more: { tools: 40 } },
  { turn: 'should we move to Berlin?', label: 'general', more: { tools: 40 } },
  // The system prompt does not speak for a class.
  { turn: 'hi', label: 'simple', more: { system: AGENT, tools: 40 } },
  { turn: 'write a poem about the sea', label: 'creative', more: { system: AGENT } },
  // A terse turn goes on with the one before.
  { turn: 'fix it', label: 'code', more: { previousTurn: 'debug the parser' } },
  { turn: 'continue', label: 'creative', more: { previousTurn: 'write a poem' } },
  { turn: 'try again', label: 'reasoning', more: { previousTurn: 'prove that 2 is prime' } },
  { turn: '直して', label: 'code', more: { previousTurn: 'この関数のバグを見つけて' } },
  { turn: 'continue', label: 'general' },
  { turn: 'write a haiku instead', label: 'creative', more: { previousTurn: 'debug the parser' } },
  { turn: 'I think the weather was rather fine there', label: 'general', more: { previousTurn: 'debug the parser' } },
  // An agent loop keeps the class of the turn that began it.
  { turn: 'debug the parser', label: 'code', more: { inToolLoop: true, tools: 12 } },
  // An image in the live turn settles it.
  { turn: 'debug this', label: 'vision', more: { liveVision: true, vision: true } },
  { turn: 'debug this', label: 'code', more: { vision: true } },
  // Errands of a harness.
  {
    turn: 'debug the parser',
    label: 'simple',
    more: { system: 'You are a title generator. You output ONLY a title.' },
  },
  {
    turn: 'debug the parser',
    label: 'simple',
    more: { system: 'Generate a concise, sentence-case title (3-7 words) for this.' },
  },
  {
    turn: 'debug the parser',
    label: 'simple',
    more: { system: 'Analyze if this message indicates a new conversation topic.' },
  },
  { turn: 'debug the parser', label: 'simple', more: { system: 'Suggest 3 short follow-up prompts.' } },
  {
    turn: 'debug the parser',
    label: 'simple',
    more: { system: 'Summarize this coding conversation in under 50 characters.' },
  },
  { turn: 'Generate a title for this conversation:\n"debug the parser"', label: 'simple' },
  { turn: 'Your task is to create a detailed summary of the conversation so far', label: 'summarize_extract' },
  { turn: 'fix main.py', label: 'summarize_extract', more: { system: 'You are a context summarization assistant.' } },
  // Other languages.
  { turn: 'Traduce al inglés: el perro duerme', label: 'translate' },
  { turn: 'Schreibe ein Gedicht über das Meer', label: 'creative' },
  { turn: 'Écris une fonction qui trie: algorithme et programme', label: 'code' },
  { turn: 'Risolvi questa equazione', label: 'reasoning' },
  { turn: 'Obrigado!', label: 'simple' },
  { turn: 'Напиши стихотворение о море', label: 'creative' },
  { turn: '把这句话翻译成英文', label: 'translate' },
  { turn: '次の文章を要約してください', label: 'summarize_extract' },
  { turn: '이 함수의 버그를 고쳐줘', label: 'code' },
  { turn: '你好', label: 'simple' },
  { turn: '', label: 'general' },
]

describe('classifyIntent', () => {
  for (const { turn, label, more } of cases) {
    it(`${label}: ${JSON.stringify(turn.slice(0, 50))} ${JSON.stringify(more ?? {}).slice(0, 80)}`, () => {
      const intent = classifyIntent(facts({ turn, ...more }))
      assert.equal(intent.label, label, JSON.stringify(intent))
    })
  }

  it('gives the place of the evidence', () => {
    const turn = 'Bitte: ÜBERSETZE das, İ and then debug app.ts'
    const { evidence } = classifyIntent(facts({ turn }))
    const places = evidence.map(({ cue, start, end }) => `${cue}: ${turn.slice(start, end)}`)
    for (const place of ['übersetz*: ÜBERSETZE', 'debug: debug', 'file name: app.ts']) {
      assert.ok(places.includes(place), `${place} in ${places.join(', ')}`)
    }
  })

  it('gives places behind the unread middle of a long turn', () => {
    const turn = `${'x '.repeat(3000)}and now translate it`
    const { evidence } = classifyIntent(facts({ turn }))
    const found = evidence.find(({ cue }) => cue === 'translate')
    assert.equal(turn.slice(found?.start, found?.end), 'translate')
  })

  it('is less sure the more speaks for something else', () => {
    const sure = classifyIntent(facts({ turn: 'write a poem, a haiku or a limerick' })).confidence
    const torn = classifyIntent(facts({ turn: 'write a poem about how to debug python' })).confidence
    assert.ok(sure > torn && torn > 0 && sure < 1)
    assert.equal(classifyIntent(facts({ turn: ' … ' })).confidence, 0)
  })

  it('keeps its promises for any facts', () => {
    fc.assert(
      fc.property(factsArbitrary, (random) => {
        const { label, confidence, evidence } = classifyIntent(random)
        assert.ok(INTENT_LABELS.some((known) => known === label))
        assert.ok(confidence >= 0 && confidence <= 1)
        for (const { start, end, weight } of evidence) {
          assert.ok(0 <= start && start <= end && end <= random.turn.length && weight > 0)
        }
      }),
      { numRuns: 500 },
    )
  })
})
