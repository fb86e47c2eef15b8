// Goes through sage init on a real terminal, as a person would: tmux types the answers. Needs tmux and a build.
// usage: node --import tsx scripts/smoke-init.ts
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long the screen may take to show something, in ms. */
const PATIENCE_MS = 30_000
const SAGE = join(import.meta.dirname, '..', 'bin', 'sage.js')

const folder = mkdtempSync(join(tmpdir(), 'sage-tmux-'))
const socket = join(folder, 'socket')
const home = join(folder, 'home')
const project = join(home, 'project')
mkdirSync(join(home, '.codex'), { recursive: true })
mkdirSync(project)

function tmux(...args: string[]): string {
  return execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' })
}

/** The screen with what has scrolled out of it, once it shows the text. */
async function waitFor(text: RegExp): Promise<string> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const screen = tmux('capture-pane', '-p', '-J', '-S', '-1000')
    if (text.test(screen)) return screen
    if (Date.now() > end) assert.fail(`the screen does not show ${text}:\n${screen}`)
    await sleep(100)
  }
}

async function answer(question: RegExp, ...keys: string[]): Promise<void> {
  await waitFor(question)
  for (const key of keys) tmux('send-keys', key)
}

function start(round: number): void {
  tmux('send-keys', '-l', `clear; ${process.execPath} ${SAGE} init; echo "round ${round} ended with $?"`)
  tmux('send-keys', 'Enter')
}

try {
  const variables = {
    HOME: home,
    PATH: '/usr/bin:/bin',
    OPENAI_API_KEY: 'sk-smoke',
    OLLAMA_HOST: '127.0.0.1:1',
    TERM: 'xterm-256color',
  }
  const env = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  tmux('new-session', '-d', '-x', '120', '-y', '50', '-c', project, 'env', '-i', ...env, '/bin/sh')
  await sleep(500)

  start(1)
  await answer(/Which clients/, 'C-c')
  await waitFor(/^round 1 ended with 130$/m)
  assert.deepEqual(readdirSync(project), [])

  start(2)
  await answer(/Which clients/, 'Space', 'Enter')
  await answer(/lock what they say/, 'n', 'Enter')
  await answer(/Which policy/, 'Enter')
  await answer(/Write these 2 files\?/, 'Enter')
  const screen = await waitFor(/^round 2 ended with 0$/m)
  assert.match(screen, /^wrote sage\.yaml$/m)
  assert.ok(!screen.includes('sk-smoke'))
  assert.match(readFileSync(join(project, 'sage.yaml'), 'utf8'), /key: env:OPENAI_API_KEY/)
  assert.match(readFileSync(join(home, '.codex', 'config.toml'), 'utf8'), /^model = "sage\/auto"$/m)

  tmux('send-keys', '-l', `clear; ${process.execPath} ${SAGE} init --undo; echo "round 3 ended with $?"`)
  tmux('send-keys', 'Enter')
  await waitFor(/^round 3 ended with 0$/m)
  assert.ok(!existsSync(join(project, 'sage.yaml')) && existsSync(join(home, '.codex')))
  process.stdout.write(`sage init works on a terminal, Node ${process.versions.node}\n`)
} finally {
  try {
    tmux('kill-server')
  } catch {
    // It never started, and the failure that matters is on its way.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
