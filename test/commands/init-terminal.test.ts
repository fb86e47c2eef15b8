// sage init as people use it: questions on a terminal.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parseProfile } from '../../src/profile/parse.ts'
import { CANARY, setUp } from '../helpers/init-machine.ts'
import { createTerminal, KEYS } from '../helpers/terminal.ts'

describe('sage init on a terminal', () => {
  it('asks, shows the difference, and writes after the last answer', async (t) => {
    const machine = setUp(t, { OPENAI_API_KEY: CANARY, GROQ_API_KEY: CANARY })
    mkdirSync(join(machine.home, '.codex'))
    const terminal = createTerminal([
      ['Which providers?', KEYS.down, KEYS.space, KEYS.enter],
      ['Which clients', KEYS.space, KEYS.enter],
      ['lock what they say', 'n', KEYS.enter],
      ['Which policy', KEYS.down, KEYS.enter],
      ['Write these 3 files?', KEYS.enter],
    ])
    const { code, stdout } = await machine.talk(terminal)
    assert.deepEqual([code, terminal.left()], [0, []])
    assert.match(stdout, /keys: .*OPENAI_API_KEY/)
    const { profile } = parseProfile(machine.read('sage.yaml'), 'sage.yaml')
    assert.equal(profile?.providers.length, 1)
    const second = profile?.policies[1]?.name ?? ''
    assert.match(machine.files()[join('.codex', 'config.toml')] ?? '', new RegExp(`model = "sage/${second}"`))
  })

  it('offers the settings of other programs', async (t) => {
    const machine = setUp(t)
    const entry = {
      name: 'groq',
      api_base_url: 'https://api.groq.com/openai/v1/chat/completions',
      api_key: '$MINE',
      models: ['m'],
    }
    mkdirSync(join(machine.home, '.claude-code-router'))
    writeFileSync(join(machine.home, '.claude-code-router', 'config.json'), JSON.stringify({ Providers: [entry] }))
    const terminal = createTerminal([
      ['Take over groq from claude-code-router', KEYS.enter],
      ['lock what they say', 'n', KEYS.enter],
      ['Write these 2 files?', KEYS.enter],
    ])
    assert.deepEqual([(await machine.talk(terminal)).code, terminal.left()], [0, []])
    assert.match(machine.read('sage.yaml'), /preset: groq\n {4}key: env:MINE/)
  })

  it('writes nothing and exits with 1 on a no', async (t) => {
    const machine = setUp(t)
    const terminal = createTerminal([['Write these 2 files?', 'n', KEYS.enter]])
    assert.equal((await machine.talk(terminal, { lock: false })).code, 1)
    assert.deepEqual(machine.files(), {})
  })

  for (const question of ['Which providers?', 'Which clients', 'lock what they say', 'Which policy', 'Write these']) {
    it(`writes nothing and exits with 130 on Ctrl-C at "${question}"`, async (t) => {
      const machine = setUp(t, { OPENAI_API_KEY: CANARY, GROQ_API_KEY: CANARY })
      mkdirSync(join(machine.home, '.codex'))
      const script = [
        ['Which providers?', KEYS.enter],
        ['Which clients', KEYS.space, KEYS.enter],
        ['lock what they say', KEYS.enter],
        ['Which policy', KEYS.enter],
      ] as const
      const at = script.findIndex(([text]) => text === question)
      const terminal = createTerminal([...(at === -1 ? script : script.slice(0, at)), [question, KEYS.interrupt]])
      assert.deepEqual([(await machine.talk(terminal)).code, terminal.left()], [130, []])
      assert.deepEqual(machine.files(), {})
    })
  }
})
