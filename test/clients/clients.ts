// The clients of `npm run test:clients`. Versions are fixed: a new one is a change to review.
import { PROMPT } from './client.ts'
import type { Client } from './client.ts'
import { SDK_CLIENTS } from './sdk-clients.ts'

const CLAUDE_CODE = {
  template: 'claude-code',
  packages: ['@anthropic-ai/claude-code@2.1.197'],
  scripts: true,
  start: { bin: 'claude', args: ['-p', PROMPT, '--allowedTools', 'Bash'] },
  env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1', IS_SANDBOX: '1' },
} satisfies Omit<Client, 'name'>

const OPENCODE = {
  template: 'opencode',
  packages: ['opencode-ai@1.18.33'],
  scripts: true,
  start: { bin: 'opencode', args: ['run', PROMPT] },
  env: {
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_MODELS_FETCH: '1',
    OPENCODE_PERMISSION: '{"bash":"allow","read":"allow"}',
  },
} satisfies Omit<Client, 'name'>

const PI = {
  template: 'pi',
  packages: ['@earendil-works/pi-coding-agent@0.74.2'],
  start: { bin: 'pi', args: ['--provider', 'sage', '--model', '{{model}}', '--no-session', '-p', PROMPT] },
  env: { PI_OFFLINE: '1' },
} satisfies Omit<Client, 'name'>

const CONTINUE = {
  template: 'continue',
  packages: ['@continuedev/cli@1.5.47'],
  start: { bin: 'cn', args: ['--config', '{{home}}/.continue/config.yaml', '--auto', '-p', PROMPT] },
  env: { CONTINUE_TELEMETRY_ENABLED: '0' },
} satisfies Omit<Client, 'name'>

const COPILOT = {
  template: 'copilot-cli',
  packages: ['@github/copilot@1.0.102'],
  start: { bin: 'copilot', args: ['--allow-all-tools', '-s', '-p', PROMPT] },
} satisfies Omit<Client, 'name'>

const OPENCLAW = {
  template: 'openclaw',
  packages: ['openclaw@2026.9.6'],
  node: 24,
  start: { bin: 'openclaw', args: ['agent', '--local', '--agent', 'main', '--message', PROMPT] },
} satisfies Omit<Client, 'name'>

const QWEN_CODE = {
  template: 'qwen-code',
  packages: ['@qwen-code/qwen-code@0.15.10'],
  start: { bin: 'qwen', args: ['--auth-type', 'openai', '--yolo', '-p', PROMPT] },
  files: { '.qwen/settings.json': '{"telemetry":{"enabled":false},"privacy":{"usageStatisticsEnabled":false}}' },
} satisfies Omit<Client, 'name'>

const GEMINI_CLI = {
  template: 'gemini-cli',
  packages: ['@google/gemini-cli@0.61.0'],
  start: { bin: 'gemini', args: ['--yolo', '-p', PROMPT] },
  env: { GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_TELEMETRY_ENABLED: 'false' },
} satisfies Omit<Client, 'name'>

const AGENTS: readonly Client[] = [
  { name: 'claude-code', ...CLAUDE_CODE },
  { name: 'claude-code-settings', ...CLAUDE_CODE, variant: 'settings' },
  { name: 'opencode', ...OPENCODE },
  { name: 'opencode-anthropic', ...OPENCODE, variant: 'anthropic' },
  { name: 'opencode-responses', ...OPENCODE, variant: 'responses' },
  { name: 'pi', ...PI },
  { name: 'pi-anthropic', ...PI, variant: 'anthropic' },
  { name: 'pi-responses', ...PI, variant: 'responses' },
  { name: 'pi-gemini', ...PI, variant: 'gemini' },
  { name: 'qwen-code', ...QWEN_CODE },
  { name: 'qwen-code-dotenv', ...QWEN_CODE, variant: 'dotenv' },
  { name: 'continue', ...CONTINUE },
  { name: 'continue-anthropic', ...CONTINUE, variant: 'anthropic' },
  { name: 'copilot-cli', ...COPILOT },
  { name: 'copilot-cli-anthropic', ...COPILOT, variant: 'anthropic' },
  { name: 'copilot-cli-responses', ...COPILOT, variant: 'responses' },
  {
    name: 'cline',
    template: 'cline',
    packages: ['cline@3.0.65'],
    scripts: true,
    start: { bin: 'cline', args: ['-P', 'openai-compatible', '-m', '{{model}}', '--auto-approve', 'true', PROMPT] },
  },
  {
    name: 'codex',
    template: 'codex',
    packages: ['@openai/codex@0.169.0'],
    start: {
      bin: 'codex',
      args: [
        'exec',
        '-c',
        'check_for_update_on_startup=false',
        '-c',
        'analytics.enabled=false',
        '--skip-git-repo-check',
        '--dangerously-bypass-approvals-and-sandbox',
        PROMPT,
      ],
    },
  },
  { name: 'gemini-cli', ...GEMINI_CLI },
  { name: 'gemini-cli-dotenv', ...GEMINI_CLI, variant: 'dotenv' },
  { name: 'openclaw', ...OPENCLAW },
  { name: 'openclaw-anthropic', ...OPENCLAW, variant: 'anthropic' },
]

export const CLIENTS: readonly Client[] = [...AGENTS, ...SDK_CLIENTS]
