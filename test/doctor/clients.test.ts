import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CLIENTS } from '../../src/doctor/data/clients.ts'
import { packageRoot } from '../helpers/sources.ts'
import { openWorld, runAll } from './world.ts'
import type { WorldOptions } from './world.ts'

/** The port of the test profile. */
const HERE = 'http://127.0.0.1:45678'
const OTHER = 'http://127.0.0.1:8790'
const FAR = 'https://api.example.com/v1'

const opencode = (url: string): string => `{
  // mine
  "provider": { "sage": { "options": { "baseURL": "${url}", } } } /* end */
}`
const codex = (url: string): string => `model_provider = "sage"\n[model_providers.sage]\nbase_url = "${url}"\n`

const ROWS: [name: string, options: WorldOptions, finds: string[]][] = [
  ['nobody is here', {}, []],
  ['Claude Code by variable', { env: { ANTHROPIC_BASE_URL: HERE } }, ['ok client-ok']],
  [
    'Claude Code by file',
    { home: { '.claude/settings.json': `{"env":{"ANTHROPIC_BASE_URL":"${HERE}"}}` } },
    ['ok client-ok'],
  ],
  ['Claude Code not set up', { home: { '.claude/settings.json': '{}' } }, ['info client-past-sage']],
  [
    'Claude Code by the file of a project',
    { files: { '.claude/settings.local.json': `{"env":{"ANTHROPIC_BASE_URL":"${OTHER}"}}` } },
    ['warning client-wrong-port'],
  ],
  ['the project of somebody who has Claude Code', { files: { '.claude/settings.json': '{}' } }, []],
  ['opencode by the file of a project', { files: { 'opencode.json': opencode(`${HERE}/v1`) } }, ['ok client-ok']],
  ['Claude Code with /v1', { env: { ANTHROPIC_BASE_URL: `${HERE}/v1` } }, ['warning client-wrong-path']],
  ['Claude Code at another port', { env: { ANTHROPIC_BASE_URL: OTHER } }, ['warning client-wrong-port']],
  ['Claude Code at another host', { env: { ANTHROPIC_BASE_URL: FAR } }, ['info client-elsewhere']],
  ['a variable that is no URL', { env: { OPENAI_BASE_URL: '127.0.0.1:45678 /v1' } }, ['warning client-no-url']],
  [
    'a variable against a file',
    { env: { ANTHROPIC_BASE_URL: FAR }, home: { '.claude/settings.json': `{"env":{"ANTHROPIC_BASE_URL":"${HERE}"}}` } },
    ['info client-elsewhere'],
  ],
  ['Codex', { home: { '.codex/config.toml': codex(`${HERE}/v1`) } }, ['ok client-ok']],
  ['Codex at another port', { home: { '.codex/config.toml': codex(`${OTHER}/v1`) } }, ['warning client-wrong-port']],
  [
    'Codex with several providers, one of them sage',
    {
      home: { '.codex/config.toml': `[model_providers.x]\nbase_url = '${FAR}'\n${codex(`http://localhost:45678/v1`)}` },
    },
    ['ok client-ok'],
  ],
  ['Gemini CLI by .env', { home: { '.gemini/.env': `GOOGLE_GEMINI_BASE_URL=${HERE}\n` } }, ['ok client-ok']],
  ['Gemini CLI elsewhere', { env: { GOOGLE_GEMINI_BASE_URL: FAR } }, ['info client-elsewhere']],
  ['opencode, with comments', { home: { '.config/opencode/opencode.json': opencode(`${HERE}/v1`) } }, ['ok client-ok']],
  ['opencode, broken', { home: { '.config/opencode/opencode.json': '{"provider": [' } }, ['warning client-unreadable']],
  [
    'Continue',
    { home: { '.continue/config.yaml': `models:\n  - { name: a, apiBase: "${HERE}/v1" }\n` } },
    ['ok client-ok'],
  ],
  ['Aider', { home: { '.aider.conf.yml': `openai-api-base: ${OTHER}/v1\n` } }, ['warning client-wrong-port']],
  [
    'Cline',
    { home: { '.cline/data/settings/providers.json': `{"providers":{"a":{"settings":{"baseUrl":"${HERE}/v1"}}}}` } },
    ['ok client-ok'],
  ],
  [
    'Hermes',
    { home: { '.hermes/config.yaml': `model: { base_url: "${OTHER}/v1" }\n` } },
    ['warning client-wrong-port'],
  ],
  ['Pi', { home: { '.pi/agent/models.json': `{"providers":{"sage":{"baseUrl":"${HERE}/v1"}}}` } }, ['ok client-ok']],
  ['Copilot CLI', { env: { COPILOT_PROVIDER_BASE_URL: `${HERE}/v1` } }, ['ok client-ok']],
]

describe('the check clients', () => {
  for (const [name, options, finds] of ROWS) {
    it(name, async (t) => {
      const findings = await runAll(await openWorld(t, options), ['clients'])
      assert.deepEqual(
        findings.map(({ level, code }) => `${level} ${code}`),
        finds,
        JSON.stringify(findings),
      )
      for (const { level, fix } of findings)
        if (level !== 'ok') assert.ok(fix !== undefined && !fix.includes('undefined'))
    })
  }

  for (const { id, variables, files } of CLIENTS) {
    it(`knows ${id} by the name of its page, and where to look`, () => {
      assert.ok(existsSync(join(packageRoot, 'docs', 'integrations', `${id}.md`)))
      assert.ok(variables.length + files.length > 0)
    })
  }
})
