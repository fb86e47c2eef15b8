import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { humanText, stripInjected } from '../../src/dialects/human-turn.ts'

const cases: [name: string, input: string, expected: string][] = [
  ['plain text stays', 'fix the test', 'fix the test'],
  ['Claude Code reminder', '<system-reminder>\nToday is Monday.\n</system-reminder>\nfix it', 'fix it'],
  ['Codex environment', '<environment_context>\n  <cwd>/w</cwd>\n</environment_context>', ''],
  ['Codex instructions', '<user_instructions>be brief</user_instructions>\n\ngo on', 'go on'],
  ['Gemini CLI context', '<session_context>\nThis is the Gemini CLI.\n</session_context>', ''],
  ['Copilot date before the prompt', '<current_datetime>2026</current_datetime>\n\nfix it', 'fix it'],
  ['blocks in a row', '<system-reminder>a</system-reminder><system-reminder>b</system-reminder> c', 'c'],
  ['indented block', 'do it\n  <system-reminder>a</system-reminder>\nnow', 'do it\n  \nnow'],
  ['unterminated block', 'fix it\n<system-reminder>\nlost', 'fix it'],
  ['a tag that a person asks about', 'what is <system-reminder> for?', 'what is <system-reminder> for?'],
  ['a close without an open', 'the </system-reminder> tag', 'the </system-reminder> tag'],
  [
    'OpenClaw context',
    '<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nsessions: none\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>',
    '',
  ],
  [
    'OpenClaw stamp and runtime line',
    '[Sat 2026-11-21 19:30 UTC] fix it\nplease\n\nRuntime: agent=main | host=h | model=m',
    'fix it\nplease',
  ],
  ['a runtime line without the stamp is text', 'see\nRuntime: agent=main', 'see\nRuntime: agent=main'],
  ['Qwen Code set-up', 'This is the Qwen Code. We are setting up the context for our chat.\nToday is Monday.', ''],
  ['Codex image frame', '<image name=[Image #1] path="red.png">', ''],
  ['Codex image frame end', '</image>', ''],
  ['Claude Code image frame', '[Image: source: /home/u/1.png]', ''],
  ['Gemini CLI file frame', '\n--- Content from referenced files ---', ''],
  ['an image tag in a question', 'why </image> here', 'why </image> here'],
]

for (const [name, input, expected] of cases) {
  test(`stripInjected: ${name}`, () => assert.equal(stripInjected(input), expected))
}

test('humanText joins what is left of the parts', () => {
  assert.equal(humanText(['<system-reminder>x</system-reminder>', 'one', ' ', 'two']), 'one\ntwo')
  assert.equal(humanText([]), '')
  assert.equal(humanText(['<environment_context>x</environment_context>']), '')
})

test('text around injected blocks is kept, whatever it is', () => {
  const human = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '.', '>') }).map((text) => `x${text}x`)
  const block = fc.constantFrom(
    '<system-reminder>noise</system-reminder>',
    '<environment_context>\n<cwd>/</cwd>\n</environment_context>',
    '<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>noise<<<END_OPENCLAW_INTERNAL_CONTEXT>>>',
  )
  fc.assert(
    fc.property(human, human, block, block, (before, after, one, two) => {
      const text = stripInjected(`${one}\n${before}\n${two}\n${after}`)
      assert.equal(text, `${before}\n\n${after}`)
    }),
  )
})
