// S-25: text from outside must not steer a terminal.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { fakeContext, runCli } from '../../helpers/context.ts'
import { request } from '../../helpers/http.ts'
import { chatError } from '../../helpers/openai-chat-replies.ts'
import { sendRaw } from '../../helpers/raw-http.ts'
import { reportError } from '../../../src/commands/report-error.ts'
import { serveHere, withProfile } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

/** Colour, a window title, a clipboard, an erased screen in C1, reversed text, hidden text, a bell, a new line. */
const EVIL =
  '\u001b[31mred\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u001b\\\u009b2J\u009dtitle\u009c\u202etxet\u2066\u200b\u0007\r\n\u001bc'
/** What no line may hold; lines themselves end with a line feed. */
const STEERS =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/

export const SECURITY_TERMINAL_CASES: readonly LabCase[] = [
  {
    id: 'S-25',
    fault: 'escape sequences in model ids, providers’ errors, prompts, cases, profiles, paths, arguments, requests',
    expected: 'no command prints one, in any format',
    per: 'once',
    run: async (lab) => {
      const list = {
        data: [
          { id: `m-${EVIL}`, object: 'model' },
          { id: 'm', object: 'model', name: EVIL },
        ],
      }
      const lists = await lab.upstream(({ path }) =>
        path.endsWith('/models') ? { json: list } : { status: 400, json: chatError(400, EVIL, EVIL) },
      )
      const fails = await lab.upstream(() => ({ status: 401, json: chatError(401, EVIL, EVIL), headers: {} }))
      const entry = (name: string, url: string, models: string): string =>
        `  ${name}: { kind: openai-compatible, base_url: "${url}/v1", key: env:TEST_KEY, local: false${models} }\n`
      const quoted = JSON.stringify(EVIL)
      const text = `version: 1\nproviders:\n${entry('a', lists.url, ', models: [m]')}${entry('b', fails.url, ', models: [m]')}${entry('c', lists.url, '')}${entry('d', fails.url, '')}policies: { auto: { description: ${quoted}, rules: [ { name: r, when: { client: ${quoted} }, prefer: ["a/*"] } ] } }\nx-note: ${quoted}\n`
      const plain = text.replaceAll(quoted, '"x*"')
      const cwd = withProfile(lab, plain)
      const file = (name: string, content: string): string => {
        writeFileSync(join(cwd, name), content)
        return name
      }
      const cases = [
        { id: EVIL, prompt: EVIL, model: EVIL, expect: { model: EVIL, intent: 'code' } },
        { id: 'two', prompt: 'hi' },
      ]
      file('cases.json', JSON.stringify(cases))
      file('prompt.txt', EVIL)
      file('evil.yaml', text)
      file('raw.yaml', `${plain}${EVIL}: ${EVIL}\n`)
      file('keys.yaml', `${plain}${quoted}: 1\naliases: { ${quoted}: ${quoted} }\n`)
      file('broken.json', `{"${EVIL}`)
      const server = await serveHere(lab, cwd, GRID_ENV, { log: 'log' })
      const body = { model: 'auto', messages: [{ role: 'user', content: EVIL }] }
      for (const model of ['auto', 'b/m', EVIL, `a/${EVIL}`])
        await request(`${server.url}/v1/chat/completions`, {
          body: { ...body, model },
          headers: { 'user-agent': 'x\u009b2J' },
        })
      await sendRaw(server.url, `GET /\u001b[2J\u009b2J HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`)
      await server.stop()
      const views = ['text', 'json', 'markdown', 'html', 'github']
      const commandLines = [
        ...views.map((format) => ['explain', '--cases', 'cases.json', '--coverage', '--format', format]),
        ...views.map((format) => ['explain', '--cases', 'cases.json', '--base', 'evil.yaml', '--format', format]),
        ['explain', EVIL],
        ['explain', '--json', EVIL],
        ['explain', 'prompt.txt'],
        ['explain', '--simulate', 'a=500', EVIL],
        ['explain', '--log', 'log'],
        ['explain', '--cases', 'broken.json'],
        ['explain', '--base', EVIL, 'x'],
        ['explain', '--profile', EVIL, 'x'],
        ['explain', '--profile', 'evil.yaml', 'x'],
        ['explain', '--profile', 'raw.yaml', 'x'],
        ['explain', '--profile', 'keys.yaml', '--json', 'x'],
        ['explain', '--profile', 'keys.yaml', 'x'],
        ['doctor', '--live'],
        ['doctor', '--json'],
        ['doctor', '--format', 'github'],
        ['discover', '--dry-run'],
        ['discover', '--json', '--dry-run'],
        ['discover', EVIL],
        ['discover'],
        ['doctor', '--only', 'lock,models'],
        [EVIL],
        [`--${EVIL}`],
        ['help', EVIL],
        ['serve', '--port', EVIL],
        ['serve', '--host', EVIL],
        ['completion', EVIL],
        ['doctor', '--only', EVIL],
      ]
      const said: [place: string, text: string][] = [['serve', server.output()]]
      for (const argv of commandLines) {
        const { stdout, stderr } = await runCli(argv, { cwd, home: cwd, env: GRID_ENV, input: '' })
        said.push([JSON.stringify(argv), stdout + stderr])
      }
      const context = fakeContext([])
      reportError(new Error(`a bug with ${EVIL}`), context)
      said.push(['a bug', context.err()])
      const steering = said.filter(([, output]) => STEERS.test(output))
      const excerpts = steering.map(([place, output]) => {
        const start = output.search(STEERS)
        return [place, start, output.slice(Math.max(0, start - 40), start + 20)]
      })
      assert.deepEqual(excerpts, [])
      assert.deepEqual(
        said.filter(([, output]) => output === '').map(([place]) => place),
        [],
      )
      return `${said.length} outputs, none of them with an escape sequence`
    },
  },
]
